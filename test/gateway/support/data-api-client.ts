/**
 * The Data API client alone, with its dependencies chosen by the test.
 * @module
 */
import type { Dispatcher } from "undici";
import type { DataApiClientOptions } from "../../../src/gateway/data-api/client.ts";
import type { Log } from "../../../src/gateway/observe/log.ts";
import type { KalError } from "../../../src/kalibrate/errors.ts";
import { createSteadyClock } from "../../../src/kalibrate/steady-clock.ts";

export interface Surroundings {
  readonly dispatcher: Dispatcher;
  readonly log: Log;
  readonly token: string;
  /** Collects the requested pauses in milliseconds; the client does not actually pause. */
  readonly pauses: number[];
}

/** Options with a stopped clock; limits in milliseconds. */
export function clientOptions(
  { dispatcher, log, token, pauses }: Surroundings,
  { silence = 60_000, whole = 60_000 },
): DataApiClientOptions {
  return {
    dispatcher,
    tokenService: { token: async () => ({ text: token, expiresAt: Infinity }), forget: () => undefined },
    ownerOf: ({ credentials, environment }) => `${credentials.clientId} ${environment.apiBaseUrl}`,
    userAgent: "KAL-Gateway/test",
    log,
    timeouts: { silence, answer: whole },
    now: () => Date.parse("2026-05-01T12:00:00Z"),
    steady: createSteadyClock(Date.now, () => performance.now()),
    pause: async (milliseconds) => void pauses.push(milliseconds),
    measure: () => undefined,
    onBreakerChange: () => undefined,
  };
}

/** The error with which a promise rejects; throws if it resolves. */
export const failure = (work: Promise<unknown>): Promise<KalError> =>
  work.then(
    () => {
      throw new Error("succeeded");
    },
    (error: unknown) => error as KalError,
  );
