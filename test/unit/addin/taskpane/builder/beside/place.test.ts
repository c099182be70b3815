import { describe, expect, it } from "vitest";
import {
  fixedReference,
  freeColumn,
  referenceTo,
  type SheetCells,
  spanOf,
} from "../../../../../../src/addin/taskpane/builder/beside/place.ts";
import { parseAddress } from "../../../../../../src/excel/address.ts";

const at = (address: string, sheetId = "1", prefix = "Sheet1!"): SheetCells => ({
  ...parseAddress(address),
  sheetId,
  prefix,
});

describe("the place beside keys", () => {
  it.each([
    ["a column", ["A2:A21"], { row: 1, rows: 20, column: undefined, columns: 1, nextColumn: 1 }],
    ["a column and a row", ["A2:A21", "B1:E1"], { row: 1, rows: 20, column: 1, columns: 4 }],
    ["two columns and a cell", ["A2:A21", "C2:C21", "F1"], { row: 1, rows: 20, nextColumn: 3 }],
    ["a row", ["B1:E1"], { row: undefined, column: 1, columns: 4, nextRow: 1 }],
    ["single cells", ["A2", "B1"], { row: 1, rows: 1, column: undefined, nextColumn: 1 }],
  ])("spans %s", (_, addresses, expected) => {
    expect(spanOf(addresses.map((address) => at(address)))).toMatchObject(expected);
  });

  it.each([
    ["notOneLine", [at("A2:B21")]],
    ["differentRows", [at("A2:A21"), at("B3:B22")]],
    ["differentColumns", [at("B1:E1"), at("B2:F2")]],
    ["differentSheets", [at("A2:A21"), at("A2:A21", "2")]],
  ])("says %s", (problem, cells) => {
    expect(spanOf(cells)).toBe(problem);
  });

  it.each([
    ["A2:A21", "B2:E21", "$A2"],
    ["B1:E1", "B2:E21", "B$1"],
    ["F1", "B2:E21", "$F$1"],
    ["F2", "B2:B21", "$F$2"],
    ["A2", "B2", "$A2"],
    ["B1", "B2", "B$1"],
    ["B1", "B2:B21", "B$1"],
  ])("%s is referred to from %s as %s", (cells, place, reference) => {
    expect(referenceTo(at(cells), at(place))).toBe(reference);
  });

  it("names the sheet where it is another, and for all cells", () => {
    expect(referenceTo(at("F1", "2", "'My sheet'!"), at("B2:B21"))).toBe("'My sheet'!$F$1");
    expect(fixedReference(at("A2:A21"))).toBe("Sheet1!$A$2:$A$21");
  });

  it("is where every cell is free", () => {
    const filled = [
      [true, false, true, false],
      [true, true, false],
    ];
    expect([freeColumn(filled, 1, 1), freeColumn(filled, 1, 2), freeColumn([], 2, 3)]).toEqual([3, 3, 2]);
  });
});
