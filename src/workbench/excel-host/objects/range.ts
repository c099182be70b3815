/**
 * A range: reads and writes cells, and leads to other ranges.
 * @module
 */
import { addressOf, fullAddress } from "../../../excel/address.ts";
import { ApiError, type ApiObject, orNull } from "../api-object.ts";
import { boundingRect, cellsOf, intersection } from "../areas.ts";
import type { Area, CellContent, CellReading, SpreadsheetModel } from "../model.ts";
import { findArea } from "./find-area.ts";
import { createRangeFormat } from "./range-format.ts";
import type { WorkbookObjects } from "./workbook-objects.ts";

/** Excel's limit for reading. */
const maxCells = 5_000_000;

export function createRange(objects: WorkbookObjects, area: Area): ApiObject {
  const { model } = objects;
  const { sheetId } = area;
  const size = () => model.sizeOf(sheetId);
  const sheetName = () => model.sheets().find(({ id }) => id === sheetId)?.name ?? "";
  const each = (pick: (cell: CellReading) => unknown) => () => {
    if (area.rows * area.columns > maxCells) {
      throw new ApiError(
        "ResponsePayloadSizeLimitExceeded",
        `A range of over ${maxCells} cells is not read.`,
      );
    }
    return model.read(area).map((row) => row.map((cell) => pick(cell)));
  };
  const range = (change: Partial<Area>) => objects.range(insideSheet(model, { ...area, ...change }));
  const other = (reference: string | ApiObject) => findArea(model, reference, sheetId);
  const write = (given: CellContent | (CellContent | null)[][]) => {
    objects.refuseProtected(sheetId);
    model.write(area, checked(spread(given, area), area));
  };
  const setNumberFormat = (given: string | (string | null)[][]) => {
    objects.refuseProtected(sheetId);
    model.setNumberFormat(area, checked(spread(given, area), area));
  };

  return {
    type: "Range",
    area,
    movedTo: objects.range,
    isKept: true,
    properties: {
      Address: () => fullAddress(sheetName(), area, size()),
      AddressLocal: () => addressOf(area, size()),
      RowIndex: () => area.row,
      ColumnIndex: () => area.column,
      RowCount: () => area.rows,
      ColumnCount: () => area.columns,
      CellCount: () => area.rows * area.columns,
      IsEntireColumn: () => area.rows === size().rows,
      IsEntireRow: () => area.columns === size().columns,
      Values: each(({ value }) => value),
      Formulas: each(({ formula }) => formula),
      Text: each(({ text }) => text),
      NumberFormat: each(({ numberFormat }) => numberFormat),
      ValueTypes: each(valueType),
      HasSpill: () => hasSpill(model, area),
    },
    setters: { Values: write, Formulas: write, NumberFormat: setNumberFormat },
    objects: {
      Worksheet: () => objects.worksheet(sheetId),
      Format: () => createRangeFormat(model, area),
    },
    methods: {
      ...waysToOthers(area, range),
      ...orNull("GetIntersection", (reference: string | ApiObject) => {
        const shared = intersection(area, other(reference));
        return shared && objects.range(shared);
      }),
      GetBoundingRect: (reference: string | ApiObject) => objects.range(boundingRect(area, other(reference))),
      GetEntireRow: () => range({ column: 0, columns: size().columns }),
      GetEntireColumn: () => range({ row: 0, rows: size().rows }),
      ...orNull("GetUsedRange", () => {
        const used = model.usedArea(sheetId);
        const shared = used && intersection(area, used);
        return shared && objects.range(shared);
      }),
      ...orNull("GetSpillingToRange", () => {
        const spill = model.spillOf(sheetId, area.row, area.column);
        return spill && objects.range(spill);
      }),
      ...orNull("GetSpillParent", () => {
        const spill = model.spills(sheetId).find((spill) => intersection(spill, firstCell(area)));
        return spill && objects.range(firstCell(spill));
      }),
      ...orNull("GetSpecialCells", (kind: string, values?: string) =>
        objects.rangeAreas(objects.specialCells([area], kind, values)),
      ),
      GetTables: (fullyContained?: boolean) => objects.tablesIn([area], fullyContained ?? false),
      Select: () => {
        objects.refuseBehind();
        model.select(area);
      },
      Clear: (what?: string) => objects.clear([area], what),
      SetDirty: () => objects.markDirty([area]),
      Calculate: () => model.calculate([area]),
      // office.js calls this before it splits a large write, so that a write that does not fit writes nothing.
      _ValidateArraySize: (rows: number, columns: number) => {
        if (rows !== area.rows || columns !== area.columns) throw wrongShape();
      },
    },
  };
}

/** Ranges relative to this one. */
function waysToOthers({ row, column, rows, columns }: Area, range: (change: Partial<Area>) => ApiObject) {
  const last = { row: row + rows - 1, column: column + columns - 1 };
  return {
    GetCell: (down: number, right: number) =>
      range({ row: row + down, column: column + right, rows: 1, columns: 1 }),
    GetRow: (down: number) => range({ row: row + down, rows: 1 }),
    GetColumn: (right: number) => range({ column: column + right, columns: 1 }),
    GetLastCell: () => range({ ...last, rows: 1, columns: 1 }),
    GetLastRow: () => range({ row: last.row, rows: 1 }),
    GetLastColumn: () => range({ column: last.column, columns: 1 }),
    GetOffsetRange: (down: number, right: number) => range({ row: row + down, column: column + right }),
    GetResizedRange: (more: number, wider: number) => range({ rows: rows + more, columns: columns + wider }),
    GetAbsoluteResizedRange: (high: number, wide: number) => range({ rows: high, columns: wide }),
    GetRowsAbove: (count = 1) => range({ row: row - count, rows: count }),
    GetRowsBelow: (count = 1) => range({ row: row + rows, rows: count }),
    GetColumnsBefore: (count = 1) => range({ column: column - count, columns: count }),
    GetColumnsAfter: (count = 1) => range({ column: column + columns, columns: count }),
  };
}

function insideSheet(model: SpreadsheetModel, area: Area): Area {
  const size = model.sizeOf(area.sheetId);
  const inside =
    Math.min(area.row, area.column, area.rows - 1, area.columns - 1) >= 0 &&
    area.row + area.rows <= size.rows &&
    area.column + area.columns <= size.columns;
  if (!inside) throw new ApiError("InvalidArgument", "The range lies outside of the worksheet.");
  return area;
}

function firstCell(area: Area): Area {
  return { ...area, rows: 1, columns: 1 };
}

/** One value applies to all cells, as in Excel. */
function spread<Value>(given: Value | Value[][], { rows, columns }: Area): Value[][] {
  if (Array.isArray(given)) return given;
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => given));
}

/** Excel requires exactly the shape of the range. */
function checked<Value>(matrix: Value[][], { rows, columns }: Area): Value[][] {
  if (matrix.length !== rows || matrix.some((row) => row.length !== columns)) throw wrongShape();
  return matrix;
}

function wrongShape(): ApiError {
  return new ApiError(
    "InvalidArgument",
    "The number of rows or columns in the input array doesn't match the size of the range.",
  );
}

export function valueType({ value, formula }: CellReading): string {
  if (value === "" && formula === "") return "Empty";
  if (typeof value === "number") return "Double";
  if (typeof value === "boolean") return "Boolean";
  return isErrorText(value) ? "Error" : "String";
}

/** The texts of Excel's errors; a text such as `#12` is not one. */
function isErrorText(value: CellContent): boolean {
  return typeof value === "string" && /^#(?:[A-Z][A-Z/0_ ]*[!?]|N\/A|GETTING_DATA)$/.test(value);
}

/** Whether all cells are in spilled tables; null if only some are. */
function hasSpill(model: SpreadsheetModel, area: Area): boolean | null {
  const spills = model.spills(area.sheetId);
  let within = 0;
  for (const cell of cellsOf(area)) if (spills.some((spill) => intersection(spill, cell))) within++;
  return within === 0 ? false : within === area.rows * area.columns ? true : null;
}
