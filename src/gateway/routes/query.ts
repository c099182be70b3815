/**
 * `POST /api/v1/query`: a slice as a table, as one JSON body or row by row.
 * @module
 */
import { Readable } from "node:stream";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { QueryAnswer } from "../../kalibrate/gateway-api.ts";
import { pullTable } from "../pulls/pull-table.ts";
import { createReferencedDocuments } from "../pulls/referenced-documents.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { queryAnswer, queryRequest } from "./query-schemas.ts";
import { answers } from "./schemas.ts";

const ndjson = "application/x-ndjson";

export const queryRoute: FastifyPluginAsyncTypebox = async (app) => {
  const references = createReferencedDocuments(app.now);

  app.post(
    "/api/v1/query",
    {
      schema: { summary: "Query", body: queryRequest, response: answers(queryAnswer) },
      // A table's values are plain JSON already; a serialiser made of the schema would try each type in turn.
      serializerCompiler: () => (answer) => JSON.stringify(answer),
    },
    async (request, reply) => {
      const connection = connectionFor(request, request.body.connection);
      const fetchWith = (signal: AbortSignal | undefined) => async (path: string, query: string) =>
        (await app.dataApi.get(connection, path, { query, signal, requestId: request.id })).body;
      const answer = await pullTable(request.body, {
        owner: app.ownerOf(connection),
        references,
        now: app.now,
        fetch: fetchWith(request.callerSignal),
        fetchShared: fetchWith(undefined),
      });
      if (!request.headers.accept?.includes(ndjson)) return answer;
      reply.type(ndjson);
      // The schema describes the JSON form; a stream passes every serialiser by.
      return Readable.from(lines(answer)) as unknown as QueryAnswer;
    },
  );
};

/** The columns, a line for each row, and the count at the end: without that line the answer is not whole. */
function* lines({ columns, asOf, rows, rowCount }: QueryAnswer): Generator<string> {
  yield `${JSON.stringify({ columns, asOf })}\n`;
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
  yield `${JSON.stringify({ rowCount })}\n`;
}
