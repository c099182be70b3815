/**
 * Texts about everything that the pane writes into the workbook.
 * @module
 */

const rows = (count: number) => (count === 1 ? "1 row." : `${count.toLocaleString()} rows.`);

export const writingTexts = {
  insert: "Insert formula",
  insertAt: (address: string) => `Insert formula into ${address}`,
  insertOnSheet: "Insert formula on a new sheet",
  update: (address: string) => `Update formula in ${address}`,
  updateTable: (name: string) => `Update table ${name}`,
  noCells: "The sheet does not have enough cells below and beside this one.",
  goesOnSheet: (blocked: string) => `${blocked} So it goes on a new sheet.`,
  inserting: "Inserting…",
  inserted: (address: string) => `Inserted into ${address}.`,
  insertedOnSheet: (address: string) => `Inserted on a new sheet, at ${address}.`,
  moved: (address: string, blocked: string | undefined) =>
    blocked === undefined
      ? `Nothing was written yet: ${address} is selected now. Press again to write there.`
      : `Nothing was written yet: ${blocked} Press again to put it on a new sheet.`,
  refused: (reason: string) => `Excel did not accept the formula: ${reason}`,
  rows,
  failed: (text: string) => `${text} But the cell shows an error:`,
  tooLarge: "Nothing was written, because the result is too large for a formula:",
  undo: "Undo",
  undone: (address: string) => `Undone: ${address} is as before.`,
  undoneSheet: "Undone: the new sheet has been removed.",
  notUndone: (address: string) => `${address} has been changed since, so nothing was undone.`,
} as const;
