/**
 * Inserts the example as a new sheet, so that it changes nothing else and deleting the sheet undoes it.
 * @module
 */
import type { ColumnType, TableValue } from "../../../../kalibrate/table.ts";
import { runtime } from "../../../addin.ts";
import { looksOf } from "../../../runtime/workbook/column-look.ts";
import { runOptions } from "../../../runtime/workbook/run-options.ts";
import { addSheet } from "../../cells/write-formula.ts";
import { type Block, columnWidths, exampleSheet, type Look } from "./example-sheet.ts";

const teal = "#00788B";
const quiet = "#616161";

interface Looks {
  readonly size?: number;
  readonly bold?: true;
  readonly color?: string;
  readonly fill?: string;
  readonly isRight?: true;
  /** As the same data have it elsewhere. */
  readonly numberFormat?: () => string | undefined;
}

const looks: Readonly<Record<Look, Looks>> = {
  title: { size: 18, bold: true, color: teal },
  note: { color: quiet },
  heading: { size: 13, bold: true },
  label: { color: quiet },
  plain: {},
  headers: { bold: true, fill: "#EBF4F6" },
  headersRight: { bold: true, fill: "#EBF4F6", isRight: true },
  price: { numberFormat: () => formatOf("currentPrice", "number", 1.459) },
  moment: { numberFormat: () => formatOf("currentPriceEffectiveTime", "datetime", "2026-01-01T06:00:00") },
  formula: { color: teal },
};

/** Of a field of products whose values are like this one. */
function formatOf(name: string, type: ColumnType, value: TableValue): string | undefined {
  const table = { columns: [{ name, label: name, type }], rows: [[value]] };
  return looksOf("product", table, runtime.valueSettings.rangeForm())[0]?.numberFormat;
}

/**
 * Adds the sheet and activates it.
 * @returns its name
 * @throws OfficeExtension.Error when Excel refuses, for example if the workbook's structure is protected.
 */
export function insertExample(connection: string | undefined, name: string): Promise<string> {
  return Excel.run(runOptions, async (context) => {
    const sheet = (await addSheet(context, name)).load("name");
    for (const block of exampleSheet(connection)) fill(sheet, block);
    columnWidths.forEach((width, index) => {
      sheet.getCell(0, index).getEntireColumn().format.columnWidth = width;
    });
    sheet.getRange("A1").select();
    await context.sync();
    return sheet.name;
  });
}

function fill(sheet: Excel.Worksheet, { address, cells, look }: Block): void {
  const range = sheet.getRange(address);
  if (cells.length > 0) range.formulas = cells.map((row) => [...row]);
  const { size, bold, color, fill: background, isRight, numberFormat } = looks[look];
  const format = numberFormat?.();
  if (format !== undefined) range.numberFormat = cells.map((row) => row.map(() => format));
  if (size) range.format.font.size = size;
  if (bold) range.format.font.bold = bold;
  if (color) range.format.font.color = color;
  if (isRight) range.format.horizontalAlignment = "Right";
  if (background) range.format.fill.color = background;
}
