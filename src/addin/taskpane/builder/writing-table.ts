/**
 * Inserts the result as an Excel table, for results that are too large for a formula.
 * @module
 */
import { runtime } from "../../addin.ts";
import { asKalError } from "../../runtime/as-kal-error.ts";
import type { InsertOptions, TableProgress, TableRequest } from "../../runtime/tables/insert-table.ts";
import { headersOf, type KeptTable } from "../../runtime/tables/kept-tables.ts";
import { announce } from "../common/announce.ts";
import { focusSoon } from "../common/focus.ts";
import { texts } from "../texts/builder-parts.ts";
import type { Builder, Outcome } from "./builder.ts";
import { collectionPath, type Draft } from "./draft.ts";
import { selectedElsewhere } from "./selected-target.ts";
import { tableCall } from "./tables.ts";
import { readSelection } from "../cells/selection.ts";
import { insertTableAt, takeTableBack, type WrittenTable } from "../cells/write-table.ts";
import { reasonOf } from "../common/reason-of.ts";
import { writingTexts } from "../texts/writing.ts";
import { finishedFormula, noteWritten, sheetNameOf } from "./writing.ts";

export const insertTableId = "insert-table";
export const cancelTableId = "cancel-table";

/** The progress in words. */
function progressText(progress: TableProgress): string {
  return progress.step === "reading"
    ? texts.table.reading(progress.rows)
    : texts.table.writing(progress.rows, progress.of);
}

/** Inserts all rows as a table at the selected cell; can be cancelled. */
export const insertAsTable = (builder: Builder): Promise<void> =>
  writeTable(builder, texts.table.failed, async (request, options) => {
    const { insertTable, listTables } = await runtime.loadTables();
    const selection = await readSelection(builder.size);
    const table = await insertTableAt(insertTable, request, selection, sheetNameOf(builder), options);
    edit(
      builder,
      (await listTables("workbook")).find(({ name }) => name === table.name),
    );
    return {
      text: texts.table.inserted(table.address, table.rows),
      undo: () => takeBack(builder, table),
    };
  });

/** Gives the edited table the query, in its place; can be cancelled. */
export async function updateTable(builder: Builder): Promise<void> {
  const before = builder.editedTable;
  if (!before) return;
  await writeTable(builder, texts.table.notUpdated, async (request, options) => {
    const elsewhere = await selectedElsewhere(builder);
    if (elsewhere) return elsewhere;
    const { changeTable } = await runtime.loadTables();
    const { table, rows } = await changeTable(before, request, options);
    edit(builder, table);
    return {
      text: texts.table.updated(table.name, rows),
      undo: () => changeBack(builder, before, table),
    };
  });
}

type Request = TableRequest & { readonly headers: 1 | 2 };
type Options = Required<Pick<InsertOptions, "onProgress" | "signal">>;

/** @param failed what to say if it fails */
async function writeTable(
  builder: Builder,
  failed: string,
  write: (request: Request, options: Options) => Promise<Outcome>,
): Promise<void> {
  const { draft } = builder;
  if (builder.isWriting || finishedFormula(builder) === undefined) return;
  if (draft.expressions.collection ?? draft.expressions.query ?? draft.expressions.fields) {
    builder.outcome = { text: texts.table.fromCells };
    return;
  }
  const abort = new AbortController();
  const pressed = document.activeElement?.id;
  builder.isWriting = true;
  builder.outcome = undefined;
  builder.table = { text: texts.table.beginning, cancel: () => abort.abort() };
  announce(texts.table.beginning);
  focusSoon(cancelTableId);
  try {
    builder.outcome = await write(requestOf(draft), {
      onProgress(progress) {
        if (builder.table) builder.table = { ...builder.table, text: progressText(progress) };
      },
      signal: abort.signal,
    });
  } catch (error) {
    builder.outcome = abort.signal.aborted
      ? { text: texts.table.cancelled }
      : { text: failed, error: asKalError(error) };
  } finally {
    const hadFocus = document.activeElement?.id === cancelTableId;
    builder.table = undefined;
    builder.isWriting = false;
    // The button that had the focus has disappeared.
    if (hadFocus) focusSoon(pressed ?? insertTableId);
  }
}

function requestOf(draft: Draft): Request {
  return {
    ...(draft.connection !== "" && { connection: draft.connection }),
    collection: collectionPath(draft),
    ...(draft.queryText.trim() !== "" && { query: draft.queryText.trim() }),
    ...(draft.fields.length > 0 && { fields: draft.fields }),
    ...(draft.limit > 0 && { limit: draft.limit }),
    // An Excel table always has headings.
    headers: draft.headers === 2 ? 2 : 1,
  };
}

/** Makes the table the one that is edited from now on. */
function edit(builder: Builder, table: KeptTable | undefined): void {
  builder.editing = undefined;
  builder.editedTable = table;
  if (table) noteWritten(builder);
  // Excel sends no event for changes that the pane itself makes.
  builder.lookAtSelection();
}

async function takeBack(builder: Builder, table: WrittenTable): Promise<void> {
  try {
    const isDone = await takeTableBack(table);
    if (isDone) edit(builder, undefined);
    const done = table.isOnNewSheet ? writingTexts.undoneSheet : texts.table.undone;
    builder.outcome = { text: isDone ? done : writingTexts.notUndone(table.address) };
  } catch (error) {
    builder.outcome = { text: writingTexts.refused(reasonOf(error)) };
  }
}

/** Gives the table its former query again, unless somebody has changed its query since. */
async function changeBack(builder: Builder, before: KeptTable, after: KeptTable): Promise<void> {
  try {
    const { changeTable, listTables } = await runtime.loadTables();
    const now = (await listTables("workbook")).find(({ key }) => key === after.key);
    if (JSON.stringify(now?.query) !== JSON.stringify(after.query) || !now) {
      builder.outcome = { text: writingTexts.notUndone(before.name) };
      return;
    }
    const { table } = await changeTable(now, { ...before.query, headers: headersOf(before) });
    builder.replace(tableCall(table), { editedTable: table });
    builder.outcome = { text: texts.table.changedBack(table.name) };
  } catch (error) {
    builder.outcome = { text: texts.table.notUpdated, error: asKalError(error) };
  }
}
