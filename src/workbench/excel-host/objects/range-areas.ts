/**
 * Several ranges of a sheet as one object, and the search for special cells, which returns such an object.
 * @module
 */
import { addressOf, fullAddress } from "../../../excel/address.ts";
import { ApiError, type ApiObject, orNull } from "../api-object.ts";
import { areasWhere, intersection } from "../areas.ts";
import type { Area, CellReading, SpreadsheetModel } from "../model.ts";
import { findArea } from "./find-area.ts";
import { valueType } from "./range.ts";
import type { WorkbookObjects } from "./workbook-objects.ts";

/** Excel's limit for the length of an address. */
const maxAddressChars = 8192;

/** @param areas of one sheet, at least one; undefined returns a null object */
export function createRangeAreas(objects: WorkbookObjects, areas: readonly Area[]): ApiObject | undefined {
  const [first] = areas;
  if (!first) return undefined;
  const { model } = objects;
  const { sheetId } = first;
  const size = model.sizeOf(sheetId);
  const sheetName = () => model.sheets().find(({ id }) => id === sheetId)?.name ?? "";
  const others = (change: (area: Area) => Area | undefined) =>
    createRangeAreas(
      objects,
      areas.flatMap((area) => change(area) ?? []),
    );
  return {
    type: "RangeAreas",
    isKept: true,
    properties: {
      Address: () => {
        const address = areas.map((area) => fullAddress(sheetName(), area, size)).join(",");
        return objects.behaviours.longAddresses === "cut" ? address.slice(0, maxAddressChars) : address;
      },
      AddressLocal: () => areas.map((area) => addressOf(area, size)).join(","),
      AreaCount: () => areas.length,
      CellCount: () => areas.reduce((count, { rows, columns }) => count + rows * columns, 0),
    },
    objects: {
      Areas: () => ({ type: "RangeCollection", items: () => areas.map(objects.range) }),
      Worksheet: () => objects.worksheet(sheetId),
    },
    methods: {
      ...orNull("GetIntersection", (reference: string | ApiObject) => {
        const other = findArea(model, reference, sheetId);
        return others((area) => intersection(area, other));
      }),
      ...orNull("GetSpecialCells", (kind: string, values?: string) =>
        createRangeAreas(objects, objects.specialCells(areas, kind, values)),
      ),
      ...orNull("GetUsedRangeAreas", () => {
        const used = model.usedArea(sheetId);
        return used && others((area) => intersection(area, used));
      }),
      GetTables: (fullyContained?: boolean) => objects.tablesIn(areas, fullyContained ?? false),
      Clear: (what?: string) => objects.clear(areas, what),
      // The grid can select one area only; Excel selects them all.
      Select: () => areas[0] && model.select(areas[0]),
      SetDirty: () => objects.markDirty(areas),
      Calculate: () => model.calculate(areas),
    },
  };
}

const isFormula = ({ formula }: CellReading) => typeof formula === "string" && formula.startsWith("=");

/** `Excel.SpecialCellType`; spilled values are neither formulas nor constants. */
const kinds: Readonly<Record<string, (cell: CellReading) => boolean>> = {
  Formulas: isFormula,
  Constants: (cell) => !isFormula(cell) && cell.formula !== "",
  Blanks: ({ value, formula }) => value === "" && formula === "",
};

/** `Excel.SpecialCellValueType`, whose values may combine kinds: `ErrorsNumbers` is both. */
const valueKinds: Readonly<Record<string, string>> = {
  Errors: "Error",
  Logical: "Boolean",
  Numbers: "Double",
  Text: "String",
};

/** The cells of a kind within areas of one sheet; searches only its used range. */
export function findSpecialCells(
  model: SpreadsheetModel,
  areas: readonly Area[],
  kind: string,
  values = "All",
): Area[] {
  const isKind = kinds[kind];
  if (!isKind) throw new ApiError("InvalidArgument", `Cells of the kind ${kind} are not emulated.`);
  const types = Object.keys(valueKinds).filter((word) => values.includes(word));
  const isValue = (cell: CellReading) =>
    values === "All" || types.some((word) => valueKinds[word] === valueType(cell));
  return areas.flatMap((area) => {
    const used = model.usedArea(area.sheetId);
    const part = used && intersection(area, used);
    return part ? areasWhere(part, model.read(part), (cell) => isKind(cell) && isValue(cell)) : [];
  });
}
