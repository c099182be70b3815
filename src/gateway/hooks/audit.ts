/**
 * Writes an audit record for every request of an analyst who has signed in, and counts the use of the organisation's
 * connections.
 *
 * Routes that read no data opt out with `audited: false`.
 * @module
 */
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from "fastify";
import { isSameConnection } from "../../kalibrate/connection-name.ts";
import type { Audit } from "../observe/audit.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { AnalystSession } from "../sessions/sessions.ts";

export function auditRequests(audit: Audit, metrics: Metrics): onRequestHookHandler {
  return (request, reply, done) => {
    // Not Fastify's onResponse: it is not called if the caller leaves before the answer.
    reply.raw.once("close", () => {
      const { session, routeOptions } = request;
      if (session === null || !("analyst" in session) || routeOptions.config.audited === false) return;
      record(request, reply, session);
    });
    done();
  };

  function record(request: FastifyRequest, reply: FastifyReply, session: AnalystSession): void {
    const { id: requestId, method, routeOptions, errorCode, rows, parts } = request;
    const { analyst } = session;
    const outcome = errorCode ?? (reply.raw.writableFinished ? "ok" : "caller-gone");
    if (method === "DELETE") {
      audit.write({ event: "sign-out", analyst, outcome, requestId });
      return;
    }
    const operation = routeOptions.url?.split("/").at(-1) ?? "";
    for (const [at, use] of usesOf(request).entries()) {
      const connection = nameOf(use.connection, session);
      const part = parts?.[at];
      const own = part?.code ?? (part?.rows === undefined ? outcome : "ok");
      if (connection) metrics.connectionUse(connection.name, own);
      if (connection?.isClosed) metrics.roleRefused(connection.name);
      audit.write({
        event: "use",
        analyst,
        outcome: own,
        requestId,
        operation,
        connection: connection?.name,
        collection: text(use.collection),
        query: text(use.query),
        rows: part?.rows ?? rows ?? entriesOf(request),
        ms: reply.elapsedTime,
      });
    }
  }
}

/** What came of one query of a batch: its rows, or the code of its error; neither where the caller has gone before. */
export interface PartOutcome {
  readonly rows?: number;
  readonly code?: string;
}

interface Use {
  readonly connection?: unknown;
  readonly collection?: unknown;
  readonly query?: unknown;
}

/** What a request asks for: several items if its body is a list of requests, each with its own collection. */
function usesOf({ body, query }: FastifyRequest): readonly Use[] {
  const asked = { ...Object(query), ...Object(body) } as Use & { readonly requests?: unknown };
  const { requests } = asked;
  const isBatch =
    Array.isArray(requests) && requests.some((request) => (Object(request) as Use).collection !== undefined);
  return isBatch ? requests.map((request) => Object(request) as Use) : [asked];
}

/** Number of entries of a lookup; undefined for other requests. */
function entriesOf({ body }: FastifyRequest): number | undefined {
  const { requests } = Object(body) as { readonly requests?: unknown };
  if (!Array.isArray(requests)) return undefined;
  const lists = requests.map((request) => (Object(request) as { readonly values?: unknown }).values);
  return lists.every(Array.isArray) ? lists.reduce((sum, list) => sum + list.length, 0) : undefined;
}

/** We record only names of the organisation's connections: any other name is a typing mistake. */
function nameOf(asked: unknown, { connections, closed }: AnalystSession) {
  const open = connections.map(({ name }) => ({ name, isClosed: false }));
  if (asked === undefined && open.length === 1) return open[0];
  const names = [...open, ...closed.map((name) => ({ name, isClosed: true }))];
  return names.find(({ name }) => isSameConnection(name, String(asked)));
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
