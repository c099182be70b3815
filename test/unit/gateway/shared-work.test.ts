import { expect, it } from "vitest";
import { shareWork } from "../../../src/gateway/shared-work.ts";

/** Work that the test can end. */
function open() {
  let finish: (value: string) => void = () => undefined;
  let signal: AbortSignal | undefined;
  const work = shareWork((given) => {
    signal = given;
    return new Promise<string>((resolve) => (finish = resolve));
  });
  const callers = [new AbortController(), new AbortController()] as const;
  const calls = callers.map((caller) => work.join(caller.signal));
  return { work, callers, calls, finish: (value: string) => finish(value), isEnded: () => signal?.aborted };
}

it("continues when one of its callers leaves, and rejects for that caller at once", async () => {
  const { work, callers, calls, finish, isEnded } = open();
  callers[0].abort(new Error("left"));
  await expect(calls[0]).rejects.toThrow("left");
  expect([isEnded(), work.isAbandoned]).toEqual([false, false]);
  finish("whole");
  await expect(calls[1]).resolves.toBe("whole");
});

it("is aborted when the last one has left", async () => {
  const { work, callers, calls, isEnded } = open();
  for (const caller of callers) caller.abort(new Error("left"));
  await Promise.allSettled(calls);
  expect([isEnded(), work.isAbandoned]).toEqual([true, true]);
});

it("stays valid once it is done: later callers get it, too", async () => {
  const { work, calls, finish } = open();
  finish("whole");
  await Promise.all(calls);
  expect(work.isAbandoned).toBe(false);
  await expect(work.join(new AbortController().signal)).resolves.toBe("whole");
});
