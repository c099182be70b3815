/**
 * A saved workbook, in the browser or in a file.
 * @module
 */
import type { IWorkbookData } from "@univerjs/core";
import type { Area } from "../../excel-host/model.ts";
import type { KeptAnswer } from "../functions/calls.ts";

export interface KeptWorkbook {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  /** The grid's own data: contents, formats, tables. */
  readonly content: Partial<IWorkbookData>;
  /** The selection, if there was one. */
  readonly selection?: Area;
  /** The answers of the add-in's functions. */
  readonly answers: readonly KeptAnswer[];
  /** The add-in's document settings: name to JSON text. */
  readonly settings: Readonly<Record<string, string>>;
  /** Whether opening it starts the add-in. */
  readonly startsAddin: boolean;
}

/** @param content of the sample, or empty */
export function newWorkbook(name: string, content: Partial<IWorkbookData>): KeptWorkbook {
  const id = crypto.randomUUID();
  return {
    id,
    name,
    changedAt: Date.now(),
    content: { ...content, id, name },
    answers: [],
    settings: {},
    startsAddin: false,
  };
}

/** Less than Excel's million rows, but enough for large spilled results and long tables. */
export const sheetSize = { rowCount: 20_000, columnCount: 52 };

export function blankContent(): Partial<IWorkbookData> {
  const sheet = { id: "sheet1", name: "Sheet1", ...sheetSize };
  return { sheetOrder: [sheet.id], sheets: { [sheet.id]: sheet } };
}

/** Excel's name for the next new workbook. */
export function nextName(names: readonly string[]): string {
  const numbers = names.map((name) => Number(/^Book(\d+)$/.exec(name)?.[1] ?? 0));
  return `Book${Math.max(0, ...numbers) + 1}`;
}
