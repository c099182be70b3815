/**
 * A query's table, read as it comes and whole before anything is done with it.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { QueryRequest } from "../../../kalibrate/gateway-api.ts";
import { parseQuery } from "../../../kalibrate/query/parse.ts";
import { sentQuery } from "../../../kalibrate/query/sent-query.ts";
import type { Table } from "../../../kalibrate/table.ts";
import { activity } from "../activity/activity.ts";
import { engine } from "../requests/engine.ts";
import { maxAgeIn } from "../requests/generations.ts";
import { requestKey } from "../requests/request-key.ts";
import { type GatewayCall, streamGateway } from "../session/gateway-client.ts";
import { callAs, connectionFor } from "../session/session.ts";
import { readDateSystem, refuse1904 } from "../workbook/date-system.ts";
import type { TableQuery } from "./table-query.ts";
import { createTableReader, type StreamedTable } from "./table-reader.ts";

export interface AskOptions {
  /** Rows over which the answer is given up. */
  readonly maxRows: number;
  /** Told how many rows have come so far. */
  readonly onRows?: ((rows: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks for data of the generation that the workbook's formulas are in.
 * @throws KalError; the signal's reason when aborted.
 */
export async function ask(query: TableQuery, { maxRows, onRows, signal }: AskOptions): Promise<Table> {
  const { connection: name, query: written, fields, ...others } = query;
  const connection = connectionFor(name);
  await readDateSystem();
  refuse1904();
  if (engine.paused) throw new KalError("KAL_PAUSED");
  const now = new Date();
  const maxAge = maxAgeIn(engine.generationOf(connection.ticket), now.getTime());
  const text = written === undefined ? undefined : sentQuery(parseQuery(written), now);
  const body: QueryRequest = {
    ...others,
    connection: connection.name,
    ...(text !== undefined && { query: text }),
    ...(fields && { fields: [...fields] }),
    ...(maxAge !== undefined && { maxAge }),
  };
  const send = async (call: GatewayCall) => {
    const reader = createTableReader(maxRows);
    await streamGateway(call, (bytes) => {
      signal?.throwIfAborted();
      reader.take(bytes);
      onRows?.(reader.rowCount);
    });
    return reader.end();
  };
  const key = requestKey(connection, "query", ["table", ...Object.entries(body)]);
  const call = { method: "POST", path: "/query", body, ...(signal && { signal }) } as const;
  return activity.call(
    { key, operation: "table", connection: connection.name, collection: query.collection, query: text },
    () => callAs<StreamedTable>(connection, call, send),
    ({ rows, asOf, superseded }) => ({ rows: rows.length, asOf, superseded }),
  );
}
