/**
 * Retries a request if that is harmless and may help: a GET whose answer has not been used.
 *
 * The pauses are random (“full jitter”), so that the many cells of a workbook do not all return at once.
 * @module
 */
import { setTimeout as delay } from "node:timers/promises";
import { KalError } from "../../kalibrate/errors.ts";
import { isPassing } from "./answer-errors.ts";

/** Maximum number of retries. */
const maxRepeats = 2;

/** Maximum first pause; the next maximum is twice as long. Milliseconds. */
const firstPause = 400;

/** If the upstream asks for a longer pause, the caller gets the error at once. Seconds. */
const maxRetryAfterSeconds = 10;

/** Waits. @throws the signal's reason, or an AbortError, once it aborts. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const pause: Pause = async (milliseconds, signal) => {
  await delay(milliseconds, undefined, { signal });
};

export interface RetryOptions {
  /** Ends the pauses too. */
  readonly signal: AbortSignal;
  readonly pause: Pause;
  /** Whether a retry is still harmless; default: always. */
  readonly mayRepeat?: (() => boolean) | undefined;
  /** Called with the error before each pause. */
  readonly onRepeat: (error: KalError) => void;
}

/**
 * @returns the result of the first attempt that succeeds.
 * @throws the last failure, or the first one that a retry cannot help.
 */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let repeats = 0; ; repeats++) {
    try {
      return await attempt();
    } catch (error) {
      const isAllowed = repeats < maxRepeats && options.mayRepeat?.() !== false;
      const wait = isAllowed ? pauseAfter(error, repeats) : undefined;
      if (wait === undefined) throw error;
      options.onRepeat(error as KalError);
      await options.pause(wait, options.signal);
    }
  }
}

/** Milliseconds to wait before a retry; undefined: no retry. */
function pauseAfter(error: unknown, repeats: number): number | undefined {
  if (!(error instanceof KalError) || !isPassing(error)) return undefined;
  const jitter = Math.random() * firstPause * 2 ** repeats;
  if (error.retryAfter === undefined) return jitter;
  return error.retryAfter <= maxRetryAfterSeconds ? error.retryAfter * 1000 + jitter : undefined;
}
