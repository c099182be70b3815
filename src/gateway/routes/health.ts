/**
 * `/health/live` and `/health/ready`, for the platform: no detail, no upstream is asked. Live says that the process
 * runs, so that it is not killed for what a restart would not mend; ready says that requests should be sent here.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import Type from "typebox";
import type { Readiness } from "../readiness.ts";

const ok = Type.Object({ status: Type.Literal("ok") });
const unavailable = Type.Object(
  { status: Type.Literal("unavailable") },
  { description: "The service is stopping, or its session store cannot be reached." },
);

export interface HealthOptions {
  readonly readiness: Readiness;
}

export const healthRoutes: FastifyPluginAsyncTypebox<HealthOptions> = async (app, { readiness }) => {
  app.get(
    "/health/live",
    {
      config: { access: "open", anyHost: true },
      schema: { summary: "The process runs", response: { 200: ok } },
    },
    async (_request, reply) => {
      reply.header("cache-control", "no-store");
      return { status: "ok" as const };
    },
  );

  app.get(
    "/health/ready",
    {
      config: { access: "open", anyHost: true },
      schema: { summary: "Requests are taken", response: { 200: ok, 503: unavailable } },
    },
    async (_request, reply) => {
      reply.header("cache-control", "no-store");
      if (await readiness.isReady()) return { status: "ok" as const };
      return reply.code(503).send({ status: "unavailable" as const });
    },
  );
};
