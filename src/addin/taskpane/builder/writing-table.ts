/**
 * Inserts the result as an Excel table, for results that are too large for a formula.
 * @module
 */
import { runtime } from "../../addin.ts";
import { asKalError } from "../../runtime/as-kal-error.ts";
import type { TableProgress } from "../../runtime/tables/insert-table.ts";
import { announce } from "../common/announce.ts";
import { focusSoon } from "../common/focus.ts";
import { texts } from "../texts/builder-parts.ts";
import type { Builder } from "./builder.ts";
import { collectionPath } from "./draft.ts";
import { readSelection } from "../cells/selection.ts";
import { insertTableAt, takeTableBack, type WrittenTable } from "../cells/write-table.ts";
import { reasonOf } from "../common/reason-of.ts";
import { writingTexts } from "../texts/writing.ts";
import { finishedFormula, sheetNameOf } from "./writing.ts";

export const insertTableId = "insert-table";
export const cancelTableId = "cancel-table";

/** The progress in words. */
function progressText(progress: TableProgress): string {
  return progress.step === "reading"
    ? texts.table.reading(progress.rows)
    : texts.table.writing(progress.rows, progress.of);
}

/** Inserts all rows as a table at the selected cell; can be cancelled. */
export async function insertAsTable(builder: Builder): Promise<void> {
  const { draft } = builder;
  if (builder.isWriting || finishedFormula(builder) === undefined) return;
  if (draft.expressions.collection ?? draft.expressions.query ?? draft.expressions.fields) {
    builder.outcome = { text: texts.table.fromCells };
    return;
  }
  const abort = new AbortController();
  builder.isWriting = true;
  builder.outcome = undefined;
  builder.table = { text: texts.table.beginning, cancel: () => abort.abort() };
  announce(texts.table.beginning);
  focusSoon(cancelTableId);
  try {
    const request = {
      ...(draft.connection !== "" && { connection: draft.connection }),
      collection: collectionPath(draft),
      ...(draft.queryText.trim() !== "" && { query: draft.queryText.trim() }),
      ...(draft.fields.length > 0 && { fields: draft.fields }),
      ...(draft.limit > 0 && { limit: draft.limit }),
      // An Excel table always has headings.
      headers: draft.headers === 2 ? 2 : 1,
    } as const;
    const { insertTable } = await runtime.loadTables();
    const selection = await readSelection(builder.size);
    const table = await insertTableAt(insertTable, request, selection, sheetNameOf(builder), {
      onProgress(progress) {
        if (builder.table) builder.table = { ...builder.table, text: progressText(progress) };
      },
      signal: abort.signal,
    });
    builder.outcome = {
      text: texts.table.inserted(table.address, table.rows),
      undo: () => takeBack(builder, table),
    };
  } catch (error) {
    builder.outcome = abort.signal.aborted
      ? { text: texts.table.cancelled }
      : { text: texts.table.failed, error: asKalError(error) };
  } finally {
    const hadFocus = document.activeElement?.id === cancelTableId;
    builder.table = undefined;
    builder.isWriting = false;
    // The button that had the focus has disappeared.
    if (hadFocus) focusSoon(insertTableId);
  }
}

async function takeBack(builder: Builder, table: WrittenTable): Promise<void> {
  try {
    const isDone = await takeTableBack(table);
    const done = table.isOnNewSheet ? writingTexts.undoneSheet : texts.table.undone;
    builder.outcome = { text: isDone ? done : writingTexts.notUndone(table.address) };
  } catch (error) {
    builder.outcome = { text: writingTexts.refused(reasonOf(error)) };
  }
}
