/**
 * How values are written into ranges.
 * @module
 */
import type { CellForm } from "../cells.ts";
import { cellForm, valueSettings } from "../workbook/value-settings.ts";

/** As the workbook wants them. A range shows dates in every Excel, older ones too: it has formats of its own. */
export function rangeForm(): CellForm {
  return { ...cellForm(), dates: valueSettings().dates === "serial" ? "serial" : "double" };
}
