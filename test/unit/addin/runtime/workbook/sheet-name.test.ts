import { expect, it } from "vitest";
import { freeName } from "../../../../src/addin/taskpane/cells/write-formula.ts";

it.each([
  { taken: [], free: "KAL example" },
  { taken: ["Sheet1", "kal EXAMPLE"], free: "KAL example 2" },
  { taken: ["KAL example", "KAL example 2", "KAL example 4"], free: "KAL example 3" },
])("beside $taken: $free", ({ taken, free }) => {
  expect(freeName("KAL example", taken)).toBe(free);
});
