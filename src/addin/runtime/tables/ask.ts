/**
 * Requests a query's table: reads the stream to its end and returns the complete table.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { QueryRequest, RecordsRequest } from "../../../kalibrate/gateway-api.ts";
import { parseQuery } from "../../../kalibrate/query/parse.ts";
import { sentQuery } from "../../../kalibrate/query/sent-query.ts";
import type { ActivityLog } from "../activity/activity-log.ts";
import type { RequestEngine } from "../requests/request-engine.ts";
import { requestKey } from "../requests/request-key.ts";
import type { GatewayCall, GatewayClient } from "../session/gateway-client.ts";
import type { Session } from "../session/session.ts";
import type { DateSystem } from "../workbook/date-system.ts";
import { nowText } from "../now-text.ts";
import type { TableQuery } from "./table-query.ts";
import { createTableReader, type StreamedTable } from "./table-reader.ts";

export interface AskOptions {
  /** An answer with more rows is refused. */
  readonly maxRows: number;
  /** Called with the number of rows received so far. */
  readonly onRows?: ((rows: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The parts of the runtime that a request needs. */
export interface AskParts {
  readonly session: Session;
  readonly gateway: GatewayClient;
  readonly engine: RequestEngine;
  readonly activity: ActivityLog;
  readonly dateSystem: DateSystem;
}

/**
 * Requests data of the cache generation that the workbook's formulas use.
 * @throws KalError; the signal's reason when aborted.
 */
export type Ask = (query: TableQuery, options: AskOptions) => Promise<StreamedTable>;

export function createAsk({ session, gateway, engine, activity, dateSystem }: AskParts): Ask {
  return async (query, { maxRows, onRows, signal }) => {
    const { connection: name, query: written, fields, where, timeavg, ...others } = query;
    const connection = session.connectionFor(name);
    await dateSystem.read();
    dateSystem.refuse1904();
    if (engine.paused) throw new KalError("KAL_PAUSED");
    const now = new Date();
    const text = written === undefined ? undefined : sentQuery(parseQuery(written), now);
    const body: QueryRequest | RecordsRequest = {
      ...others,
      connection: connection.name,
      ...(text !== undefined && { query: text }),
      ...(fields && { fields: [...fields] }),
      ...(where && { where }),
      ...(timeavg !== undefined && { timeavg, now: nowText(now) }),
      maxAge: engine.maxAgeOf(connection.ticket),
    };
    const send = async (call: GatewayCall) => {
      const reader = createTableReader(maxRows);
      await gateway.stream(call, (bytes) => {
        signal?.throwIfAborted();
        reader.take(bytes);
        onRows?.(reader.rowCount);
      });
      return reader.end();
    };
    const key = requestKey(connection, "query", ["table", JSON.stringify(body)]);
    const path = where ? "/records" : "/query";
    const call = { method: "POST", path, body, ...(signal && { signal }) } as const;
    return activity.call(
      { key, operation: "table", connection: connection.name, collection: query.collection, query: text },
      () => session.callAs<StreamedTable>(connection, call, send),
      ({ rows, asOf, superseded, sent, filteredHere, shared }) => ({
        rows: rows.length,
        asOf,
        superseded,
        sent,
        filteredHere,
        shared,
      }),
    );
  };
}
