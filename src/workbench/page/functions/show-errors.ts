/**
 * Shows the text of an error while the mouse is over its cell.
 * @module
 */
import { CellAlertManagerService, CellAlertType, HoverManagerService } from "@univerjs/sheets-ui";
import type { Grid } from "../grid/grid.ts";
import type { Answers } from "./answers.ts";

/** Replaces the grid's own error notice, which has the same key. */
const alertKey = "SHEET_FORMULA_ALERT";

/** Milliseconds: the grid shows its own after 100. */
const delay = 150;

export function showErrors({ injector, api }: Grid, answers: Answers): void {
  const alerts = injector.get(CellAlertManagerService);
  let timer: number | undefined;
  injector.get(HoverManagerService).currentCell$.subscribe((hovered) => {
    clearTimeout(timer);
    if (!hovered) return;
    timer = window.setTimeout(() => {
      const { unitId, subUnitId, row, col } = hovered.location;
      const sheet = api.getActiveWorkbook()?.getSheetBySheetId(subUnitId);
      const shown = sheet?.getSheet().getCell(row, col)?.v;
      const message = answers.errorTextAt({ sheetId: subUnitId, row, column: col }, shown);
      if (message === undefined) return;
      alerts.showAlert({
        type: CellAlertType.ERROR,
        title: String(shown),
        message,
        location: { unitId, subUnitId, row, col },
        width: 300,
        height: 140,
        key: alertKey,
      });
    }, delay);
  });
}
