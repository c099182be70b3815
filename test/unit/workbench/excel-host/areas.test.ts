import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  areasWhere,
  boundingArea,
  cellsOf,
  intersection,
} from "../../../../src/workbench/excel-host/areas.ts";

const sheetId = "one";
const area = fc.record({
  sheetId: fc.constant(sheetId),
  row: fc.nat(6),
  column: fc.nat(6),
  rows: fc.integer({ min: 1, max: 5 }),
  columns: fc.integer({ min: 1, max: 5 }),
});
const keys = (item: Parameters<typeof cellsOf>[0] | undefined) =>
  item ? [...cellsOf(item)].map(({ row, column }) => `${row} ${column}`) : [];

describe("areas of cells", () => {
  it("share exactly the cells that are in both", () => {
    fc.assert(
      fc.property(area, area, (left, right) => {
        const inOther = new Set(keys(right));
        expect(keys(intersection(left, right))).toEqual(keys(left).filter((key) => inOther.has(key)));
      }),
    );
  });

  it("share nothing on different sheets", () => {
    const cell = { row: 0, column: 0, rows: 1, columns: 1 };
    expect(intersection({ ...cell, sheetId }, { ...cell, sheetId: "two" })).toBeUndefined();
  });

  it("lie in their bounding area, and each of its edges touches one", () => {
    fc.assert(
      fc.property(fc.array(area, { minLength: 1, maxLength: 4 }), (areas) => {
        const whole = boundingArea(areas)!;
        for (const area of areas) expect(intersection(area, whole)).toEqual(area);
        expect(Math.min(...areas.map(({ row }) => row))).toBe(whole.row);
        expect(Math.max(...areas.map(({ column, columns }) => column + columns))).toBe(
          whole.column + whole.columns,
        );
      }),
    );
    expect(boundingArea([])).toBeUndefined();
  });

  it("made from cells contain each of them once, and no other", () => {
    const matrix = fc.array(fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(matrix, (wanted) => {
        const whole = { sheetId, row: 2, column: 3, rows: wanted.length, columns: 5 };
        const found = areasWhere(whole, wanted, (value) => value).flatMap(keys);
        const expected = keys(whole).filter((_, index) => wanted[Math.floor(index / 5)]![index % 5]);
        expect(found.sort()).toEqual(expected.sort());
      }),
    );
  });

  it("are few: a column of equal cells is one", () => {
    const column = Array.from({ length: 5000 }, () => [true]);
    const whole = { sheetId, row: 0, column: 0, rows: 5000, columns: 1 };
    expect(areasWhere(whole, column, (value) => value)).toEqual([whole]);
  });
});
