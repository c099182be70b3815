/**
 * `GET /api/v1/environments`: the environments that people can connect to.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import Type from "typebox";
import type { Environments } from "../environments.ts";
import { answers, environmentSummary } from "./schemas.ts";

export interface EnvironmentsOptions {
  readonly environments: Environments;
}

export const environmentsRoute: FastifyPluginAsyncTypebox<EnvironmentsOptions> = async (
  app,
  { environments },
) => {
  app.get(
    "/api/v1/environments",
    {
      config: { access: "marked" },
      schema: { summary: "Environments", response: answers(Type.Array(environmentSummary)) },
    },
    async () =>
      environments.list.map(({ id, label, tenant, clientId, scope, credentials }) => ({
        id,
        label,
        ...(tenant === undefined ? {} : { tenant }),
        ...(clientId === undefined ? {} : { clientId }),
        ...(scope === undefined ? {} : { scope }),
        needsCredentials: credentials === undefined,
      })),
  );
};
