/**
 * Gives a table of the workbook another query, in its place: all of the new rows, or the table as it was.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { Table } from "../../../kalibrate/table.ts";
import { sheetSize } from "../../../excel/limits.ts";
import type { CellForm } from "../cells.ts";
import { inOurWords } from "../workbook/excel-refusal.ts";
import type { Ask } from "./ask.ts";
import type { InsertOptions, TableRequest } from "./insert-table.ts";
import { type KeptTable, headersOf } from "./kept-tables.ts";
import { reshapeTable } from "./reshape-table.ts";
import { rewriteTable } from "./rewrite-table.ts";
import type { Serialize } from "./serialize.ts";
import { headingsOf } from "./table-contents.ts";

type ChangeOptions = Omit<InsertOptions, "place">;

export interface ChangedTable {
  readonly table: KeptTable;
  readonly rows: number;
}

/**
 * @param kept the table as the workbook has it
 * @throws KalError of the query, KAL_NO_ROOM if something is in the way, KAL_EXCEL_REFUSED, for example for a table with
 * columns of a person's own whose fields change; the signal's reason when aborted. The table is then as it was.
 */
export type ChangeTable = (
  kept: KeptTable,
  request: TableRequest,
  options?: ChangeOptions,
) => Promise<ChangedTable>;

export const createChangeTable =
  (ask: Ask, serialize: Serialize, form: () => CellForm): ChangeTable =>
  (kept, { headers = 1, ...query }, { onProgress, signal } = {}) =>
    inOurWords(async () => {
      const answer = await ask(query, {
        maxRows: sheetSize.rows - 1,
        onRows: (rows) => onProgress?.({ step: "reading", rows }),
        signal,
      });
      const fields = answer.columns.map(({ name }) => name);
      const next = { ...kept, query: { ...query, fields }, asOf: answer.asOf };
      const rows = answer.rows.length;
      signal?.throwIfAborted();
      return serialize(async () => {
        onProgress?.({ step: "writing", rows: 0, of: rows });
        const hasSameColumns = isEqual(fields, kept.query.fields) && headers === headersOf(kept);
        if (hasSameColumns) return { table: await rewriteTable(next, answer, form(), kept), rows };
        return { table: await reshape(kept, next, answer, headers, form()), rows };
      });
    });

function reshape(kept: KeptTable, next: KeptTable, answer: Table, headers: 1 | 2, form: CellForm) {
  if (!isEqual(kept.row, kept.headings)) {
    throw new KalError("KAL_EXCEL_REFUSED", {
      message: `The table ${kept.name} has columns of your own, so its columns cannot be changed here.`,
      hint: "Insert the query as a new table, or delete your own columns first.",
    });
  }
  const headings = headingsOf(answer, headers);
  return reshapeTable(kept, { ...next, headings, row: headings }, answer, form);
}

const isEqual = (left: readonly string[], right: readonly string[]) =>
  JSON.stringify(left) === JSON.stringify(right);
