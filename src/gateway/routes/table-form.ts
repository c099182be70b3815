/**
 * The two forms of a table: one JSON text, or JSON lines for callers that ask for them.
 * @module
 */
import type { FastifyRequest } from "fastify";
import type { QueryAnswer } from "../../kalibrate/gateway-api.ts";
import { jsonList, jsonType } from "./pieces.ts";

const ndjson = "application/x-ndjson";

export function tableForm({ headers }: Pick<FastifyRequest, "headers">): {
  readonly type: string;
  readonly partsOf: (answer: QueryAnswer) => Iterable<string>;
} {
  return headers.accept?.includes(ndjson) === true
    ? { type: ndjson, partsOf: lines }
    : { type: jsonType, partsOf: tableJson };
}

/**
 * The columns, a line for each row, and the count at the end: without that line the answer is not whole. It begins
 * once the table is whole: before, neither the columns' types nor the newest versions are certain.
 */
function* lines({ rows, rowCount, ...head }: QueryAnswer): Generator<string> {
  yield `${JSON.stringify(head)}\n`;
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
  yield `${JSON.stringify({ rowCount })}\n`;
}

/** One JSON text, in parts. */
export function* tableJson({ rows, ...rest }: QueryAnswer): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"rows":`;
  yield* jsonList(rows, (row) => [JSON.stringify(row)]);
  yield "}";
}
