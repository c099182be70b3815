/**
 * The objects behind `Excel.run`: workbook, worksheets, ranges, tables, as far as they are emulated.
 *
 * Names are those on the wire. What is not here fails with its name.
 * @module
 */
import { addressOf, fullAddress, parseAddress } from "./address.ts";
import type { Area, CellContent, CellReading, SpreadsheetModel } from "./model.ts";

/** An object as the protocol sees it. */
export interface ApiObject {
  readonly properties?: Readonly<Record<string, () => unknown>>;
  readonly setters?: Readonly<Record<string, (value: never) => void>>;
  /** What they return may be an object again. */
  readonly methods?: Readonly<Record<string, (...values: never[]) => unknown>>;
  /** The objects of a collection. */
  readonly items?: () => readonly ApiObject[];
  /** Whether the add-in holds it from one sync to the next: then it stays the same though the selection moves. */
  readonly isKept?: boolean;
  /** What `…OrNullObject` gives where there is nothing. */
  readonly isNull?: boolean;
}

const nullObject: ApiObject = { isNull: true };

export function createWorkbookObject(model: SpreadsheetModel): ApiObject {
  const range = (area: Area): ApiObject => createRange(model, area, range);
  const sheets = () => model.sheets().map(({ id }) => worksheet(id));

  function worksheet(id: string): ApiObject {
    const name = () => model.sheets().find((sheet) => sheet.id === id)?.name ?? "";
    return {
      isKept: true,
      properties: { Id: () => id, Name: name },
      methods: {
        Activate: () => model.activateSheet(id),
        GetRange: (address: string) => range({ sheetId: id, ...parseAddress(address) }),
        GetCell: (row: number, column: number) => range({ sheetId: id, row, column, rows: 1, columns: 1 }),
      },
    };
  }

  function findSheet(key: string): ApiObject | undefined {
    const same = (text: string) => text.toLowerCase() === key.toLowerCase();
    const found = model.sheets().find(({ id, name }) => id === key || same(name));
    return found && worksheet(found.id);
  }

  const worksheets: ApiObject = {
    items: sheets,
    methods: {
      GetActiveWorksheet: () => worksheet(model.activeSheetId()),
      GetItem: (key: string) => {
        const found = findSheet(key);
        if (!found) throw new Error(`There is no worksheet ${key}.`);
        return found;
      },
      GetItemOrNullObject: (key: string) => findSheet(key) ?? nullObject,
    },
  };

  return {
    properties: { Worksheets: () => worksheets },
    methods: {
      GetActiveCell: () => range({ ...model.selection(), rows: 1, columns: 1 }),
      GetSelectedRange: () => range(model.selection()),
    },
  };
}

function createRange(model: SpreadsheetModel, area: Area, range: (area: Area) => ApiObject): ApiObject {
  const sheetName = () => model.sheets().find(({ id }) => id === area.sheetId)?.name ?? "";
  const each = (pick: (cell: CellReading) => unknown) => () =>
    model.read(area).map((row) => row.map((cell) => pick(cell)));
  // One value stands for all cells, as in Excel.
  const spread = <Value>(given: Value | Value[][]): Value[][] =>
    Array.isArray(given)
      ? given
      : Array.from({ length: area.rows }, () => Array.from({ length: area.columns }, () => given));
  const write = (given: CellContent | (CellContent | null)[][]) =>
    model.write(area, checked(spread(given), area));

  return {
    isKept: true,
    properties: {
      Address: () => fullAddress(sheetName(), area),
      AddressLocal: () => addressOf(area),
      RowIndex: () => area.row,
      ColumnIndex: () => area.column,
      RowCount: () => area.rows,
      ColumnCount: () => area.columns,
      CellCount: () => area.rows * area.columns,
      Values: each(({ value }) => value),
      Formulas: each(({ formula }) => formula),
      Text: each(({ text }) => text),
      NumberFormat: each(({ numberFormat }) => numberFormat),
      ValueTypes: each(valueType),
    },
    setters: {
      Values: write,
      Formulas: write,
      NumberFormat: (formats: string | (string | null)[][]) =>
        model.setNumberFormat(area, checked(spread(formats), area)),
    },
    methods: {
      GetTables: () => ({
        items: () => model.tablesIn(area).map((name) => ({ properties: { Name: () => name } })),
      }),
      GetCell: (row: number, column: number) =>
        range({ ...area, row: area.row + row, column: area.column + column, rows: 1, columns: 1 }),
      GetOffsetRange: (rows: number, columns: number) =>
        range({ ...area, row: area.row + rows, column: area.column + columns }),
      GetResizedRange: (rows: number, columns: number) =>
        range({ ...area, rows: area.rows + rows, columns: area.columns + columns }),
      GetSpillingToRangeOrNullObject: () => {
        const spill = model.spillOf(area.sheetId, area.row, area.column);
        return spill ? range(spill) : nullObject;
      },
      Select: () => model.select(area),
      Clear: () => write(""),
      SetDirty: () => model.calculate([area]),
      Calculate: () => model.calculate([area]),
    },
  };
}

/** Excel takes exactly the shape of the range. */
function checked<Value>(matrix: Value[][], { rows, columns }: Area): Value[][] {
  if (matrix.length === rows && matrix.every((row) => row.length === columns)) return matrix;
  throw new Error("The number of rows or columns in the input array doesn't match the size of the range.");
}

function valueType({ value, formula }: CellReading): string {
  if (value === "" && formula === "") return "Empty";
  if (typeof value === "number") return "Double";
  if (typeof value === "boolean") return "Boolean";
  return value.startsWith("#") ? "Error" : "String";
}
