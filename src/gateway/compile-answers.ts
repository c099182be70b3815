/**
 * Fastify's compiler for answers, once for each schema: all routes share the schemas of their errors.
 * @module
 */
import { SerializerSelector } from "@fastify/fast-json-stringify-compiler";
import type { FastifySchema } from "fastify";
import type { FastifySerializerCompiler } from "fastify/types/schema.js";

const compile = SerializerSelector()();
const compiled = new WeakMap<object, ReturnType<typeof compile>>();

export const compileAnswers: FastifySerializerCompiler<FastifySchema> = (route) => {
  const schema = route.schema as object;
  const serialize = compiled.get(schema) ?? compile(route as Parameters<typeof compile>[0]);
  compiled.set(schema, serialize);
  return serialize;
};
