/**
 * KAL.QUERY: a slice of a collection as a table.
 * @module
 */
import { splitConnection } from "../../kalibrate/connection-name.ts";
import type { QueryRequest } from "../../kalibrate/gateway-api.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { readFields, readLimit, readQuery, readRequiredText } from "./arguments.ts";
import type { ForExcel } from "./call.ts";
import { readOnce } from "./read-once.ts";
import { createTableFunction, maxAnswerChars } from "./table-function.ts";

const names = ["collection", "query", "fields", "headers", "limit"] as const;

export type QueryArguments = Readonly<Record<(typeof names)[number], unknown>>;

export function createQuery(runtime: Runtime, forExcel: ForExcel) {
  /** Different queries usually have the same columns. */
  const readFieldsOnce = readOnce(runtime.batchWindow.wallTime, (given: unknown) => ({
    fields: readFields(given),
  }));
  return createTableFunction<(typeof names)[number], QueryRequest>(
    runtime,
    forExcel,
    "query",
    names,
    (given, now) => {
      const { connection, collection } = splitConnection(readRequiredText("collection", given.collection));
      const query = readQuery(given.query, now);
      const { fields } = readFieldsOnce(given.fields);
      const limit = readLimit(given.limit);
      return {
        connection,
        values: [collection, query, fields, limit],
        about: { collection, query },
        body: () => ({ collection, query, fields, limit, maxChars: maxAnswerChars }),
      };
    },
  );
}
