/**
 * Turns a callback into an async iteration.
 * @module
 */

/**
 * Runs work that passes on items one by one, and iterates over them: the work continues when an item has been used.
 * @param outer signals that end the work, each with its reason.
 * @param work gets a signal that aborts with one of those, or when the iteration is left before its end; then `give`
 * rejects, too.
 */
export async function* handOver<T>(
  outer: readonly (AbortSignal | undefined)[],
  work: (give: (item: T) => Promise<void>, signal: AbortSignal) => Promise<void>,
): AsyncGenerator<T, void, undefined> {
  const controller = new AbortController();
  const { signal } = controller;
  const unfollow = outer.map((item) => item && follow(item, controller));
  let given: { readonly item: T; readonly used: () => void } | undefined;
  let isUnderWay = true;
  let wake: () => void = () => undefined;
  let refuse: (reason: unknown) => void = () => undefined;
  signal.addEventListener("abort", () => refuse(signal.reason));

  const give = (item: T) =>
    new Promise<void>((used, reject) => {
      refuse = reject;
      given = { item, used };
      wake();
    });
  const outcome = work(give, signal).finally(() => {
    isUnderWay = false;
    wake();
  });
  // Prevents an unhandled rejection before it is awaited below.
  outcome.catch(() => undefined);

  try {
    while (isUnderWay || given !== undefined) {
      if (given === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const { item, used } = given;
      given = undefined;
      yield item;
      used();
    }
    await outcome;
  } finally {
    if (isUnderWay) controller.abort();
    for (const end of unfollow) end?.();
    await outcome.catch(() => undefined);
  }
}

/**
 * Aborts with another signal and its reason. @returns a function that stops this: listeners would accumulate on a
 * long-lived signal.
 */
function follow(outer: AbortSignal, controller: AbortController): () => void {
  const abort = () => controller.abort(outer.reason);
  if (outer.aborted) abort();
  else outer.addEventListener("abort", abort, { once: true });
  return () => outer.removeEventListener("abort", abort);
}
