import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, blocksOf, placesOf } from "../../../../../src/addin/runtime/workbook/cell-blocks.ts";

const written = (addresses: string[]) =>
  Object.fromEntries(
    Array.from(placesOf(addresses), ([sheet, cells]) => [sheet, blocksOf(cells).map(addressOf)]),
  );

describe("blocks of cells", () => {
  it("cover columns, rows and rectangles as one", () => {
    expect(written(["S!B2", "S!B3", "S!B4"])).toEqual({ S: ["B2:B4"] });
    expect(written(["S!C1", "S!A1", "S!B1"])).toEqual({ S: ["A1:C1"] });
    expect(written(["S!A1", "S!B2", "S!B1", "S!A2", "S!Z9"])).toEqual({ S: ["A1:B2", "Z9:Z9"] });
    expect(written(["S!A1", "S!A2", "S!B1"])).toEqual({ S: ["A1:A2", "B1:B1"] });
  });

  it("keep sheets apart, whatever their names", () => {
    expect(
      written(["'North & South'!AA10", "'It''s'!A1", "[Prices.xlsx]Sheet1!$B$2", "'[A b.xlsx]Q 1'!C3"]),
    ).toEqual({
      "North & South": ["AA10:AA10"],
      "It's": ["A1:A1"],
      Sheet1: ["B2:B2"],
      "Q 1": ["C3:C3"],
    });
  });

  it.each(["", "A1", "Sheet1!", "Sheet1!A1:B2", "Sheet1!R1C1x", "!A1"])("leave out %j", (address) => {
    expect(placesOf([address]).size).toBe(0);
  });

  it("cover exactly the cells that were given, each once", () => {
    const cell = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 20, max: 30 }));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 80 }), (cells) => {
        const name = (row: number, column: number) =>
          addressOf({ top: row, bottom: row, left: column, right: column }).split(":")[0];
        const given = new Set(cells.map(([row, column]) => `S!${name(row, column)}`));
        const covered = blocksOf(placesOf(given).get("S") ?? []).flatMap(({ top, left, bottom, right }) =>
          Array.from({ length: bottom - top + 1 }, (_, row) =>
            Array.from({ length: right - left + 1 }, (__, column) => `S!${name(top + row, left + column)}`),
          ).flat(),
        );
        expect(covered.length).toBe(given.size);
        expect(new Set(covered)).toEqual(given);
      }),
    );
  });
});
