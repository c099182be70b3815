/**
 * Applies the faults to a server: some before a request is handled, some to the payload that is sent.
 * @module
 */
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import zlib from "node:zlib";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Coding } from "./fault.ts";
import { faultAnswers, refusals } from "./fault-answers.ts";
import type { FaultBoard } from "./faults.ts";
import { endpointOf, pathOf } from "./request-log.ts";

/** In order of precedence. */
const answering = [
  "unauthorised",
  "throttled",
  "unavailable",
  "redirected",
  "sign-in-page",
  "blocked-page",
  "proxy-sign-in",
] as const;

export function workFaultsInto(app: FastifyInstance, faults: FaultBoard): void {
  app.addHook("onRequest", async ({ url }, reply) => {
    const request = [endpointOf(url), pathOf(url)] as const;
    const slow = faults.take("slow", ...request);
    if (slow && !(await waited(slow.delay, reply))) return reply.hijack();
    if (faults.take("down", ...request)) {
      reply.hijack();
      reply.raw.destroy();
      return reply;
    }
    for (const kind of answering) {
      const fault = faults.take(kind, ...request);
      if (!fault) continue;
      const { status, contentType, body, location } = faultAnswers[kind][request[0]];
      if (location !== undefined) reply.header("location", location);
      if ("retryAfter" in fault && fault.retryAfter !== undefined) {
        const { retryAfter } = fault;
        reply.header(
          "retry-after",
          retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter),
        );
      }
      return reply.code(status).type(contentType).send(body);
    }
    const refused = faults.take("refused", ...request);
    if (refused) {
      const { contentType, body } = refusals[refused.form];
      return reply.code(refused.status).type(contentType).send(body);
    }
    return undefined;
  });

  app.addHook<string>("onSend", async ({ url }, reply, payload) => {
    const request = [endpointOf(url), pathOf(url)] as const;
    if (typeof payload !== "string" || reply.statusCode !== 200) return payload;
    if (faults.take("malformed", ...request)) return `${payload.slice(0, -1)},`;
    const encoded = faults.take("encoded", ...request);
    if (encoded) {
      reply.header("content-encoding", encoded.coding.replace("-raw", ""));
      return encoded.lies ? payload : encoders[encoded.coding](payload);
    }
    if (!faults.take("cut-off", ...request)) return payload;
    reply.header("content-length", Buffer.byteLength(payload));
    return Readable.from(firstHalf(payload, reply), { objectMode: false });
  });
}

/** Node has zstd from 22.15 on. In older versions the payload stays uncompressed, despite its header. */
const zstd = (zlib as { zstdCompressSync?: (text: string) => Buffer }).zstdCompressSync ?? Buffer.from;

const encoders: Record<Coding, (text: string) => Buffer> = {
  gzip: (text) => zlib.gzipSync(text),
  br: (text) => zlib.brotliCompressSync(text),
  deflate: (text) => zlib.deflateSync(text),
  "deflate-raw": (text) => zlib.deflateRawSync(text),
  zstd: (text) => zstd(text),
};

/** Resolves to false if the caller disconnects before the time is up. */
async function waited(milliseconds: number, reply: FastifyReply): Promise<boolean> {
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
  };
  reply.raw.once("close", leave);
  try {
    await delay(milliseconds, undefined, { signal: gone.signal });
    return true;
  } catch {
    return false;
  } finally {
    reply.raw.off("close", leave);
  }
}

async function* firstHalf(payload: string, reply: FastifyReply): AsyncGenerator<string> {
  yield payload.slice(0, payload.length / 2);
  // Let the first half be sent, then cut the connection.
  await new Promise((resolve) => setImmediate(resolve));
  reply.raw.destroy();
}
