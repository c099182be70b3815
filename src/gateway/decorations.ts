/**
 * Our additions to Fastify's requests and routes.
 * @module
 */
import type { Access } from "./hooks/access.ts";
import type { PartOutcome } from "./hooks/audit.ts";
import type { Turn } from "./hooks/concurrency.ts";
import type { Connection } from "./sessions/connection.ts";
import type { Session } from "./sessions/sessions.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The session of the request's ticket; null if the route requires no ticket. */
    session: Session | null;
    /** Aborts when the caller leaves before the answer is sent, or at the call's deadline. */
    callerSignal: AbortSignal;
    /** Cuts off a caller who reads nothing of the answer; restarted with every piece that is read. */
    readTimer: NodeJS.Timeout | undefined;
    /** Rows of the answer, or entries looked up, for the audit. */
    rows: number | undefined;
    /** Outcome of each query of a batch, for the audit. */
    parts: readonly PartOutcome[] | undefined;
    /** The request's turn; a batch takes more. See hooks/concurrency.ts. */
    turn: Turn | undefined;
    /** Counts one more call of a connection. Throws KAL_THROTTLED beyond its rate. */
    countCall: ((connection: Connection) => void) | undefined;
    /** Code of the answered error, for the log. */
    errorCode: string | undefined;
  }

  interface FastifyContextConfig {
    /** The access level if the route requires less than a valid ticket; see hooks/access.ts. */
    access?: Access;
    /** True if the route ends the session; see hooks/access.ts. */
    endsSession?: true;
    /** False if the route must not wait behind pulls; see hooks/concurrency.ts. */
    queued?: false;
    /** False if the route reads no data; see hooks/audit.ts. */
    audited?: false;
    /** False if each part of the call has its own deadline; see hooks/caller-signal.ts. */
    deadline?: false;
    /** True if pages of any origin may fetch it. */
    anyOrigin?: boolean;
    /** True if it is answered under any host name. */
    anyHost?: boolean;
  }
}
