/**
 * `/health/live` and `/health/ready`, for the platform; they reveal no details and call no upstream. Live says that
 * the process runs, so that it is not restarted for a fault that a restart would not fix; ready says that it accepts
 * requests.
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
