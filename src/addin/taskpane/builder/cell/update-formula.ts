/**
 * Writing a changed formula back to the cell that it was read from.
 * @module
 */
import type { CellFormula } from "./selected-formula.ts";

/** `updated`, or why nothing was changed. */
export type Update = "updated" | "changed" | "sheetGone";

/**
 * Writes the formula where the cell still holds what was read: a row may have been put in above it since, or somebody
 * else may have changed it.
 * @throws OfficeExtension.Error when Excel refuses, as on a protected sheet
 */
export function updateFormula(cell: CellFormula, formula: string): Promise<Update> {
  return Excel.run({ delayForCellEdit: true }, async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(cell.sheetId);
    sheet.load("id");
    await context.sync();
    if (sheet.isNullObject) return "sheetGone";
    const range = sheet.getRange(cell.address.slice(cell.address.lastIndexOf("!") + 1));
    range.load("formulas");
    await context.sync();
    if (range.formulas[0]?.[0] !== cell.formula) return "changed";
    range.formulas = [[formula]];
    await context.sync();
    return "updated";
  });
}
