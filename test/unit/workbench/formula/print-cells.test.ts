import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cell } from "../../../../src/workbench/excel-host/cells.ts";
import { printCells } from "../../../../src/workbench/formula/print-cells.ts";

const row = (...values: (string | number | boolean)[]): Cell[] => values.map((value) => ({ value }));

describe("printed cells", () => {
  it("stand in columns, numbers on the right", () => {
    expect(
      printCells([row("importCode", "price", "own"), row("N1", 1.459, true), row("N12", 12, false)]),
    ).toBe(["importCode  price  own", "N1          1.459  TRUE", "N12            12  FALSE"].join("\n"));
  });

  it("show dates by their number format", () => {
    expect(
      printCells([
        [
          { value: 45658, numberFormat: "yyyy-mm-dd" },
          { value: 45658.4375, numberFormat: "yyyy-mm-dd hh:mm" },
        ],
      ]),
    ).toBe("2025-01-01  2025-01-01 10:30");
  });

  it("show errors with their text, per cell", () => {
    expect(printCells([[{ error: "#N/A", message: "No price." }, { error: "#BUSY!" }]])).toBe(
      "#N/A No price.  #BUSY!",
    );
  });

  it("never cut a single cell: it may be an error that says what to do", () => {
    const message = "Not connected to Kalibrate. Open the Kalibrate pane (Home tab) and connect.";
    expect(printCells([[{ error: "#VALUE!", message }]], 20)).toBe(`#VALUE! ${message}`);
  });

  it("cut the widest columns to the terminal", () => {
    expect(printCells([row("name", "a long description of the site"), row("N1", "short")], 20)).toBe(
      ["name  a long descri…", "N1    short"].join("\n"),
    );
  });

  it("let no control character through to the terminal", () => {
    expect(printCells([row("a\u001b[31mred", "two\r\nlines")])).toBe("a [31mred  two lines");
  });

  it("never are wider than the terminal, whatever is in them", () => {
    const cell = fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean());
    const table = fc
      .integer({ min: 2, max: 30 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 120 }), (rows, width) => {
        const lines = printCells(
          rows.map((values) => row(...values)),
          width,
        ).split("\n");
        expect(lines).toHaveLength(rows.length);
        expect(lines.every((line) => line.length <= width)).toBe(true);
      }),
    );
  });
});
