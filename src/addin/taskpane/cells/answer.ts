/**
 * Requests the answer of a formula before it is written, because its size decides where it fits. The cell's own call
 * shares the answer.
 * @module
 */
import { splitConnection } from "../../../kalibrate/connection-name.ts";
import type { KalError } from "../../../kalibrate/errors.ts";
import type { Table } from "../../../kalibrate/table.ts";
import { functions } from "../../addin.ts";
import type { TableFunction } from "../../functions/table-function.ts";
import { asKalError } from "../../runtime/as-kal-error.ts";
import type { Cell } from "../../runtime/cells.ts";
import type { Size } from "./selection.ts";

/** What will be shown. */
export interface Filled {
  readonly cells: readonly (readonly Cell[])[];
  readonly collection: string;
  readonly table: Table;
  readonly error?: undefined;
}

export type Answer = Filled | { readonly error: KalError };

/** The functions that show a table. */
const pulls = { QUERY: functions.query, SUMMARY: functions.summary, MARKET: functions.market } as const;

export type TableFunctionName = keyof typeof pulls;

/** @param given the arguments by name, as Excel would pass them; those left out are omitted */
export async function answerOf(
  name: TableFunctionName,
  given: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  try {
    const { pull } = pulls[name] as TableFunction<unknown>;
    const { cells, table } = await pull(given, { onCanceled: () => undefined });
    const { collection } = given;
    const address = typeof collection === "string" ? collection : "";
    return { cells, table, collection: splitConnection(address).collection };
  } catch (error) {
    return { error: asKalError(error) };
  }
}

/** An error needs one cell. So does a formula whose size only Excel could calculate, as far as we know. */
export function sizeOf(answer: Answer | undefined): Size {
  if (!answer || answer.error) return { rows: 1, columns: 1 };
  return { rows: answer.cells.length, columns: answer.cells[0]?.length ?? 1 };
}
