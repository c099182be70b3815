/**
 * Limits the requests per minute of a person, and of all people who share a credential. An analyst who has signed in
 * counts as one person across all tickets and has a reserved part of the credential's rate. With typed credentials
 * each session counts as one person. The limits stop runaway callers, such as a script or a sheet that recalculates
 * endlessly; a large sheet stays far below.
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

  /** @param analyst whose part of the connection's rate it is, if they have one. */
  function check(owner: string, person: string, analyst: string | undefined): KalError | undefined {
    const wait = sessions.take(person) || connections.take(owner, analyst);
    if (wait === 0) return undefined;
    return new KalError("KAL_THROTTLED", {
      message: "The KAL service received too many requests from here.",
      hint: "Wait a moment and recalculate. One formula for many rows needs fewer requests than many formulas.",
      retryAfter: wait,
    });
  }

  return (request, _reply, done) => {
    const { session, headers } = request;
    if (session === null) return done();
    const { owner, person } = shareOf(session, headers, credentialKey);
    // Anybody who knows a secret can create any number of sessions, so such a session gets no reserved part.
    const analyst = "analyst" in session ? person : undefined;
    request.countCall = (connection) => {
      const error = check(credentialKey(connection), person, analyst);
      if (error) throw error;
    };
    done(check(owner, person, analyst));
  };
}
