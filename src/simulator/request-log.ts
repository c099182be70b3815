/**
 * A log of the requests to the simulator, for tests that count them. It holds no tokens, secrets or bodies.
 * @module
 */
import type { FastifyInstance } from "fastify";

export type Endpoint = "token" | "data";

export interface LoggedRequest {
  readonly kind: Endpoint;
  readonly method: string;
  /** The path as sent, without the query. */
  readonly path: string;
  /** The `query` parameter as in the URL, not decoded: `(entityVariant=Own)+(limit=5)`. */
  readonly query: string | undefined;
  readonly userAgent: string | undefined;
  /** Status of the answer; undefined while the request is in progress, or if it had no answer. */
  readonly status: number | undefined;
  /** The connection ended before the complete answer was sent: the caller disconnected, or a fault closed it. */
  readonly aborted: boolean;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Maximum number of entries; older ones are dropped, as a simulator may run for weeks. */
const kept = 10_000;

/** Logs every request of a server into `entries`, in order of arrival. */
export function logRequests(app: FastifyInstance, entries: LoggedRequest[]): void {
  const underWay = new WeakMap<object, Writable<LoggedRequest>>();
  app.addHook("onRequest", async ({ method, url, headers, raw }, reply) => {
    const entry: Writable<LoggedRequest> = {
      kind: endpointOf(url),
      method,
      path: pathOf(url),
      query: /[?&]query=([^&#]*)/.exec(url)?.[1],
      userAgent: headers["user-agent"],
      status: undefined,
      aborted: false,
    };
    entries.push(entry);
    if (entries.length > kept) entries.shift();
    underWay.set(raw, entry);
    reply.raw.once("close", () => {
      entry.aborted = !reply.raw.writableFinished;
    });
  });
  app.addHook("onSend", async ({ raw }, reply) => {
    const entry = underWay.get(raw);
    if (entry) entry.status = reply.statusCode;
  });
}

export function pathOf(url: string): string {
  return url.replace(/[?#].*$/s, "");
}

export function endpointOf(url: string): Endpoint {
  return /\/oauth2\/v2\.0\/token\/?$/i.test(pathOf(url)) ? "token" : "data";
}
