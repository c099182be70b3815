/**
 * What Fastify's requests and routes carry beyond Fastify's own.
 * @module
 */
import type { Access } from "./hooks/access.ts";
import type { Session } from "./sessions/sessions.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The session of the request's ticket; null where the route asks for no ticket. */
    session: Session | null;
    /** Aborts when the caller goes away before the answer is sent, or the time for the whole call is up. */
    callerSignal: AbortSignal;
    /** Cuts the caller off who reads nothing of the answer; refreshed with every piece that is read. */
    readTimer: NodeJS.Timeout | undefined;
    /** Rows of the answer, or entries that were looked up: for the audit. */
    rows: number | undefined;
    /** Code of the error that was answered, for the log. */
    errorCode: string | undefined;
  }

  interface FastifyContextConfig {
    /** What a route asks for less than a living ticket; see hooks/access.ts. */
    access?: Access;
    /** True for what ends the session; see hooks/access.ts. */
    endsSession?: true;
    /** False for what must not wait behind pulls; see hooks/concurrency.ts. */
    queued?: false;
    /** False for what reads no data; see hooks/audit.ts. */
    audited?: false;
    /** True for what pages of any origin may fetch. */
    anyOrigin?: boolean;
    /** True for what is answered under any host name. */
    anyHost?: boolean;
  }
}
