/**
 * Inserts a query's rows as a new Excel table, which can hold more rows than a formula.
 *
 * The answer is read to its end before anything is written. Only then do we know that it is complete, how large it is
 * and that there is room for it, and the network can no longer fail half-way.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { Table } from "../../../kalibrate/table.ts";
import type { CellForm } from "../cells.ts";
import { inOurWords } from "../workbook/excel-refusal.ts";
import { runOptions } from "../workbook/run-options.ts";
import type { Ask } from "./ask.ts";
import { findPlace, type Place } from "./find-place.ts";
import type { Serialize } from "./serialize.ts";
import { sheetSize } from "../../../excel/limits.ts";
import type { TableQuery } from "./table-query.ts";
import { type NewTable, writeTable } from "./write-table.ts";

export interface TableRequest extends TableQuery {
  /** Headings as in KAL.QUERY: 1 the fields' names (default), 2 readable labels. */
  readonly headers?: 1 | 2;
}

/** Progress: first all rows are read, then they are written. */
export type TableProgress =
  | { readonly step: "reading"; readonly rows: number }
  | { readonly step: "writing"; readonly rows: number; readonly of: number };

export interface InsertOptions {
  /** The table's first cell as Excel writes it: `Sheet1!B3`. Default: the selected cell. */
  readonly place?: string | undefined;
  readonly onProgress?: ((progress: TableProgress) => void) | undefined;
  /** Cancels the insertion; rows already written are removed. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Inserts a query as a table and saves the query in the workbook, so that a refresh can run it again.
 * @throws KalError of the query, KAL_NO_ROOM if something is in the way, KAL_TOO_LARGE if it exceeds the sheet,
 * KAL_EXCEL_REFUSED for example on a protected sheet; the signal's reason when aborted. After any error the sheet is
 * unchanged.
 */
export type InsertTable = (request: TableRequest, options?: InsertOptions) => Promise<NewTable>;

export const createInsertTable =
  (ask: Ask, serialize: Serialize, form: () => CellForm): InsertTable =>
  ({ headers = 1, ...query }, { place: address, onProgress, signal } = {}) =>
    inOurWords(async () => {
      const place = await Excel.run(runOptions, (context) => findPlace(context, address));
      const table = await ask(query, {
        maxRows: sheetSize.rows - place.row - 1,
        onRows: (rows) => onProgress?.({ step: "reading", rows }),
        signal,
      });
      refuseTooWide(table, place);
      const of = table.rows.length;
      const onWritten = (rows: number) => onProgress?.({ step: "writing", rows, of });
      return serialize(() => writeTable(table, { query, headers, place, form: form(), onWritten, signal }));
    });

function refuseTooWide({ columns }: Table, { column }: Place): void {
  if (column + columns.length <= sheetSize.columns) return;
  throw new KalError("KAL_TOO_LARGE", {
    message: `The table has ${columns.length} columns: more than the sheet has from this cell on.`,
    hint: "Choose a cell further left, or fewer fields.",
  });
}
