import { describe, expect, it } from "vitest";
import type { Cell, CellResult } from "../../../../src/workbench/excel-host/cells.ts";
import { createFormulaEvaluator } from "../../../../src/workbench/excel-host/formula-evaluator.ts";
import type { FunctionCall } from "../../../../src/workbench/excel-host/invocations.ts";
import { createMemorySpreadsheet } from "../../../../src/workbench/excel-host/memory-spreadsheet.ts";

const sheetId = "sheet-1";
const cell = (row: number, column: number) => ({ sheetId, row, column, rows: 1, columns: 1 });

/** A spreadsheet whose add-in answers with a date. */
function open(answer: Cell = { value: 46_000, numberFormat: "yyyy-mm-dd" }) {
  const called: FunctionCall[] = [];
  const cancelled: number[] = [];
  const spreadsheet = createMemorySpreadsheet({
    evaluate: (formula, address, sheet) => evaluate(formula, address, sheet),
    abandoned: (evaluation) => void ("abandon" in evaluation && (evaluation.abandon as () => void)()),
  });
  const evaluate = createFormulaEvaluator(spreadsheet, {
    invoke(call) {
      called.push(call);
      const cells: CellResult = [[answer]];
      return { id: called.length, cells, result: Promise.resolve(cells) };
    },
    cancel: (id) => void cancelled.push(id),
  });
  const shows = async (formula: string) => (await evaluate(formula, "Sheet1!Z9", "Sheet1").result)[0]![0];
  return { spreadsheet, called, cancelled, shows };
}

describe("a formula in memory", () => {
  it("hands a formatted number of another cell over as a data type, and an empty cell as nothing", async () => {
    const { spreadsheet, called, shows } = open();
    spreadsheet.write(cell(0, 0), [["=KAL.DATE()"]]);
    spreadsheet.write(cell(1, 0), [[7]]);
    await shows('=KAL.F(A1:A3,"x",,{1,2;3,4},TRUE)');
    expect(called.at(-1)!.args).toEqual([
      [[{ type: "Double", basicValue: 46_000, numberFormat: "yyyy-mm-dd" }], [7], [null]],
      [["x"]],
      null,
      [
        [1, 2],
        [3, 4],
      ],
      [[true]],
    ]);
  });

  it.each(["={1,2", "={1,A1}"])("shows #NAME? for %s, which it cannot read", async (formula) => {
    expect(await open().shows(formula)).toEqual({ error: "#NAME?" });
  });

  it.each([
    ["=List", []],
    ["=Local", [[["local"]]]],
    ['=ByCode("1001")', [[["1001"]], [["name"]]]],
    ['=LET(code,"7",ByCode(code))', [[["7"]], [["name"]]]],
    ['=IFERROR(KAL.F("a"),"none")', [[["a"]]]],
    ["=_xldudf_KAL_F(1)", [[[1]]]],
    ["=ROWS(List)", []],
    ['=LAMBDA(x,KAL.F(x))("y")', [[["y"]]]],
  ])("%s calls the add-in with %j", async (formula, args) => {
    const { spreadsheet, called, shows } = open();
    spreadsheet.setName("List", "=KAL.LIST()");
    spreadsheet.setName("Local", '=KAL.F("workbook")');
    spreadsheet.setName("Local", '=KAL.F("local")', sheetId);
    spreadsheet.setName("ByCode", '=LAMBDA(code,KAL.F(code,"name"))');
    expect(await shows(formula)).not.toHaveProperty("error");
    expect(called.map((call) => call.args)).toEqual([args]);
    expect(called[0]!.address).toBe("Sheet1!Z9");
  });

  it("takes the second of IFERROR for an error, and joins texts", async () => {
    const { shows } = open({ error: "#VALUE!" });
    expect(await shows('=IFERROR(KAL.F(),"none")&"!"')).toEqual({ value: "none!" });
  });

  it.each(["=SUM(1,2)", "=Nothing", "=1+1", '=KAL.F("a'])(
    "%s is #NAME?: it is not known here",
    async (formula) => {
      expect(await open().shows(formula)).toEqual({ error: "#NAME?" });
    },
  );
});

describe("manual calculation in memory", () => {
  it("marks cells until F9, and calculates those that are asked for", async () => {
    const { spreadsheet, called } = open();
    spreadsheet.write(cell(0, 0), [["=KAL.A()"]]);
    spreadsheet.write(cell(0, 1), [["=KAL.B()"]]);
    await spreadsheet.valuesIn({ ...cell(0, 0), columns: 2 });
    const calls = async (act: () => void) => {
      called.length = 0;
      act();
      await spreadsheet.valuesIn({ ...cell(0, 0), columns: 2 });
      return called.map(({ functionId }) => functionId);
    };
    const both = { ...cell(0, 0), columns: 2 };
    expect(await calls(() => spreadsheet.markDirty([both]))).toEqual(["A", "B"]);
    spreadsheet.setCalculationMode("Manual");
    expect(await calls(() => spreadsheet.markDirty([cell(0, 0), cell(0, 1)]))).toEqual([]);
    expect(await calls(() => spreadsheet.calculate([cell(0, 0)]))).toEqual(["A"]);
    expect(await calls(() => spreadsheet.calculateDirty())).toEqual(["B"]);
    expect(await calls(() => spreadsheet.calculateDirty())).toEqual([]);
    expect(await calls(() => spreadsheet.markDirty([both]))).toEqual([]);
    expect(await calls(() => spreadsheet.setCalculationMode("Automatic"))).toEqual(["A", "B"]);
  });
});
