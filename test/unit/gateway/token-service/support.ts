/**
 * A token service with an identity provider whose answers the test gives one by one.
 * @module
 */
import { createCredentialKey } from "../../../../src/gateway/sessions/credential-key.ts";
import type { AcquireToken, IssuedToken } from "../../../../src/gateway/token-service/entra-client.ts";
import { createTokenService } from "../../../../src/gateway/token-service/token-service.ts";
import { connectionWith, recordingLog, stoppedClock } from "../support.ts";

/** Seconds. */
export const life = 3599;

/** An identity provider whose answers the test gives one by one. */
export function setUp() {
  const clock = stoppedClock();
  const waiting: { give(token: IssuedToken): void; fail(error: unknown): void }[] = [];
  let asked = 0;
  const acquire: AcquireToken = () =>
    new Promise((give, fail) => {
      asked++;
      waiting.push({ give, fail });
    });
  const service = createTokenService({
    acquire,
    credentialKey: createCredentialKey(Buffer.alloc(32, 7)),
    log: recordingLog().log,
    now: clock.now,
  });
  return {
    clock,
    service,
    asked: () => asked,
    /** Answers the oldest open request. */
    give: (text: string, lifetime = life) => waiting.shift()!.give({ text, lifetime }),
    fail: (error: unknown) => waiting.shift()!.fail(error),
  };
}

/** A service that holds the token `first`. */
export async function setUpWithToken() {
  const all = setUp();
  const connection = connectionWith();
  const first = all.service.token(connection);
  all.give("first");
  await first;
  return { ...all, connection };
}
