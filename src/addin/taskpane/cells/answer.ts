/**
 * Requests the answer of a formula before it is written, because its size decides where it fits. The cell's own call
 * shares the answer.
 * @module
 */
import { splitConnection } from "../../../kalibrate/connection-name.ts";
import type { KalError } from "../../../kalibrate/errors.ts";
import type { Table } from "../../../kalibrate/table.ts";
import { functions } from "../../addin.ts";
import type { QueryArguments } from "../../functions/query.ts";
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

export async function answerOf(given: QueryArguments): Promise<Answer> {
  try {
    const { cells, table } = await functions.query.pull(given, { onCanceled: () => undefined });
    return { cells, table, collection: splitConnection(String(given.collection)).collection };
  } catch (error) {
    return { error: asKalError(error) };
  }
}

/** An error needs one cell. So does a formula whose size only Excel could calculate, as far as we know. */
export function sizeOf(answer: Answer | undefined): Size {
  if (!answer || answer.error) return { rows: 1, columns: 1 };
  return { rows: answer.cells.length, columns: answer.cells[0]?.length ?? 1 };
}
