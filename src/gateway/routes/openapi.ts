/**
 * `GET /api/v1/openapi.json`: this API's description, generated from the routes' schemas.
 * @module
 */
import swagger from "@fastify/swagger";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyInstance } from "fastify";
import { requestHeader } from "../../kalibrate/gateway-api.ts";
import { version } from "../version.ts";

/** Starts to collect routes; call it before registering the routes to describe. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "KAL gateway",
        version,
        description: `Every call carries the header ${requestHeader.name}: ${requestHeader.value}.`,
      },
      components: { securitySchemes: { ticket: { type: "http", scheme: "bearer" } } },
    },
    transform: ({ schema, url, route }) => ({
      url,
      schema: route.config?.access === undefined ? { ...schema, security: [{ ticket: [] }] } : schema,
    }),
  });
}

export const openapiRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get("/api/v1/openapi.json", { config: { access: "marked" }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
};
