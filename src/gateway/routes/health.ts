/**
 * `/health/live` and `/health/ready`, for the platform: no detail, no upstream is asked.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import Type from "typebox";

const health = Type.Object({ status: Type.Literal("ok") });

export const healthRoutes: FastifyPluginAsyncTypebox = async (app) => {
  for (const [path, summary] of [
    ["/health/live", "The process runs"],
    ["/health/ready", "Requests are taken"],
  ] as const) {
    app.get(path, { schema: { summary, response: { 200: health } } }, async (_request, reply) => {
      reply.header("cache-control", "no-store");
      return { status: "ok" as const };
    });
  }
};
