/**
 * The workbook that opens first: what the functions do, in a form that invites to change it.
 * @module
 */
import {
  BooleanNumber,
  HorizontalAlign,
  type ICellData,
  type IStyleData,
  type IWorkbookData,
} from "@univerjs/core";

const styles: Record<string, IStyleData> = {
  title: { fs: 20, bl: BooleanNumber.TRUE, cl: { rgb: "#00788b" } },
  hint: { cl: { rgb: "#616161" } },
  heading: { fs: 13, bl: BooleanNumber.TRUE, cl: { rgb: "#145b69" } },
  header: { bl: BooleanNumber.TRUE, bg: { rgb: "#ebf4f6" }, bd: { b: { s: 1, cl: { rgb: "#00788b" } } } },
  input: { bg: { rgb: "#fff4ce" }, ht: HorizontalAlign.CENTER, bl: BooleanNumber.TRUE },
  quiet: { cl: { rgb: "#616161" }, ht: HorizontalAlign.RIGHT },
  price: { n: { pattern: "0.000" } },
};

/** Where something stands; rows and columns count from 0. */
type Placed = readonly [row: number, column: number, cell: ICellData];

/** Rows down to which a spilled table's column is formatted. */
const longestTable = 60;

const formatted = (row: number, column: number, style: string): Placed[] =>
  Array.from({ length: longestTable }, (_, index) => [row + index, column, { s: style }]);

const headings = (row: number, column: number, texts: readonly string[]): Placed[] =>
  texts.map((v, index) => [row, column + index, { v, s: "header" }]);

const cells: readonly Placed[] = [
  [0, 1, { v: "Kalibrate data, by formula", s: "title" }],
  [
    1,
    1,
    {
      v: "Sample data of an invented retailer. Select a cell to see its formula, change it and watch.",
      s: "hint",
    },
  ],

  [3, 1, { v: "Prices", s: "heading" }],
  [3, 3, { v: "rows", s: "quiet" }],
  [3, 4, { v: 12, s: "input" }],
  ...headings(4, 1, ["Site", "Product", "Price", "Since"]),
  ...formatted(5, 3, "price"),
  [
    5,
    1,
    {
      f: '=KAL.QUERY("product","(entityVariant=Own)","site.name, product.name, currentPrice, currentPriceEffectiveTime",0,E4)',
    },
  ],

  [3, 6, { v: "Sites", s: "heading" }],
  ...headings(4, 6, ["Code", "Name", "Postcode"]),
  [5, 6, { f: '=KAL.QUERY("site","(entityVariant=Own)","importCode, name, postCode",0)' }],

  [3, 10, { v: "Connection", s: "heading" }],
  ...headings(4, 10, ["Property", "Value"]),
  [5, 10, { f: "=KAL.STATUS()" }],
];

/** In pixels, from column A on. */
const widths = [24, 240, 140, 72, 150, 24, 72, 230, 90, 32, 130, 280];

export function createSampleWorkbook(): Partial<IWorkbookData> {
  const cellData: Record<number, Record<number, ICellData>> = {};
  for (const [row, column, cell] of cells) (cellData[row] ??= {})[column] = cell;
  const sheet = {
    id: "prices",
    name: "Prices",
    rowCount: 1000,
    columnCount: 40,
    showGridlines: BooleanNumber.FALSE,
    rowData: { 0: { h: 40 } },
    columnData: Object.fromEntries(widths.map((w, column) => [column, { w }])),
    cellData,
  };
  const blank = { id: "sheet", name: "Sheet1", rowCount: 1000, columnCount: 40 };
  return {
    id: "book",
    name: "Sample prices",
    styles,
    sheetOrder: [sheet.id, blank.id],
    sheets: { [sheet.id]: sheet, [blank.id]: blank },
  };
}
