/**
 * `GET /api/v1/environments`: where one can connect to.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { answers, environmentSummary } from "./schemas.ts";

export const environmentsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    "/api/v1/environments",
    {
      config: { access: "marked" },
      schema: { summary: "Environments", response: answers(Type.Array(environmentSummary)) },
    },
    async () =>
      app.environments.list.map(({ id, label, tenant, credentials }) => ({
        id,
        label,
        ...(tenant === undefined ? {} : { tenant }),
        needsCredentials: credentials === undefined,
      })),
  );
};
