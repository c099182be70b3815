/**
 * The selected cell: where it is, the formula of ours in it, and whether something new has room there. Followed while
 * what shows it is seen.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { runOptions } from "../../runtime/workbook/kal-cells.ts";
import { gridAt, refuseOccupied } from "../../runtime/tables/room.ts";
import { sheetSize } from "../../../excel/limits.ts";
import { writingTexts } from "../texts/writing.ts";
import { findKalCalls } from "../builder/formula/query-call.ts";

/** A cell that calls one of our functions. */
export interface CellFormula {
  readonly sheetId: string;
  /** As Excel writes it: `Sheet1!B3`. */
  readonly address: string;
  /** In English, with commas, whatever the language of Excel. */
  readonly formula: string;
}

/** How many cells something needs. */
export interface Size {
  readonly rows: number;
  readonly columns: number;
}

export interface Selection {
  readonly sheetId: string;
  /** The active cell as Excel writes it: `Sheet1!B3`. */
  readonly address: string;
  /** What is in the way of something new at this cell: `Sheet1!B4 is not empty.` */
  readonly blocked: string | undefined;
  /** The cell's formula, or that of the table that it lies in, where it is one of ours. */
  readonly formula: CellFormula | undefined;
}

/** @param size of what may be inserted there */
export function readSelection(size: Size): Promise<Selection> {
  return Excel.run(runOptions, async (context) => {
    const { cell, formula } = await readActive(context);
    const blocked = await blockedAt(cell, size);
    return { sheetId: cell.worksheet.id, address: cell.address, blocked, formula };
  });
}

/** The selected cell's formula, or that of the table that the cell lies in; undefined where none of them is ours. */
export function readSelectedFormula(): Promise<CellFormula | undefined> {
  return Excel.run(runOptions, async (context) => (await readActive(context)).formula);
}

async function readActive(
  context: Excel.RequestContext,
): Promise<{ readonly cell: Excel.Range; readonly formula: CellFormula | undefined }> {
  const cell = context.workbook.getActiveCell();
  const parent = cell.getSpillParentOrNullObject();
  cell.load("address,formulas,rowIndex,columnIndex");
  parent.load("address,formulas");
  cell.worksheet.load("id");
  await context.sync();
  for (const range of parent.isNullObject ? [cell] : [cell, parent]) {
    const formula: unknown = range.formulas[0]?.[0];
    if (typeof formula === "string" && findKalCalls(formula).length > 0) {
      return { cell, formula: { sheetId: cell.worksheet.id, address: range.address, formula } };
    }
  }
  return { cell, formula: undefined };
}

/**
 * What is in the way of new cells.
 * @param cell its first one, with its place loaded
 * @param own how many of them a formula in the first one fills already
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
  /** Reads it again: what may be inserted has another size. */
  readonly look: () => void;
  readonly end: () => void;
}

/**
 * Calls back with the selection, now and at every change, while a place of the pane is seen: a closed pane keeps running
 * in the shared runtime, and nothing is asked of Excel then, nor while another section is shown.
 * @param sizeOf what may be inserted now
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

  /** One reading at a time, and the last selection always read. */
  async function read(): Promise<void> {
    isStale = true;
    if (isReading) return;
    isReading = true;
    while (isStale && !isEnded && registered) {
      isStale = false;
      // A chart may be selected, or a dialogue open: then there is no cell to speak of.
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
  // A web view may call itself visible whatever Excel shows, so Excel's own word counts too.
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
