/**
 * Records the use of the organisation's connections: one JSON object per line, separate from the log.
 *
 * An event contains only the fields listed here: never a record's value, a lookup's keys, a token, a ticket or a
 * secret. The query is recorded as requested, because it says what was read.
 * @module
 */
import type { Writable } from "node:stream";
import type { AuditSettings } from "../configuration/connections.ts";
import type { Analyst } from "../sign-in/access-token.ts";
import { openAuditFile } from "./audit-file.ts";
import type { Log } from "./log.ts";

export interface AuditEvent {
  readonly event: "use" | "sign-in" | "sign-out";
  /** Absent if a sign-in failed before the analyst was known. */
  readonly analyst?: Analyst | undefined;
  /** `ok`, an error code, the reason for a refused sign-in, or `caller-gone`. */
  readonly outcome: string;
  readonly requestId: string;
  /** The following fields are for `use`: the call, such as `query` or `lookup`. */
  readonly operation?: string;
  readonly connection?: string | undefined;
  readonly collection?: string | undefined;
  readonly query?: string | undefined;
  /** Rows of the answer, or entries looked up. */
  readonly rows?: number | undefined;
  readonly ms?: number;
}

export interface Audit {
  write(event: AuditEvent): void;
  /** Number of events that could not be written. */
  readonly losses: number;
  /** Waits until everything is written. */
  close(): Promise<void>;
}

export interface AuditOptions {
  readonly settings: AuditSettings;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Default: standard output. */
  readonly output?: Writable | undefined;
}

/** @throws Error with what to do if the file cannot be opened. */
export function openAudit({ settings, log, now, output }: AuditOptions): Audit {
  const { file, names } = settings;
  const onError = (error: unknown) => log.error({ error, file }, "the audit cannot be written");
  const lines: Lines =
    file === undefined ? { stream: () => output ?? process.stdout } : openAuditFile(file, settings, onError);

  let losses = 0;

  return {
    get losses() {
      return losses;
    },
    write({ event, analyst, outcome, requestId, operation, connection, collection, query, rows, ms }) {
      const line = {
        time: new Date(now()).toISOString(),
        audit: event,
        tenant: analyst?.tenant,
        objectId: analyst?.objectId,
        name: names ? analyst?.name : undefined,
        operation,
        connection,
        collection,
        query,
        rows,
        ms: ms === undefined ? undefined : Math.round(ms),
        outcome,
        requestId,
      };
      lines.stream().write(`${JSON.stringify(line)}\n`, (error) => {
        if (!error) return;
        losses += 1;
        log.error({ error, file, requestId }, "an audit event is lost");
      });
    },
    close: async () => lines.close?.(),
  };
}

interface Lines {
  /** The stream for the next line. */
  stream(): Writable;
  close?(): Promise<void>;
}
