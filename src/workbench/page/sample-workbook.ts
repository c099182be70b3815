/**
 * The first workbook: a price board made of lookups, beside the average of the whole network.
 *
 * Univer offers charts only in its paid packages, so the bars are text made with REPT, a common practice in Excel.
 * @module
 */
import type {
  BooleanNumber,
  HorizontalAlign,
  ICellData,
  IRange,
  IStyleData,
  IWorkbookData,
  IWorksheetData,
  VerticalAlign,
  WrapStrategy,
} from "@univerjs/core";
import { sheetSize } from "./workbooks/kept-workbook.ts";

// The values of the grid's enumerations, so that the first script need not load the grid.
const yes: BooleanNumber.TRUE = 1;
const no: BooleanNumber.FALSE = 0;
const centre: HorizontalAlign.CENTER = 2;
const right: HorizontalAlign.RIGHT = 3;
const middle: VerticalAlign.MIDDLE = 2;
const wrap: WrapStrategy.WRAP = 3;

const teal = "#00788b";
const quiet = { rgb: "#616161" };
const line = { b: { s: 1, cl: { rgb: "#c9d4d7" } } };
const header = {
  bl: yes,
  fs: 10,
  vt: middle,
  bg: { rgb: "#ebf4f6" },
  bd: { b: { s: 1, cl: { rgb: teal } } },
};
const body = { fs: 10, vt: middle, bd: line };
const figure = { fs: 13, bl: yes, vt: middle };

const styles: Record<string, IStyleData> = {
  title: { fs: 20, bl: yes, cl: { rgb: teal }, vt: middle },
  hint: { cl: quiet },
  label: { fs: 10, cl: quiet },
  figure,
  count: { ...figure, ht: 1 },
  moment: { ...figure, ht: 1, n: { pattern: "d mmm hh:mm" } },
  average: { ...figure, ht: 1, n: { pattern: "£0.000" } },
  input: { ...figure, bg: { rgb: "#ffe08a" }, ht: centre },
  header,
  headerCentre: { ...header, ht: centre, tb: wrap },
  headerRight: { ...header, ht: right },
  cell: { ...body },
  price: { ...body, ht: centre, n: { pattern: "£0.000" } },
  changed: { ...body, ht: centre, n: { pattern: "d mmm hh:mm" } },
  difference: { ...body, n: { pattern: "+0.0;-0.0;0.0" } },
  cheaper: { ...body, ht: right, cl: { rgb: "#2492a7" } },
  dearer: { ...body, cl: { rgb: "#d1622b" } },
  formula: { ff: "Consolas, monospace", cl: { rgb: "#145b69" } },
};

/** A cell with its position; rows and columns count from 0. */
type Placed = readonly [row: number, column: number, cell: ICellData];

const sites = 12;
const grades = ["Unleaded", "Super Unleaded", "Diesel", "Premium Diesel"];
/** First and last row of the board, as numbered in Excel. */
const first = 8;
const last = first + sites - 1;
const chosenGrade = "$I$5";
const average = "$G$5";

/** A figure of the chosen grade over the whole network, from the separate sheet. */
const ofNetwork = (column: string) =>
  `=IFERROR(INDEX(Data!$${column}$5:$${column}$99,MATCH(${chosenGrade},Data!$A$5:$A$99,0)),"")`;
/** A site that does not sell a grade has no price, so #N/A is not an error there. */
const lookUp = (field: string, site: string, grade: string) =>
  `=IFNA(KAL.LOOKUP("product","(entityVariant=Own)","${field}","site.importCode, product.name",${site},${grade}),"")`;

/**
 * Three blocks for two pence. Outliers, such as motorway sites, are cut off; otherwise the other bars would be too
 * short to see.
 */
const maxBarChars = 5;
const bar = (row: number, sign: "<" | ">") => {
  const blocks = `ROUND(1.5*ABS($J${row}),0)`;
  const shown = `REPT("█",MIN(${maxBarChars},${blocks}))`;
  const cut = sign === "<" ? `"◂"&${shown}` : `${shown}&"▸"`;
  return `=IF(N($J${row})${sign}0,IF(${blocks}>${maxBarChars},${cut},${shown}),"")`;
};

function boardRow(row: number): Placed[] {
  const formulas: readonly (readonly [style: string, formula?: string])[] = [
    ["cell"],
    ["cell"],
    ["cell"],
    ...["E", "F", "G", "H"].map(
      (column) => ["price", lookUp("currentPrice", `$B${row}`, `${column}$7`)] as const,
    ),
    ["changed", lookUp("currentPriceEffectiveTime", `$B${row}`, chosenGrade)],
    [
      "difference",
      `=IFERROR(ROUND(100*(INDEX($E${row}:$H${row},MATCH(${chosenGrade},$E$7:$H$7,0))-${average}),1),"")`,
    ],
    ["cheaper", bar(row, "<")],
    ["dearer", bar(row, ">")],
  ];
  return formulas.map(([s, f], index) => [row - 1, index + 1, f ? { s, f } : { s }]);
}

const board: readonly Placed[] = [
  [0, 1, { v: "Price board", s: "title" }],
  [1, 1, { v: "Sample data of an invented retailer. Select a price to see how it is fetched.", s: "hint" }],

  [3, 1, { v: "Connection", s: "label" }],
  [4, 1, { f: '=KAL.STATUS("connection")', s: "figure" }],
  [3, 3, { v: "Sites", s: "label" }],
  [4, 3, { f: ofNetwork("B"), s: "count" }],
  [3, 4, { v: "Newest price", s: "label" }],
  [4, 4, { f: ofNetwork("D"), s: "moment" }],
  [3, 6, { f: `=${chosenGrade}&", average"`, s: "label" }],
  [4, 6, { f: ofNetwork("C"), s: "average" }],
  [3, 8, { v: "Compare (change me)", s: "label" }],
  [4, 8, { v: "Diesel", s: "input" }],

  ...["Code", "Site", "Brand"].map((v, index): Placed => [6, index + 1, { v, s: "header" }]),
  ...grades.map((v, index): Placed => [6, index + 4, { v, s: "headerCentre" }]),
  [6, 8, { f: `=${chosenGrade}&" since"`, s: "headerCentre" }],
  [6, 9, { f: `=${chosenGrade}&" vs average, pence"`, s: "headerCentre" }],
  [6, 10, { s: "headerCentre" }],
  [6, 11, { s: "headerCentre" }],
  ...Array.from({ length: sites }, (_, index) => boardRow(first + index)).flat(),
  [
    first - 1,
    1,
    { f: `=KAL.QUERY("site","(entityVariant=Own)","importCode, name, brand.name",0,${sites})`, s: "cell" },
  ],

  [last + 1, 1, { v: "Now you: type a formula into any empty cell, for example", s: "hint" }],
  [
    last + 2,
    1,
    { v: '=KAL.QUERY("site","(entityVariant=Own)","importCode, name, postCode")', t: 1, s: "formula" },
  ],
];

/** The board's grade and its first site, as the separate sheet refers to them. */
const grade = `'Price board'!${chosenGrade}`;
const site = `'Price board'!$B$${first}`;
const dayRows = 8;

/** Headings of numbers stand above their figures. */
function headings(column: number, texts: readonly string[], numbers: readonly string[]): Placed[] {
  const all = [...texts.map((v) => ({ v, s: "header" })), ...numbers.map((v) => ({ v, s: "headerRight" }))];
  return all.map((cell, at) => [3, column + at, cell]);
}

/** Each block is one formula, in its fifth row. */
const data: readonly Placed[] = [
  [0, 0, { v: "Figures of the whole network", s: "title" }],
  [1, 0, { v: "Prices in force, grouped by the service: one formula for each block.", s: "hint" }],
  [2, 0, { v: "Now, by product", s: "label" }],
  ...headings(0, ["Product"], ["Sites", "Average", "Newest"]),
  [
    4,
    0,
    {
      f: '=KAL.SUMMARY("product","(entityVariant=Own)","product.name","count(currentPrice), avg(currentPrice), max(currentPriceEffectiveTime)",0)',
    },
  ],
  [2, 5, { f: `="The last days, "&${grade}`, s: "label" }],
  ...headings(5, ["Day"], ["Average over time", "First site, 8:00"]),
  [
    4,
    5,
    {
      f: `=KAL.SUMMARY("price","(entityVariant=Own)+(effectiveTime>=today-${dayRows - 1})+(product.product.name="&${grade}&")","day(effectiveTime)","timeavg(price)",0)`,
    },
  ],
  ...Array.from({ length: dayRows }, (_, at): Placed => {
    const day = `$F${at + 5}`;
    const asOf = `KAL.ASOF("price","(entityVariant=Own)","price","site.importCode, product.product.name",${day}+8/24,${site},${grade})`;
    return [at + 4, 7, { f: `=IF(N(${day})=0,"",IFNA(${asOf},""))` }];
  }),
  [2, 9, { f: `="The market of site "&${site}&", "&${grade}`, s: "label" }],
  [4, 9, { f: `=KAL.MARKET(${site},${grade},,2)` }],
];

const span = (row: number, from: number, to: number): IRange => ({
  startRow: row,
  endRow: row,
  startColumn: from,
  endColumn: to,
});

const sheets: readonly (Partial<IWorksheetData> & { readonly id: string })[] = [
  {
    id: "board",
    name: "Price board",
    showGridlines: no,
    rowData: { 0: { h: 40 }, 4: { h: 28 }, 6: { h: 40 } },
    columnData: columns([16, 52, 200, 128, 84, 84, 84, 84, 106, 52, 64, 64]),
    mergeData: [span(4, 1, 2), span(4, 4, 5), span(4, 6, 7), span(6, 9, 11)],
    cellData: place(board),
  },
  {
    id: "data",
    name: "Data",
    rowData: { 0: { h: 40 } },
    columnData: columns([160, 60, 80, 150, 24, 90, 120, 110, 24, 70, 90, 110, 80, 220, 110]),
    cellData: place(data),
  },
  { id: "blank", name: "Sheet1" },
];

/** @param widths in pixels, starting with column A */
function columns(widths: readonly number[]): IWorksheetData["columnData"] {
  return Object.fromEntries(widths.map((w, column) => [column, { w }]));
}

/** A later cell replaces an earlier one at the same position. */
function place(cells: readonly Placed[]): IWorksheetData["cellData"] {
  const rows: Record<number, Record<number, ICellData>> = {};
  for (const [row, column, cell] of cells) (rows[row] ??= {})[column] = cell;
  return rows;
}

export function createSampleContent(): Partial<IWorkbookData> {
  return {
    styles,
    sheetOrder: sheets.map(({ id }) => id),
    sheets: Object.fromEntries(sheets.map((sheet) => [sheet.id, { ...sheetSize, ...sheet }])),
  };
}
