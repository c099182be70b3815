import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, fullAddress, parseAddress, splitAddress } from "../../../src/excel/address.ts";

describe("addresses of cells", () => {
  it.each([
    ["A1", { row: 0, column: 0, rows: 1, columns: 1 }],
    ["$b$2:D9", { row: 1, column: 1, rows: 8, columns: 3 }],
    ["D9:B2", { row: 1, column: 1, rows: 8, columns: 3 }],
    ["XFD1048576", { row: 1_048_575, column: 16_383, rows: 1, columns: 1 }],
  ])("%s is read", (address, area) => {
    expect(parseAddress(address)).toEqual(area);
  });

  it("come back as they were written", () => {
    const count = fc.integer({ min: 1, max: 500 });
    const area = fc.record({ row: fc.nat(100_000), column: fc.nat(15_000), rows: count, columns: count });
    fc.assert(fc.property(area, (item) => void expect(parseAddress(addressOf(item))).toEqual(item)));
  });

  it("quote sheets whose names need it", () => {
    const cell = { row: 0, column: 0, rows: 1, columns: 1 };
    expect(fullAddress("Prices", cell)).toBe("Prices!A1");
    expect(fullAddress("Ana's prices", cell)).toBe("'Ana''s prices'!A1");
  });

  it.each(["", "A", "1", "A1:B", "A:A", "Sheet1!A1"])("refuses %j", (text) => {
    expect(() => parseAddress(text)).toThrow("no address");
  });

  it("are whole rows and columns where the sheet's size is known", () => {
    const sheet = { rows: 100, columns: 50 };
    const rows = { row: 1, column: 0, rows: 4, columns: 50 };
    const columns = { row: 0, column: 1, rows: 100, columns: 2 };
    expect(parseAddress("2:5", sheet)).toEqual(rows);
    expect(parseAddress("$C:B", sheet)).toEqual(columns);
    expect(addressOf(rows, sheet)).toBe("2:5");
    expect(fullAddress("Prices", columns, sheet)).toBe("Prices!B:C");
  });

  it.each([
    ["A1", undefined, "A1"],
    ["Prices!B2:C3", "Prices", "B2:C3"],
    ["'Ana''s prices'!$A$1", "Ana's prices", "$A$1"],
  ])("%s is split", (address, sheetName, cells) => {
    expect(splitAddress(address)).toEqual({ sheetName, cells });
  });
});
