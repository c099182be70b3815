import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { withDeadline } from "../../../src/gateway/deadline.ts";

/** Work that ends only when its signal does. */
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });

describe("withDeadline", () => {
  it("returns the work's result, and leaves no listener behind", async () => {
    const { signal } = new AbortController();
    await expect(withDeadline(1000, signal, async () => "done")).resolves.toBe("done");
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("leaves no timer behind when the work fails", async () => {
    vi.useFakeTimers();
    try {
      await expect(withDeadline(1000, undefined, () => Promise.reject(new Error("broken")))).rejects.toThrow(
        "broken",
      );
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("aborts the work with a TimeoutError when the time is up", async () => {
    vi.useFakeTimers();
    try {
      const work = expect(withDeadline(1000, undefined, untilAborted)).rejects.toMatchObject({
        name: "TimeoutError",
      });
      await vi.advanceTimersByTimeAsync(1000);
      await work;
    } finally {
      vi.useRealTimers();
    }
  });

  it("passes the caller's own reason on", async () => {
    const controller = new AbortController();
    const work = withDeadline(1000, controller.signal, untilAborted);
    controller.abort(new Error("gone"));
    await expect(work).rejects.toThrow("gone");
  });

  it("does not start for a caller who has left", async () => {
    let begun = false;
    const work = withDeadline(1000, AbortSignal.abort(new Error("gone")), async () => (begun = true));
    await expect(work).rejects.toThrow("gone");
    expect(begun).toBe(false);
  });
});
