/**
 * Texts for changing a connection in a workbook.
 * @module
 */
import type { ConnectionUses } from "../../runtime/workbook/change-connection.ts";

const count = (number: number, single: string, several: string) =>
  `${number.toLocaleString()} ${number === 1 ? single : several}`;

export const changeTexts = {
  meaning: "Replaces one connection by another in formulas, names, tables and settings.",
  from: "Connection in the workbook",
  fromHint: "Its name as formulas write it before the colon: test in “test:price”.",
  to: "Use instead",
  list: "Show what changes",
  change: "Change it",
  looking: "Looking…",
  noName: "Enter the name of a connection.",
  same: "Choose another connection.",
  nothing: (from: string) => `Nothing in this workbook uses “${from}”.`,
  formulas: (sheet: string, number: number) => `${sheet}: ${count(number, "formula", "formulas")}`,
  names: (names: readonly string[]) => `Names: ${names.join(", ")}`,
  tables: (tables: readonly string[]) => `Tables: ${tables.join(", ")}`,
  ownSetting: "This workbook’s connection, used by formulas that name none",
  unread: (sheets: readonly string[]) =>
    `Not checked, because Excel does not allow it: ${sheets.join(", ")}. Unprotect the sheet, then repeat.`,
  changed: (from: string, to: string) =>
    `“${to}” is now used instead of “${from}”. New data is being loaded.`,
  refused: (reason: string) => `Excel did not allow all changes: ${reason} Check what is left, then repeat.`,
} as const;

/** The changes, one per line. */
export function linesOf({ formulas, names, tables, unread }: ConnectionUses, isOwn: boolean): string[] {
  return [
    ...formulas.map(({ sheet, count: number }) => changeTexts.formulas(sheet, number)),
    ...(names.length > 0 ? [changeTexts.names(names)] : []),
    ...(tables.length > 0 ? [changeTexts.tables(tables)] : []),
    ...(isOwn ? [changeTexts.ownSetting] : []),
    ...(unread.length > 0 ? [changeTexts.unread(unread)] : []),
  ];
}
