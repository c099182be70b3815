/**
 * How often a person, and all people of one credential together, may call. An analyst who has signed in is one person
 * with all tickets, and gets a part of the credential's rate whatever the others do; of typed credentials each session
 * is one. It stops what runs wild, such as a
 * script or a sheet that recalculates without end; a large sheet stays far below.
 * @module
 */
import type { onRequestHookHandler } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import { createFairRateLimit } from "../fair-rate-limit.ts";
import { createRateLimit } from "../rate-limit.ts";
import type { CredentialKey } from "../sessions/credential-key.ts";
import { shareOf } from "./share.ts";

export interface RateLimitsOptions {
  /** Requests in a minute. */
  readonly perSession: number;
  /** Requests in a minute. */
  readonly perConnection: number;
  readonly credentialKey: CredentialKey;
  /** The steady clock. */
  readonly now: SteadyClock;
}

export function rateLimits(options: RateLimitsOptions): onRequestHookHandler {
  const { perSession, perConnection, credentialKey, now } = options;
  const sessions = createRateLimit({ limit: perSession, period: 60, now });
  const connections = createFairRateLimit({ limit: perConnection, period: 60, now });

  return ({ session, headers }, _reply, done) => {
    if (session === null) return done();
    const { owner, person } = shareOf(session, headers, credentialKey);
    // Whoever knows a secret can make any number of sessions, so none of these has a part of its own.
    const analyst = "analyst" in session ? person : undefined;
    const wait = sessions.take(person) || connections.take(owner, analyst);
    if (wait === 0) return done();
    done(
      new KalError("KAL_THROTTLED", {
        message: "The KAL service received too many requests from here.",
        hint: "Wait a moment and recalculate. One formula for many rows needs fewer requests than many formulas.",
        retryAfter: wait,
      }),
    );
  };
}
