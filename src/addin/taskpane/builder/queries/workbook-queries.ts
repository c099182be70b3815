/**
 * The queries of this workbook: its formulas that the builder can open, and its tables.
 * @module
 */
import { fullAddress } from "../../../../excel/address.ts";
import { runtime } from "../../../addin.ts";
import { keepsTables } from "../../../runtime/tables/keeps-tables.ts";
import type { KeptTable } from "../../../runtime/tables/kept-tables.ts";
import { type FormulaCell, findKalCells } from "../../../runtime/workbook/kal-cells.ts";
import { moveFormula } from "../../../runtime/formulas/move-formula.ts";
import { runOptions } from "../../../runtime/workbook/run-options.ts";
import type { CellFormula } from "../../cells/selection.ts";
import { type PlacedCall, readCalls } from "../formula/kal-call.ts";

export interface WorkbookQueries {
  readonly formulas: readonly { readonly cell: CellFormula; readonly original: PlacedCall }[];
  readonly tables: readonly KeptTable[];
}

/** @throws OfficeExtension.Error when Excel refuses, KalError if the code of tables cannot be loaded */
export async function readWorkbookQueries(): Promise<WorkbookQueries> {
  const formulas = await Excel.run(runOptions, async (context) => {
    const { found } = await findKalCells(context, "workbook");
    const sheets = context.workbook.worksheets.load("items/id,items/name");
    await context.sync();
    const ids = new Map(sheets.items.map(({ id, name }) => [name, id]));
    return found.flatMap(({ sheet, cells }) =>
      firstOfFilled(cells).flatMap(({ row, column, formula }) => {
        const [original] = readCalls(formula);
        const address = fullAddress(sheet, { row, column, rows: 1, columns: 1 });
        return original ? [{ cell: { sheetId: ids.get(sheet) ?? "", address, formula }, original }] : [];
      }),
    );
  });
  const tables = (await keepsTables()) ? await (await runtime.loadTables()).listTables("workbook") : [];
  return { formulas, tables };
}

/** Without those that were filled from the cell above or to the left. */
function firstOfFilled(cells: readonly FormulaCell[]): FormulaCell[] {
  const formulas = new Map(cells.map(({ row, column, formula }) => [`${row} ${column}`, formula]));
  const isFilled = ({ row, column, formula }: FormulaCell, up: number, left: number) => {
    const before = formulas.get(`${row - up} ${column - left}`);
    return before !== undefined && moveFormula(before, up, left) === formula;
  };
  return cells.filter((cell) => !isFilled(cell, 1, 0) && !isFilled(cell, 0, 1));
}

/** Selects the first cell of a table. @throws OfficeExtension.Error when Excel refuses */
export function selectTable({ id }: KeptTable): Promise<void> {
  return Excel.run(runOptions, async (context) => {
    const table = context.workbook.tables.getItem(id);
    table.worksheet.activate();
    table.getRange().getCell(0, 0).select();
    await context.sync();
  });
}
