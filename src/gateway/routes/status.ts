/**
 * `GET /api/v1/status`: the Data API's status of a connection.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { connectionHeader, type Status } from "../../kalibrate/gateway-api.ts";
import type { DataApiClient } from "../data-api/client.ts";
import { fetchStatus } from "../data-api/status.ts";
import { sessionOf } from "../hooks/access.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { answers, connectionName, status } from "./schemas.ts";

export interface StatusOptions {
  readonly dataApi: DataApiClient;
}

export const statusRoute: FastifyPluginAsyncTypebox<StatusOptions> = async (app, { dataApi }) => {
  app.get(
    "/api/v1/status",
    {
      schema: {
        summary: "Status",
        querystring: Type.Object(
          { connection: Type.Optional(connectionName) },
          { additionalProperties: false },
        ),
        response: answers(status),
      },
    },
    async (request): Promise<Status> => {
      const named = request.query.connection ?? request.headers[connectionHeader.toLowerCase()];
      const name = named === undefined ? undefined : String(named);
      const connection = connectionFor(sessionOf(request), name);
      return fetchStatus(dataApi, connection, { signal: request.callerSignal, requestId: request.id });
    },
  );
};
