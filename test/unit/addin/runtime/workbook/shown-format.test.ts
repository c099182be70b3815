import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shownFormat } from "../../../../../src/addin/runtime/workbook/shown-format.ts";
import { formatNumber } from "../../../../../src/workbench/excel-host/format-number.ts";

const days = ["yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy"];
const formats = days.flatMap((day) => [day, `${day} hh:mm`, `${day} hh:mm:ss`]);

describe("the format that a cell is shown with", () => {
  it("is found by its text, whatever separators the computer writes", () => {
    const serial = fc.double({ min: 61, max: 2_900_000, noNaN: true });
    const separator = fc.constantFrom("/", "-", ".", ". ");
    fc.assert(
      fc.property(serial, fc.constantFrom(...formats), separator, (value, format, sign) => {
        const text = formatNumber(value, format).replace(/[-/]/g, sign);
        const found = shownFormat(value, "General", text);
        expect(formatNumber(value, found)).toBe(formatNumber(value, format));
      }),
    );
  });

  it("is General for numbers as they are", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(number, (value) => {
        expect(shownFormat(value, "General", formatNumber(value))).toBe("General");
      }),
    );
    expect(shownFormat(46_356, "General", "46,356")).toBe("General");
    expect(shownFormat("2026-11-30", "General", "2026-11-30")).toBe("General");
    // Of another day.
    expect(shownFormat(46_356, "General", "2026-11-28")).toBe("General");
  });

  it("is the cell's own where it has one", () => {
    expect(shownFormat(46_356, "0.00", "46356.00")).toBe("0.00");
    expect(shownFormat(46_356, "dd/mm/yyyy", "####")).toBe("dd/mm/yyyy");
  });

  it("is not known where a column is too narrow for what may be a date", () => {
    expect(shownFormat(46_356, "General", "####")).toBeUndefined();
    expect(shownFormat(-1, "General", "####")).toBe("General");
  });
});
