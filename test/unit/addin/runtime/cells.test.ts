import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  type Cell,
  type CellForm,
  dateCell,
  fitting,
  maxResultChars,
  toCells,
} from "../../../../src/addin/runtime/cells.ts";
import type { DateForm } from "../../../../src/addin/runtime/host.ts";
import type { ColumnType, Table, TableValue } from "../../../../src/kalibrate/table.ts";

const form = (dates: DateForm, more: Partial<CellForm> = {}): CellForm => ({
  dates,
  dateFormat: "yyyy-mm-dd",
  empty: "",
  ...more,
});

const cellsOf = (given: Table, headers: 0 | 1 | 2, dates: DateForm, more?: Partial<CellForm>) =>
  toCells(given, headers, form(dates, more)).cells;

const table = (type: ColumnType, ...values: TableValue[]): Table => ({
  columns: [{ name: "brand.name", label: "Brand name", type }],
  rows: values.map((value) => [value]),
});

describe("toCells", () => {
  it("puts the headings that were asked for above the rows", () => {
    expect(cellsOf(table("text", "A"), 0, "double")).toEqual([["A"]]);
    expect(cellsOf(table("text", "A"), 1, "double")).toEqual([["brand.name"], ["A"]]);
    expect(cellsOf(table("text", "A"), 2, "double")).toEqual([["Brand name"], ["A"]]);
  });

  it("never lets an absent value become 0", () => {
    expect(cellsOf(table("number", null, NaN, -Infinity, 0), 0, "double")).toEqual([[""], [""], [""], [0]]);
  });

  it("gives dates as the host takes them", () => {
    const iso = "2026-11-21T12:00:00+02:00";
    const format = "yyyy-mm-dd hh:mm";
    expect(cellsOf(table("datetime", iso), 0, "double")).toEqual([
      [{ type: "Double", basicValue: 46347.5, numberFormat: format }],
    ]);
    expect(cellsOf(table("datetime", iso), 0, "formattedNumber")).toEqual([
      [{ type: "FormattedNumber", basicValue: 46347.5, numberFormat: format }],
    ]);
    expect(cellsOf(table("datetime", iso), 0, "serial")).toEqual([[46347.5]]);
  });

  it("gives dates in the workbook's format, with the time behind it", () => {
    const cell = (type: ColumnType) =>
      cellsOf(table(type, "2026-11-21T12:00:00"), 0, "double", { dateFormat: "dd/mm/yyyy" })[0]![0];
    expect(cell("date")).toMatchObject({ numberFormat: "dd/mm/yyyy" });
    expect(cell("datetime")).toMatchObject({ numberFormat: "dd/mm/yyyy hh:mm" });
  });

  it("puts what the workbook wants where there is no value, and only there", () => {
    const given = table("number", null, 0, "", "n/a");
    expect(cellsOf(given, 0, "double", { empty: 0 })).toEqual([[0], [0], [""], ["n/a"]]);
    expect(cellsOf(table("text", null, ""), 0, "double", { empty: "none" })).toEqual([["none"], [""]]);
    // A row that is too short lacks values.
    const short: Table = { columns: [...given.columns, ...given.columns], rows: [[1]] };
    expect(cellsOf(short, 0, "double", { empty: 0 })).toEqual([[1, 0]]);
  });

  it("leaves as text what is no date of Excel's, and text that only looks like one", () => {
    expect(cellsOf(table("date", "0001-01-01", "soon"), 0, "double")).toEqual([["0001-01-01"], ["soon"]]);
    expect(cellsOf(table("text", "2026-11-21"), 0, "double")).toEqual([["2026-11-21"]]);
  });

  it("shows an error where no cell can hold a number, without its words where they do not fit", () => {
    class ExcelError {
      readonly code: string;
      readonly message: string | undefined;
      constructor(code: string, message?: string) {
        this.code = code;
        this.message = message;
      }
    }
    const codes = { notAvailable: "#N/A", invalidValue: "#VALUE!" };
    vi.stubGlobal("CustomFunctions", { Error: ExcelError, ErrorCode: codes });
    onTestFinished(() => void vi.unstubAllGlobals());
    const given = table("number", 1, { error: "KAL_NUMBER_TOO_LARGE" });
    const [[one], [error]] = cellsOf(given, 0, "double") as [[number], [ExcelError]];
    expect(one).toBe(1);
    expect(error.code).toBe("#VALUE!");
    expect(error.message).toMatch(
      /^The record has a number too large for a cell: .*\[KAL_NUMBER_TOO_LARGE\]$/,
    );
    expect(cellsOf(given, 0, "double", { plainErrors: true })[1]).toEqual([new ExcelError("#VALUE!")]);
  });

  it("gives money that comes as text as a number, in a column of numbers only", () => {
    expect(cellsOf(table("number", "1.459", "-2", "n/a"), 0, "double")).toEqual([[1.459], [-2], ["n/a"]]);
    expect(cellsOf(table("text", "0012"), 0, "double")).toEqual([["0012"]]);
  });

  it("shows what is no value of a table as it came: Excel would show an error without words", () => {
    const values = [[], {}, [1.5], { amount: 1.5 }] as unknown as TableValue[];
    const shown = [["[]"], ["{}"], ["[1.5]"], ['{"amount":1.5}']];
    for (const type of ["number", "datetime", "text"] as const)
      expect(cellsOf(table(type, ...values), 0, "double")).toEqual(shown);
  });

  it("cuts text that no cell holds, with a mark", () => {
    const [[cell]] = cellsOf(table("text", "x".repeat(40_000)), 0, "double") as [[string]];
    expect(cell).toHaveLength(32_767);
    expect(cell.endsWith("…")).toBe(true);
  });

  it("shows the headings alone where there are no rows, and #N/A where there would be nothing", () => {
    expect(cellsOf(table("text"), 1, "double")).toEqual([["brand.name"]]);
    expect(() => cellsOf(table("text"), 0, "double")).toThrow(
      expect.objectContaining({ code: "KAL_NO_ROWS" }),
    );
  });

  it("sends serials where formatted dates would be too large, and refuses what is too large anyway", () => {
    const dates = table("date", ...Array<string>(50_000).fill("2026-11-21"));
    expect(cellsOf(dates, 0, "double")[0]).toEqual([46347]);
    expect(toCells(dates, 0, form("double")).datesArePlain).toBe(true);
    expect(toCells(dates, 0, form("serial")).datesArePlain).toBe(false);
    const text = table("text", ...Array<string>(100).fill("x".repeat(30_000)));
    expect(() => cellsOf(text, 0, "double")).toThrow("The result has 100 rows");
  });

  it("makes of anything a rectangle of plain values that survives JSON, within the size", () => {
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    const columns = fc.constantFrom<ColumnType>("text", "number", "boolean", "date", "datetime");
    fc.assert(
      fc.property(
        fc.array(columns, { minLength: 1, maxLength: 4 }),
        fc.array(fc.array(value, { maxLength: 5 }), { minLength: 1 }),
        (types, rows) => {
          const cells = cellsOf(
            { columns: types.map((type, at) => ({ name: `c${at}`, label: `C${at}`, type })), rows },
            1,
            "double",
          );
          const text = JSON.stringify(cells);
          for (const cell of cells.flat())
            expect(["string", "number", "boolean", "object"]).toContain(cell === null ? "null" : typeof cell);
          expect(text.length).toBeLessThanOrEqual(maxResultChars);
          for (const row of cells) expect(row).toHaveLength(types.length);
        },
      ),
    );
  });
});

describe("what does not fit", () => {
  const form: CellForm = { dates: "double", dateFormat: "yyyy-mm-dd", empty: "" };
  /** A column of so many errors with texts, and a date that takes some room when it has its format. */
  const make = (errors: number, dates: number) => (each: CellForm) => [
    ...Array.from({ length: errors }, (): Cell[] => [each.plainErrors ? "#N/A" : "#N/A".padEnd(200)]),
    ...Array.from({ length: dates }, (): Cell[] => [dateCell(46_000, "", each)]),
  ];

  it.each([
    ["nothing where all fits", 100, 100, { datesArePlain: false }, 200, "Double"],
    ["errors their texts first", 20_000, 100, { datesArePlain: false }, 4, "Double"],
    ["then dates their formats", 20_000, 50_000, { datesArePlain: true }, 4, undefined],
  ] as const)("loses %s", (_, errors, dates, outcome, length, type) => {
    const measured = fitting(form, make(errors, dates), true)!;
    expect(measured).toMatchObject(outcome);
    expect(measured.characters).toBe(JSON.stringify(measured.cells).length);
    expect(measured.characters).toBeLessThanOrEqual(maxResultChars);
    expect(measured.cells[0]![0]).toHaveLength(length);
    expect((measured.cells.at(-1)![0] as { type?: string }).type).toBe(type);
  });

  it("is nothing where even the shortest is too much", () => {
    expect(fitting(form, make(250_000, 0), true)).toBeUndefined();
  });
});
