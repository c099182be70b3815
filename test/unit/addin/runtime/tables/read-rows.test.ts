import { expect, it } from "vitest";
import { contentOf } from "../../../../../src/addin/runtime/tables/read-rows.ts";

it.each([
  ["#N/A", "#N/A"],
  ["#VALUE!", "#VALUE!"],
  ["0012", "'0012"],
  ["=1+1", "'=1+1"],
  ["", ""],
  [12, 12],
  [true, true],
] as const)("a cell with %j is put back by writing %j", (value, content) =>
  expect(contentOf(value)).toBe(content),
);
