/**
 * Repeats a request whose repeat is harmless and may help: a GET of whose answer nothing has been used.
 *
 * The pauses are random (“full jitter”), so that the many cells of a workbook do not come back all at once.
 * @module
 */
import { setTimeout as delay } from "node:timers/promises";
import { KalError } from "../../kalibrate/errors.ts";
import { isPassing } from "./answer-errors.ts";

/** How often a request is repeated at most. */
const maxRepeats = 2;

/** The first pause is at most this long, the next one twice as long. Milliseconds. */
const firstPause = 400;

/** For a longer pause the caller gets the error at once. Seconds. */
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
  /** Whether a repeat is still harmless; always, if it is not given. */
  readonly mayRepeat?: (() => boolean) | undefined;
  /** Called with the error before each pause. */
  readonly onRepeat: (error: KalError) => void;
}

/**
 * @returns what the first attempt gives that does not fail.
 * @throws the last failure, or the first one that a repeat cannot help.
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

/** Milliseconds to wait before a repeat; undefined: none. */
function pauseAfter(error: unknown, repeats: number): number | undefined {
  if (!(error instanceof KalError) || !isPassing(error)) return undefined;
  const jitter = Math.random() * firstPause * 2 ** repeats;
  if (error.retryAfter === undefined) return jitter;
  return error.retryAfter <= maxRetryAfterSeconds ? error.retryAfter * 1000 + jitter : undefined;
}
