/**
 * The format of a range: only the width of columns can be read, because add-ins mostly set it after filling cells.
 * @module
 */
import { ApiError, type ApiObject } from "../api-object.ts";
import type { Area, CellLook, SpreadsheetModel } from "../model.ts";

/** Pixels per point. */
const pixelsPerPoint = 4 / 3;

export function createRangeFormat(model: SpreadsheetModel, area: Area): ApiObject {
  const set = (look: CellLook) => model.setLook(area, look);
  return {
    type: "RangeFormat",
    properties: { ColumnWidth: () => columnWidth(model, area) },
    setters: {
      HorizontalAlignment: (align: string) => set({ align: alignment(align) }),
      WrapText: (wrap: boolean) => set({ wrap }),
      ColumnWidth: (points: number) => model.setColumnWidth(area, points * pixelsPerPoint),
    },
    objects: {
      Font: () => ({
        type: "RangeFont",
        setters: {
          Bold: (bold: boolean) => set({ bold }),
          Italic: (italic: boolean) => set({ italic }),
          Color: (fontColor: string) => set({ fontColor }),
          Size: (fontSize: number) => set({ fontSize }),
        },
      }),
      Fill: () => ({ type: "RangeFill", setters: { Color: (fill: string) => set({ fill }) } }),
    },
    methods: { AutofitColumns: () => model.setColumnWidth(area) },
  };
}

/** The width of all columns in points; null if they differ. */
function columnWidth(model: SpreadsheetModel, { sheetId, column, columns }: Area): number | null {
  const [first, ...others] = Array.from({ length: columns }, (_, at) =>
    model.columnWidth(sheetId, column + at),
  );
  return first === undefined || others.some((other) => other !== first) ? null : first / pixelsPerPoint;
}

function alignment(name: string): NonNullable<CellLook["align"]> {
  const known = ({ General: "general", Left: "left", Center: "center", Right: "right" } as const)[name];
  if (!known) throw new ApiError("InvalidArgument", `The alignment ${name} is not emulated.`);
  return known;
}
