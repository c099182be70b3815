/**
 * The format of a range: write-only, because add-ins only set it after filling cells.
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

function alignment(name: string): NonNullable<CellLook["align"]> {
  const known = ({ Left: "left", Center: "center", Right: "right" } as const)[name];
  if (!known) throw new ApiError("InvalidArgument", `The alignment ${name} is not emulated.`);
  return known;
}
