import { describe, expect, it } from "vitest";
import type { CellResult } from "../../../../src/workbench/excel-host/cells.ts";
import {
  createMemorySpreadsheet,
  type Evaluation,
} from "../../../../src/workbench/excel-host/memory-spreadsheet.ts";

const sheetId = "sheet-1";
const cell = (row: number, column: number) => ({ sheetId, row, column, rows: 1, columns: 1 });

/** A spreadsheet whose formulas are answered by the test. */
function openSpreadsheet() {
  const asked: {
    formula: string;
    address: string;
    evaluation: Evaluation;
    answer: (cells: CellResult) => void;
  }[] = [];
  const abandoned: Evaluation[] = [];
  const spreadsheet = createMemorySpreadsheet({
    evaluate(formula, address) {
      let answer!: (cells: CellResult) => void;
      const evaluation = { result: new Promise<CellResult>((resolve) => (answer = resolve)) };
      asked.push({ formula, address, evaluation, answer });
      return evaluation;
    },
    abandoned: (evaluation) => void abandoned.push(evaluation),
  });
  const values = (rows: number, columns: number) =>
    spreadsheet
      .read({ sheetId, row: 0, column: 0, rows, columns })
      .map((row) => row.map(({ value }) => value));
  return { spreadsheet, asked, abandoned, values };
}

describe("a formula in memory", () => {
  it("is #BUSY! until it is answered, then shows its table with its formats", async () => {
    const { spreadsheet, asked, values } = openSpreadsheet();
    spreadsheet.write(cell(0, 0), [["=KAL.QUERY()"]]);
    expect(values(1, 1)).toEqual([["#BUSY!"]]);
    expect(asked.map(({ formula, address }) => [formula, address])).toEqual([["=KAL.QUERY()", "A1"]]);
    asked[0]!.answer([
      [{ value: "since" }, { value: "price" }],
      [{ value: 46000, numberFormat: "yyyy-mm-dd" }, { error: "#N/A" }],
    ]);
    await asked[0]!.evaluation.result;
    expect(values(2, 2)).toEqual([
      ["since", "price"],
      [46000, "#N/A"],
    ]);
    expect(spreadsheet.read(cell(1, 0))[0]![0]).toEqual({
      value: 46000,
      formula: "",
      text: "2025-12-09",
      numberFormat: "yyyy-mm-dd",
    });
    expect(spreadsheet.spillOf(sheetId, 0, 0)).toEqual({ sheetId, row: 0, column: 0, rows: 2, columns: 2 });
  });

  it("that is overwritten is cancelled, and its late answer ignored", async () => {
    const { spreadsheet, asked, abandoned, values } = openSpreadsheet();
    spreadsheet.write(cell(0, 0), [["=KAL.STATUS()"]]);
    spreadsheet.write(cell(0, 0), [[7]]);
    asked[0]!.answer([[{ value: "late" }]]);
    await asked[0]!.evaluation.result;
    expect(abandoned).toEqual([asked[0]!.evaluation]);
    expect(values(1, 1)).toEqual([[7]]);
  });

  it("is asked again when it is calculated, and only then", () => {
    const { spreadsheet, asked } = openSpreadsheet();
    spreadsheet.write({ ...cell(0, 0), columns: 2 }, [["=A()", "=B()"]]);
    spreadsheet.calculate([cell(0, 1)]);
    expect(asked.map(({ formula }) => formula)).toEqual(["=A()", "=B()", "=B()"]);
  });

  it("does not spill over filled cells or a table", async () => {
    const { spreadsheet, asked, values } = openSpreadsheet();
    spreadsheet.write({ ...cell(0, 0), rows: 2 }, [["=A()"], ["mine"]]);
    spreadsheet.addTable("Prices", { ...cell(4, 0), rows: 2 });
    spreadsheet.write(cell(3, 0), [["=B()"]]);
    for (const { answer } of asked) answer([[{ value: 1 }], [{ value: 2 }]]);
    await Promise.all(asked.map(({ evaluation }) => evaluation.result));
    expect(values(4, 1)).toEqual([["#SPILL!"], ["mine"], [""], ["#SPILL!"]]);
    expect(spreadsheet.spills(sheetId)).toEqual([]);
  });

  it("is #NAME? if nothing can answer it", () => {
    const spreadsheet = createMemorySpreadsheet();
    spreadsheet.write(cell(0, 0), [["=KAL.QUERY()"]]);
    expect(spreadsheet.read(cell(0, 0))[0]![0]!.value).toBe("#NAME?");
  });
});

describe("what is typed", () => {
  it.each([
    ["12", 12],
    ["-1.5e3", -1500],
    ["TRUE", true],
    ["1 000", "1 000"],
    ["'12", "12"],
    ["'=1+1", "=1+1"],
    ["=", "="],
  ])("%j is %j", (content, value) => {
    const spreadsheet = createMemorySpreadsheet();
    spreadsheet.write(cell(0, 0), [[content]]);
    expect(spreadsheet.read(cell(0, 0))[0]![0]!.value).toBe(value);
  });

  it("stays a text in a cell that is formatted as text", () => {
    const spreadsheet = createMemorySpreadsheet();
    spreadsheet.setNumberFormat(cell(0, 0), [["@"]]);
    spreadsheet.write(cell(0, 0), [["0012"]]);
    expect(spreadsheet.read(cell(0, 0))[0]![0]).toMatchObject({ value: "0012", formula: "0012" });
  });
});
