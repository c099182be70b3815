import { expect, it, vi } from "vitest";
import { readOnce } from "../../../../src/addin/functions/read-once.ts";

const open = () => {
  const state = { stands: true };
  const read = vi.fn((...given: [unknown, unknown]) => ({ given }));
  return { state, read, once: readOnce(read, () => state.stands) };
};

it("reads equal arguments once, next to each other or not", () => {
  const { read, once } = open();
  const first = once("site", [["a"]]);
  once("price", [["a"]]);
  expect(once("site", [["a"]])).toBe(first);
  expect(once("site", [["a"]])).toBe(first);
  expect(read).toHaveBeenCalledTimes(2);
});

it("reads anew what does not stand any more, and what the clock has a say in", () => {
  const { state, read, once } = open();
  once("site", "a");
  state.stands = false;
  once("site", "a");
  expect(read).toHaveBeenCalledTimes(2);
  state.stands = true;
  for (let time = 0; time < 2; time++) once("price", "effectiveTime>=Today-7");
  expect(read).toHaveBeenCalledTimes(4);
});
