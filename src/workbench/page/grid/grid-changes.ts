/**
 * Reports events of the grid to the emulated Excel.
 * @module
 */
import { ICommandService } from "@univerjs/core";
import {
  type ISetRangeValuesMutationParams,
  SetRangeValuesMutation,
  SetSelectionsOperation,
  SetWorksheetActiveOperation,
} from "@univerjs/sheets";
import { boundingArea } from "../../excel-host/areas.ts";
import type { Area, SpreadsheetModel } from "../../excel-host/model.ts";
import { changedCells } from "../functions/calculation.ts";
import type { Grid } from "./grid.ts";

export type GridChanges = Pick<SpreadsheetModel, "onSelectionChanged" | "onContentChanged">;

export function followChanges({ injector }: Grid, selection: () => Area): GridChanges {
  const selectionListeners = new Set<(area: Area) => void>();
  const contentListeners = new Set<(area: Area) => void>();
  let selected = "";

  injector.get(ICommandService).onCommandExecuted(({ id, params }, options) => {
    // The grid's own SelectionChanged misses moves, because it compares a selection with itself.
    if (id === SetSelectionsOperation.id || id === SetWorksheetActiveOperation.id) {
      const area = selection();
      const key = JSON.stringify(area);
      if (key === selected) return;
      selected = key;
      for (const listener of selectionListeners) listener(area);
    }
    // Results of formulas arrive through the same command.
    if (id === SetRangeValuesMutation.id && !options?.["fromFormula"]) {
      const places = changedCells(params as ISetRangeValuesMutationParams);
      const area = boundingArea(places.map((place) => ({ ...place, rows: 1, columns: 1 })));
      if (area) for (const listener of contentListeners) listener(area);
    }
  });

  return {
    onSelectionChanged: (listener) => listenTo(selectionListeners, listener),
    onContentChanged: (listener) => listenTo(contentListeners, listener),
  };
}

function listenTo<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
