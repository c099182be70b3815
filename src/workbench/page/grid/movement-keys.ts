/**
 * Excel's keys for moving between cells that the grid does not have: Home, Ctrl+Home, Ctrl+End, Page Up, Page Down.
 * @module
 */
import { CommandType, ICommandService } from "@univerjs/core";
import { ScrollToRangeOperation, whenSheetEditorFocused } from "@univerjs/sheets-ui";
import { IShortcutService, MetaKeys } from "@univerjs/ui";
import type { SpreadsheetModel } from "../../excel-host/model.ts";
import { toRange } from "./grid-area.ts";
import type { Grid } from "./grid.ts";
import { sheetOf } from "./open-workbook.ts";

interface Cell {
  readonly row: number;
  readonly column: number;
}

/** By key code, which the grid has no names for. @param page the rows in view */
const moves: readonly (readonly [number, (from: Cell, last: Cell, page: number) => Cell])[] = [
  [36, ({ row }) => ({ row, column: 0 })],
  [36 | MetaKeys.CTRL_COMMAND, () => ({ row: 0, column: 0 })],
  [35 | MetaKeys.CTRL_COMMAND, (_, last) => last],
  [33, ({ row, column }, _, page) => ({ row: Math.max(0, row - page), column })],
  [34, ({ row, column }, _, page) => ({ row: row + page, column })],
];

export function followMovementKeys(grid: Grid, spreadsheet: SpreadsheetModel): void {
  const commands = grid.injector.get(ICommandService);
  const shortcuts = grid.injector.get(IShortcutService);
  for (const [binding, move] of moves) {
    const id = `kal.move-${binding}`;
    commands.registerCommand({
      id,
      type: CommandType.OPERATION,
      handler() {
        const { sheetId, row, column } = spreadsheet.selection();
        const used = spreadsheet.usedArea(sheetId);
        const last = used
          ? { row: used.row + used.rows - 1, column: used.column + used.columns - 1 }
          : { row: 0, column: 0 };
        const sheet = sheetOf(grid, sheetId);
        const view = sheet.getVisibleRange();
        const page = view ? Math.max(1, view.endRow - view.startRow) : 1;
        const cell = move({ row, column }, last, page);
        const area = {
          ...cell,
          row: Math.min(cell.row, sheet.getMaxRows() - 1),
          sheetId,
          rows: 1,
          columns: 1,
        };
        spreadsheet.select(area);
        return commands.syncExecuteCommand(ScrollToRangeOperation.id, { range: toRange(area) });
      },
    });
    shortcuts.registerShortcut({ id, binding, preconditions: whenSheetEditorFocused });
  }
}
