/**
 * Writing a formula into the cell that the person has selected.
 * @module
 */

export interface Insertion {
  /** `inserted`, or why nothing was changed. */
  readonly result: "inserted" | "occupied" | "inTable";
  /** The cell as Excel writes it: `Sheet1!B3`. */
  readonly address: string;
}

/**
 * Writes the formula where it loses nothing and can spill.
 * @param formula in English, with commas: `Range.formulas` is the same in every language of Excel.
 * @throws OfficeExtension.Error when Excel refuses, as on a protected sheet.
 */
export function insertFormula(formula: string): Promise<Insertion> {
  // Someone may be typing in a cell: then Excel would refuse every call (InvalidOperationInCellEditMode).
  return Excel.run({ delayForCellEdit: true }, async (context) => {
    const cell = context.workbook.getActiveCell();
    // An array result inside an Excel table stays #SPILL! for good.
    const tables = cell.getTables(false);
    cell.load("address,valueTypes");
    tables.load("items/name");
    await context.sync();
    const { address } = cell;
    if (cell.valueTypes[0]?.[0] !== Excel.RangeValueType.empty) return { result: "occupied", address };
    if (tables.items.length > 0) return { result: "inTable", address };
    cell.formulas = [[formula]];
    await context.sync();
    return { result: "inserted", address };
  });
}
