/**
 * How often a session, and all sessions of one credential together, may call. It stops what runs wild, such as a
 * script or a sheet that recalculates without end; a large sheet stays far below.
 * @module
 */
import type { onRequestHookHandler } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import { createRateLimit } from "../rate-limit.ts";
import type { CredentialKey } from "../sessions/credential-key.ts";

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
  const connections = createRateLimit({ limit: perConnection, period: 60, now });

  return ({ session }, _reply, done) => {
    if (session === null) return done();
    const wait = sessions.take(session.id) || connections.take(credentialKey(session.connection));
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
