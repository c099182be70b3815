import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, fullAddress, parseAddress } from "../../../../src/workbench/excel-host/address.ts";

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
    fc.assert(fc.property(area, (one) => void expect(parseAddress(addressOf(one))).toEqual(one)));
  });

  it("quote sheets whose names need it", () => {
    const cell = { row: 0, column: 0, rows: 1, columns: 1 };
    expect(fullAddress("Prices", cell)).toBe("Prices!A1");
    expect(fullAddress("Ana's prices", cell)).toBe("'Ana''s prices'!A1");
  });

  it.each(["", "A", "1", "A1:B", "A:A", "Sheet1!A1"])("refuses %j", (text) => {
    expect(() => parseAddress(text)).toThrow("no address");
  });
});
