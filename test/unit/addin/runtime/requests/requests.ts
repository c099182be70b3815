/**
 * Requests and cells of the request engine’s tests.
 * @module
 */
import type {
  SharedRequest,
  StartOptions,
} from "../../../../../src/addin/runtime/requests/request-engine.ts";

export const minute = 60_000;

/** A cell that can be cancelled. */
export const cell = () => ({ onCanceled: (): void => undefined });

export const request = <Answer>(
  start: (options: StartOptions) => Promise<Answer>,
  more: Partial<SharedRequest<Answer>> = {},
): SharedRequest<Answer> => ({ key: "a", ticket: "t", start, ...more });

export const kept = { weigh: () => 1 };

/** A call whose end the test decides. */
export function openCall() {
  const calls: { resolve: (answer: unknown) => void; options: StartOptions }[] = [];
  const start = (options: StartOptions) =>
    new Promise<unknown>((resolve, reject) => {
      calls.push({ resolve, options });
      options.signal.addEventListener("abort", () => reject(new Error("aborted")));
    });
  return { calls, start };
}
