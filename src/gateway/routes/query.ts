/**
 * `POST /api/v1/query`: a slice as a table, as one JSON body or row by row.
 * @module
 */
import { Readable } from "node:stream";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { QueryAnswer } from "../../kalibrate/gateway-api.ts";
import { pullTable } from "../pulls/pull-table.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { queryAnswers, queryRequest } from "./query-schemas.ts";

const ndjson = "application/x-ndjson";

export const queryRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    "/api/v1/query",
    {
      schema: { summary: "Query", body: queryRequest, response: queryAnswers },
      // A table's values are plain JSON already; a serialiser made of the schema would try each type in turn.
      serializerCompiler: () => (answer) => JSON.stringify(answer),
    },
    async (request, reply) => {
      const connection = connectionFor(request, request.body.connection);
      const answer = await pullTable(
        request.body,
        app.pullContext(connection, { signal: request.callerSignal, requestId: request.id }),
      );
      if (!request.headers.accept?.includes(ndjson)) return answer;
      reply.type(ndjson);
      // The schema describes the JSON form; a stream passes every serialiser by.
      return Readable.from(lines(answer)) as unknown as QueryAnswer;
    },
  );
};

/** Rows that are written at a time. */
const rowsInPiece = 500;

/**
 * The columns, a line for each row, and the count at the end: without that line the answer is not whole. It begins
 * once the table is whole: before, neither the columns' types nor the newest versions are certain.
 */
function* lines({ columns, asOf, rows, rowCount, superseded }: QueryAnswer): Generator<string> {
  yield `${JSON.stringify({ columns, asOf, superseded })}\n`;
  for (let from = 0; from < rows.length; from += rowsInPiece) {
    const piece = rows.slice(from, from + rowsInPiece);
    yield piece.map((row) => `${JSON.stringify(row)}\n`).join("");
  }
  yield `${JSON.stringify({ rowCount })}\n`;
}
