/**
 * The selected cell: its address, our formula in it, and whether there is room for something new. Followed only while
 * it is shown.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { runtime } from "../../addin.ts";
import { runOptions } from "../../runtime/workbook/run-options.ts";
import type { KeptTable } from "../../runtime/tables/kept-tables.ts";
import { gridAt, refuseOccupied } from "../../runtime/tables/room.ts";
import { sheetSize } from "../../../excel/limits.ts";
import { writingTexts } from "../texts/writing.ts";
import { findKalCalls } from "../builder/formula/kal-call.ts";

/** A cell that calls one of our functions. */
export interface CellFormula {
  readonly sheetId: string;
  /** As Excel writes it: `Sheet1!B3`. */
  readonly address: string;
  /** English, with commas, whatever Excel's language. */
  readonly formula: string;
}

/** Size of a result in cells. */
export interface Size {
  readonly rows: number;
  readonly columns: number;
}

export interface Selection {
  readonly sheetId: string;
  /** The active cell as Excel writes it: `Sheet1!B3`. */
  readonly address: string;
  /** What is in the way of new content at this cell: `Sheet1!B4 is not empty.` */
  readonly blocked: string | undefined;
  /** The cell's own formula, or that of the spilled table that contains the cell, if it calls our functions. */
  readonly formula: CellFormula | undefined;
  /** The table of ours that the cell is in. */
  readonly table: KeptTable | undefined;
  /** The number of rows below the headings of the table that the cell is in. */
  readonly tableRows: number | undefined;
}

/** @param size of the content that may be inserted */
export async function readSelection(size: Size): Promise<Selection> {
  const selection = await Excel.run(runOptions, async (context) => {
    const { cell, formula, inTable } = await readActive(context);
    const body = inTable?.getDataBodyRange().load("rowCount");
    if (body) await context.sync();
    const blocked = await blockedAt(cell, size);
    const { address, worksheet } = cell;
    return { sheetId: worksheet.id, address, blocked, formula, tableRows: body?.rowCount };
  });
  const isInTable = selection.tableRows !== undefined;
  return { ...selection, table: isInTable ? await readSelectedTable() : undefined };
}

/** The selected table if its query is saved in the workbook; undefined if not, or if the code cannot be loaded. */
export async function readSelectedTable(): Promise<KeptTable | undefined> {
  const [table] = await runtime
    .loadTables()
    .then(({ listTables }) => listTables("selection"))
    .catch(() => []);
  // The records behind a figure are no query that the builder could show.
  return table?.query.where ? undefined : table;
}

/**
 * The selected cell's formula, or that of the spilled table that contains it; undefined if neither calls our
 * functions.
 */
export function readSelectedFormula(): Promise<CellFormula | undefined> {
  return Excel.run(runOptions, async (context) => (await readActive(context)).formula);
}

async function readActive(context: Excel.RequestContext): Promise<{
  readonly cell: Excel.Range;
  readonly formula: CellFormula | undefined;
  readonly inTable: Excel.Table | undefined;
}> {
  const cell = context.workbook.getActiveCell();
  const parent = cell.getSpillParentOrNullObject();
  const tables = cell.getTables(false).load("items/id");
  cell.load("address,formulas,rowIndex,columnIndex");
  parent.load("address,formulas");
  cell.worksheet.load("id");
  await context.sync();
  const [inTable] = tables.items;
  for (const range of parent.isNullObject ? [cell] : [cell, parent]) {
    const formula: unknown = range.formulas[0]?.[0];
    if (typeof formula === "string" && findKalCalls(formula).length > 0) {
      return { cell, inTable, formula: { sheetId: cell.worksheet.id, address: range.address, formula } };
    }
  }
  return { cell, inTable, formula: undefined };
}

/**
 * What is in the way of new cells.
 * @param cell the first one, with its position loaded
 * @param own the size that an existing formula in the first cell already fills
 */
export async function blockedAt(
  cell: Excel.Range,
  { rows, columns }: Size,
  own: Size = { rows: 0, columns: 0 },
): Promise<string | undefined> {
  if (cell.rowIndex + rows > sheetSize.rows || cell.columnIndex + columns > sheetSize.columns) {
    return writingTexts.noCells;
  }
  const grid = gridAt(cell.worksheet, { row: cell.rowIndex, column: cell.columnIndex });
  const below = { row: grid.row + own.rows, column: grid.column, rows: rows - own.rows, columns };
  const beside = {
    row: grid.row,
    column: grid.column + own.columns,
    rows: Math.min(rows, own.rows),
    columns: columns - own.columns,
  };
  try {
    for (const area of [below, beside]) {
      if (area.rows > 0 && area.columns > 0) await refuseOccupied(grid, area, "");
    }
    return undefined;
  } catch (error) {
    if (error instanceof KalError) return error.message;
    throw error;
  }
}

export interface Following {
  /** Reads the selection again, because the content that may be inserted has another size. */
  readonly look: () => void;
  readonly end: () => void;
}

/**
 * Calls back with the selection, now and at every change, while an element of the pane is visible. A closed pane keeps
 * running in the shared runtime; then, or while another section is shown, nothing is requested from Excel.
 * @param sizeOf size of the content that may be inserted now
 */
export function followSelection(
  place: Element,
  sizeOf: () => Size,
  listener: (found: Selection | undefined) => void,
): Following {
  let isEnded = false;
  let isReading = false;
  let isStale = false;
  let registered: Promise<OfficeExtension.EventHandlerResult<unknown>> | undefined;

  /** One reading at a time; the last selection is always read. */
  async function read(): Promise<void> {
    isStale = true;
    if (isReading) return;
    isReading = true;
    while (isStale && !isEnded && registered) {
      isStale = false;
      // A chart may be selected or a dialog open: then there is no selected cell.
      const found = await readSelection(sizeOf()).catch(() => undefined);
      if (!isStale && !isEnded) listener(found);
    }
    isReading = false;
  }

  function start(): void {
    if (registered || isEnded) return;
    registered = Excel.run(async (context) => {
      const handler = context.workbook.onSelectionChanged.add(read);
      await context.sync();
      return handler;
    });
    registered.then(read, () => undefined);
  }

  function stop(): void {
    const handler = registered;
    registered = undefined;
    handler
      ?.then((eventHandlerResult) =>
        Excel.run(eventHandlerResult.context, async (context) => {
          eventHandlerResult.remove();
          await context.sync();
        }),
      )
      .catch(() => undefined);
  }

  let isPaneSeen = document.visibilityState === "visible";
  let isPlaceSeen = false;
  const follow = () => (isPaneSeen && isPlaceSeen ? start() : stop());

  const observer = new IntersectionObserver((entries) => {
    isPlaceSeen = entries.at(-1)?.isIntersecting ?? false;
    follow();
  });
  observer.observe(place);
  function followPage(): void {
    isPaneSeen = document.visibilityState === "visible";
    follow();
  }
  document.addEventListener("visibilitychange", followPage);
  // A web view may report itself as visible whatever Excel shows, so we also use Excel's own event.
  const removal = Office.addin
    ?.onVisibilityModeChanged?.(({ visibilityMode }) => {
      isPaneSeen = visibilityMode === Office.VisibilityMode.taskpane;
      follow();
    })
    .catch(() => undefined);
  return {
    look: () => void read(),
    end() {
      isEnded = true;
      observer.disconnect();
      document.removeEventListener("visibilitychange", followPage);
      void removal?.then((remove) => remove?.());
      stop();
    },
  };
}
