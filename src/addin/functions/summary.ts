/**
 * KAL.SUMMARY: groups and figures of a slice as a table. Apart from its arguments it works like KAL.QUERY.
 * @module
 */
import { splitConnection } from "../../kalibrate/connection-name.ts";
import type { SummaryRequest } from "../../kalibrate/gateway-api.ts";
import type { Cell } from "../runtime/cells.ts";
import type { SharedRequest } from "../runtime/requests/request-engine.ts";
import { requestKey } from "../runtime/requests/request-key.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { isEmpty, readHeaders, readLimit, readQuery, readRequiredText, rowsOf } from "./arguments.ts";
import type { ForExcel, Invocation } from "./call.ts";
import { nowText } from "./now-text.ts";
import { headersOf, maxAnswerChars, outcomeOf, type Pulled, showTable } from "./query.ts";
import { readOnce } from "./read-once.ts";

export interface SummaryArguments {
  readonly collection: unknown;
  readonly query: unknown;
  readonly by: unknown;
  readonly measures: unknown;
  readonly headers: unknown;
  readonly limit: unknown;
}

/** Index of `headers` among the parameters. */
const headersAt = 4;

export function createSummary(runtime: Runtime, forExcel: ForExcel) {
  const { activity, batchWindow, dateSystem, session } = runtime;

  const read = readOnce(
    batchWindow.wallTime,
    (
      ...given: [
        collection: unknown,
        query: unknown,
        by: unknown,
        measures: unknown,
        headers: unknown,
        limit: unknown,
      ]
    ) => {
      const { connection: name, collection } = splitConnection(readRequiredText("collection", given[0]));
      const query = readQuery(given[1], new Date(batchWindow.wallTime()));
      const by = readExpressions(given[2]);
      const measures = readExpressions(given[3]);
      const headers = readHeaders(given[4]);
      const limit = readLimit(given[5]);
      const connection = session.connectionFor(name);
      const key = requestKey(connection, "summary", [collection, query, by, measures, limit]);
      const subject = { key, operation: "summary", connection: connection.name, collection, query } as const;
      const shared: SharedRequest<Pulled> = {
        key,
        ticket: connection.ticket,
        start: ({ signal, maxAge }) => {
          const body: SummaryRequest = {
            connection: connection.name,
            collection,
            ...(query !== undefined && { query }),
            by,
            measures,
            // Not part of the key: a cached answer stays valid although its `now` is slightly older.
            now: nowText(new Date(batchWindow.wallTime())),
            ...(limit !== undefined && { limit }),
            maxChars: maxAnswerChars,
            ...(maxAge !== undefined && { maxAge }),
          };
          const call = { method: "POST", path: "/summary", body, signal } as const;
          return activity.call(subject, () => session.callAs<Pulled>(connection, call), outcomeOf);
        },
        weigh: ({ columns, rows }) => rows.length * columns.length,
      };
      return { name, connection, headers, shared };
    },
    ({ name, connection }) => session.connectionFor(name) === connection,
  );

  return (given: SummaryArguments, invocation: Invocation): Promise<Cell[][]> => {
    const asked = { ...given, headers: headersOf(given.headers, invocation, headersAt) };
    return forExcel(invocation, asked, ({ collection, query, by, measures, headers: headings, limit }) => {
      dateSystem.refuse1904();
      const { shared, headers } = read(collection, query, by, measures, headings, limit);
      return showTable(runtime, shared, headers, invocation);
    });
  };
}

/** Each cell may hold one or several expressions, which the gateway separates. */
function readExpressions(value: unknown): string[] {
  return rowsOf(value)
    .flat()
    .filter((cell) => !isEmpty(cell))
    .map(String);
}
