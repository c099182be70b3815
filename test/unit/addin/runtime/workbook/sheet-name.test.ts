import { expect, it } from "vitest";
import { freeSheetName } from "../../../../../src/addin/runtime/workbook/sheet-name.ts";

it.each([
  { taken: [], free: "KAL example" },
  { taken: ["Sheet1", "kal EXAMPLE"], free: "KAL example 2" },
  { taken: ["KAL example", "KAL example 2", "KAL example 4"], free: "KAL example 3" },
])("beside $taken: $free", ({ taken, free }) => {
  expect(freeSheetName("KAL example", taken)).toBe(free);
});

it("is cut so that name, suffix and number have at most 31 characters", () => {
  const long = "A sheet whose name is rather long";
  const first = freeSheetName(long, [], " 2026-12-01 08.15");
  expect(first).toBe("A sheet whose 2026-12-01 08.15");
  expect(freeSheetName(long, [first.toUpperCase()], " 2026-12-01 08.15")).toBe(
    "A sheet whos 2026-12-01 08.15 2",
  );
});
