/**
 * Reads the selected figure: the call that shows it, the values of its arguments and the row that it is in.
 * @module
 */
import { splitAddress } from "../../../excel/address.ts";
import { findCalls } from "../../runtime/formulas/find-calls.ts";
import { readLiteral } from "../../runtime/formulas/literals.ts";
import { isOneCall } from "../../runtime/workbook/kal-calls.ts";
import { runOptions } from "../../runtime/workbook/run-options.ts";

/** The cells of an argument; undefined for one that is left out. */
export type ArgumentCells = readonly (readonly unknown[])[] | undefined;

export interface Figure {
  /** `SUMMARY` */
  readonly name: string;
  readonly args: readonly ArgumentCells[];
  /** The figure's place in what the formula fills, counted from 0. */
  readonly row: number;
  readonly column: number;
  /** The values of that row. */
  readonly shown: readonly unknown[];
  readonly formula: string;
  /** The figure's cell as Excel writes it: `Sheet1!B3`. */
  readonly address: string;
}

/** @returns why there is none: no formula that is one call of ours, or an argument that only Excel can calculate */
export function readFigure(): Promise<Figure | "noFigure" | "calculatedArgument"> {
  return Excel.run(runOptions, async (context) => {
    const cell = context.workbook.getActiveCell();
    const parent = cell.getSpillParentOrNullObject();
    cell.load("address,formulas,rowIndex,columnIndex");
    parent.load("formulas,rowIndex,columnIndex");
    await context.sync();
    const start = parent.isNullObject ? cell : parent;
    const formula: unknown = start.formulas[0]?.[0];
    if (typeof formula !== "string" || !isOneCall(formula)) return "noFigure";
    const [call] = findCalls(formula);
    const name = /([A-Z]+)$/i.exec(call?.name ?? "")?.[1]?.toUpperCase();
    if (!call || name === undefined) return "noFigure";
    const args: ArgumentCells[] = [];
    for (const { start: from, end } of call.args) {
      const read = await readArgument(cell.worksheet, formula.slice(from, end));
      if (read === "calculated") return "calculatedArgument";
      args.push(read);
    }
    const row = cell.rowIndex - start.rowIndex;
    const column = cell.columnIndex - start.columnIndex;
    const shown = await readRow(start, row);
    return { name, args, row, column, shown, formula, address: cell.address };
  });
}

/** The row of a spilled table that begins at a cell. */
async function readRow(start: Excel.Range, row: number): Promise<readonly unknown[]> {
  const spill = start.getSpillingToRangeOrNullObject().load("columnCount");
  await start.context.sync();
  const columns = spill.isNullObject ? 1 : spill.columnCount;
  const cells = start
    .getCell(row, 0)
    .getResizedRange(0, columns - 1)
    .load("values");
  await start.context.sync();
  return (cells.values as unknown[][])[0] ?? [];
}

const area = /^\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?$/i;
const spilled = /^(.+)#$/;

async function readArgument(sheet: Excel.Worksheet, argument: string): Promise<ArgumentCells | "calculated"> {
  const written = argument.trim().replace(/^@/, "");
  if (written === "") return undefined;
  const literal = readLiteral(written);
  if (literal !== undefined) return [[literal]];
  const range = await rangeOf(sheet, written);
  if (!range) return "calculated";
  range.load("values");
  await sheet.context.sync();
  return range.isNullObject ? "calculated" : (range.values as unknown[][]);
}

/** The cells that a reference means; undefined for anything else. */
async function rangeOf(sheet: Excel.Worksheet, written: string): Promise<Excel.Range | undefined> {
  const { workbook } = sheet.context;
  const [, anchor] = spilled.exec(written) ?? [];
  const { sheetName, cells } = splitAddress(anchor ?? written);
  if (area.test(cells)) {
    const place = sheetName === undefined ? sheet : workbook.worksheets.getItemOrNullObject(sheetName);
    if (sheetName !== undefined) {
      await sheet.context.sync();
      if (place.isNullObject) return undefined;
    }
    const range = place.getRange(cells.replaceAll("$", ""));
    return anchor === undefined ? range : range.getSpillingToRangeOrNullObject();
  }
  if (!/^[\p{L}_\\][\p{L}\p{N}_.\\]*$/u.test(written)) return undefined;
  const name = workbook.names.getItemOrNullObject(written);
  await sheet.context.sync();
  return name.isNullObject ? undefined : name.getRangeOrNullObject();
}

/** A formula that leads to a cell. */
export function linkTo(address: string): string {
  const { sheetName = "", cells } = splitAddress(address);
  const target = `#'${sheetName.replaceAll("'", "''")}'!${cells}`;
  const text = (value: string) => `"${value.replaceAll('"', '""')}"`;
  return `=HYPERLINK(${text(target)},${text(`Back to ${address}`)})`;
}
