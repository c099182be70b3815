import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import {
  installHiddenTimers,
  type TimerWindow,
} from "../../../../../src/workbench/page/frame/hidden-timers.ts";

/** A window whose time passes only when the test advances it; it starts 300 ms after a whole second. */
function openWindow() {
  vi.useFakeTimers({
    now: 10_300,
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"],
  });
  onTestFinished(() => void vi.useRealTimers());
  const timers = {
    setTimeout: (callback: () => void, delay?: number) => Number(setTimeout(callback, delay)),
    clearTimeout: (id?: number) => clearTimeout(id),
    setInterval: (callback: () => void, delay?: number) => Number(setInterval(callback, delay)),
    clearInterval: (id?: number) => clearInterval(id),
    requestAnimationFrame: (callback: (time: number) => void) =>
      Number(setTimeout(() => callback(Date.now()), 16)),
    cancelAnimationFrame: (id: number) => clearTimeout(id),
  };
  return timers;
}

describe("timers of a hidden pane", () => {
  let page: TimerWindow;
  let timers: ReturnType<typeof installHiddenTimers>;
  /** The timers that ran, each with its time rounded down to 50 milliseconds: each runs as its own task. */
  let ran: [name: string, at: number][];
  const note = (name: unknown) => void ran.push([String(name), Math.floor(Date.now() / 50) * 50]);

  beforeEach(() => {
    page = openWindow();
    timers = installHiddenTimers(page);
    ran = [];
  });

  it("run as ever while it is shown", async () => {
    page.setTimeout(note, 50, "timeout");
    const interval = page.setInterval(note, 100, "interval");
    await vi.advanceTimersByTimeAsync(250);
    page.clearInterval(interval);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ran).toEqual([
      ["timeout", 10_350],
      ["interval", 10_400],
      ["interval", 10_500],
    ]);
  });

  it("run at whole seconds while it is hidden, in their order, an interval once each", async () => {
    timers.setHidden(true);
    page.setTimeout(note, 20, "second");
    page.setTimeout(note, 10, "first");
    page.setTimeout(note, 900, "later");
    page.setInterval(note, 100, "interval");
    await vi.advanceTimersByTimeAsync(1900);
    expect(ran).toEqual([
      ["first", 11_000],
      ["second", 11_000],
      ["interval", 11_000],
      ["interval", 12_000],
      ["later", 12_000],
    ]);
  });

  it("run at once when it is shown again", async () => {
    timers.setHidden(true);
    page.setTimeout(note, 10, "due");
    page.setTimeout(note, 500, "not yet");
    await vi.advanceTimersByTimeAsync(100);
    expect(ran).toEqual([]);
    timers.setHidden(false);
    await vi.advanceTimersByTimeAsync(500);
    expect(ran).toEqual([
      ["due", 10_400],
      ["not yet", 10_800],
    ]);
  });

  it("can be cleared while they wait, by another that runs before them too", async () => {
    timers.setHidden(true);
    const cleared = page.setTimeout(note, 10, "cleared");
    page.setTimeout(() => page.clearTimeout(lateId), 20);
    const lateId = page.setTimeout(note, 30, "cleared by another");
    await vi.advanceTimersByTimeAsync(50);
    page.clearTimeout(cleared);
    await vi.advanceTimersByTimeAsync(2000);
    expect(ran).toEqual([]);
  });

  it("draw no frame before it is shown", async () => {
    timers.setHidden(true);
    page.requestAnimationFrame(() => note("drawn"));
    const cancelled = page.requestAnimationFrame(() => note("cancelled"));
    page.cancelAnimationFrame(cancelled);
    await vi.advanceTimersByTimeAsync(3000);
    expect(ran).toEqual([]);
    timers.setHidden(false);
    await vi.advanceTimersByTimeAsync(16);
    expect(ran.map(([name]) => name)).toEqual(["drawn"]);
  });

  it("leave calls from outside as they are", async () => {
    timers.setHidden(true);
    timers.setTimeout(() => note("from Excel"), 0);
    await vi.advanceTimersByTimeAsync(1);
    expect(ran.map(([name]) => name)).toEqual(["from Excel"]);
  });
});
