import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRequestEngine } from "../../../../src/addin/runtime/request-engine.ts";

const stays = () => ({ onCanceled: () => undefined });

/** A cell that can be cancelled. */
const cell = () => ({ onCanceled: (): void => undefined });

describe("the request engine", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("makes one call of equal ones in flight, and a new one afterwards", async () => {
    const { share } = createRequestEngine();
    const start = vi.fn(async () => ({ value: 1 }));
    const answers = await Promise.all(Array.from({ length: 200 }, () => share("a", stays(), start)));
    expect(start).toHaveBeenCalledTimes(1);
    expect(new Set(answers).size).toBe(1);
    await share("a", stays(), start);
    expect(start).toHaveBeenCalledTimes(2);
  });

  it("gives the failure to all who share it, and tries again for the next", async () => {
    const { share } = createRequestEngine();
    const fails = () => Promise.reject(new Error("down"));
    const both = await Promise.allSettled([share("a", stays(), fails), share("a", stays(), fails)]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(share("a", stays(), async () => 2)).resolves.toBe(2);
  });

  it("aborts a call only when the last cell has left and none came back", async () => {
    const { share } = createRequestEngine();
    let signal: AbortSignal | undefined;
    const start = (given: AbortSignal) => {
      signal = given;
      return new Promise<never>((_, reject) =>
        given.addEventListener("abort", () => reject(new Error("aborted"))),
      );
    };
    const [first, second, third] = [cell(), cell(), cell()];
    const answers = [share("a", first, start), share("a", second, start)];
    await vi.advanceTimersByTimeAsync(0);
    first.onCanceled();
    first.onCanceled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(signal?.aborted).toBe(false);

    second.onCanceled();
    answers.push(share("a", third, start));
    await vi.advanceTimersByTimeAsync(1000);
    expect(signal?.aborted).toBe(false);

    third.onCanceled();
    const settled = Promise.allSettled(answers);
    await vi.advanceTimersByTimeAsync(1000);
    expect(signal?.aborted).toBe(true);
    expect((await settled).every(({ status }) => status === "rejected")).toBe(true);
  });

  it("keeps no more than six calls open", async () => {
    const { share } = createRequestEngine();
    let open = 0;
    let most = 0;
    const finish: (() => void)[] = [];
    const start = () => {
      open += 1;
      most = Math.max(most, open);
      return new Promise<void>((resolve) => finish.push(resolve)).then(() => void (open -= 1));
    };
    const all = Array.from({ length: 30 }, (_, at) => share(`k${at}`, stays(), start));
    await vi.advanceTimersByTimeAsync(0);
    while (open > 0) {
      finish.splice(0).forEach((resolve) => resolve());
      await vi.advanceTimersByTimeAsync(0);
    }
    await Promise.all(all);
    expect(most).toBe(6);
  });
});
