import { afterEach, expect, it, vi } from "vitest";
import { createBatchWindow } from "../../../../src/addin/runtime/requests/batch-window.ts";
import { readOnce } from "../../../../src/addin/functions/read-once.ts";

const open = () => {
  const state = { stands: true };
  const { wallTime, atEnd } = createBatchWindow(() => 0);
  const read = vi.fn((...given: [unknown, unknown]) => ({ given }));
  return { state, read, atEnd, once: readOnce(wallTime, read, () => state.stands) };
};

afterEach(() => void vi.useRealTimers());

it("reads equal arguments once, next to each other or not", () => {
  const { read, once } = open();
  const first = once("site", [["a"]]);
  once("price", [["a"]]);
  expect(once("site", [["a"]])).toBe(first);
  expect(once("site", [["a"]])).toBe(first);
  expect(read).toHaveBeenCalledTimes(2);
});

it("reads anew what does not stand any more, and in the next batch window what may depend on the clock", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, read, atEnd, once } = open();
  once("site", "a");
  state.stands = false;
  once("site", "a");
  expect(read).toHaveBeenCalledTimes(2);
  state.stands = true;
  for (let window = 0; window < 2; window++) {
    for (const query of ["effectiveTime>=Today-7", "site", "effectiveTime>=Today-7"]) once("price", query);
    expect(read).toHaveBeenCalledTimes(4 + window);
    await new Promise<void>(atEnd);
    vi.advanceTimersByTime(1);
  }
});

it("remembers as many as a large sheet has, but no long ones, so that memory stays bounded", () => {
  const { read, once } = open();
  const sheet = (cells: number) => Array.from({ length: cells }, (_, at) => once("site", at));
  const first = sheet(9000);
  expect(sheet(9000)).toEqual(first);
  expect(read).toHaveBeenCalledTimes(9000);
  const longOne = "x".repeat(1000);
  for (const query of [longOne, longOne, "a", longOne]) once("price", query);
  expect(read).toHaveBeenCalledTimes(9003);
  sheet(20_000);
  read.mockClear();
  sheet(5000);
  expect(read).toHaveBeenCalledTimes(5000);
});
