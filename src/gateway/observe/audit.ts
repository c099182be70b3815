/**
 * Who used the organisation's connections for what: one JSON object per line, apart from the log.
 *
 * An event holds what is listed here and nothing else: never a record's value, a lookup's keys, a token, a ticket or a
 * secret. The query is in it as it was asked, since it says what was read.
 * @module
 */
import type { Writable } from "node:stream";
import type { AuditSettings } from "../configuration/connections.ts";
import type { Analyst } from "../sign-in/access-token.ts";
import { openAuditFile } from "./audit-file.ts";
import type { Log } from "./log.ts";

export interface AuditEvent {
  readonly event: "use" | "sign-in" | "sign-out";
  /** Absent where a sign-in failed before it was known. */
  readonly analyst?: Analyst | undefined;
  /** `ok`, a code of the catalogue, the word for a refused sign-in, or `caller-gone`. */
  readonly outcome: string;
  readonly requestId: string;
  /** The rest is there for `use`: what was called, such as `query` or `lookup`. */
  readonly operation?: string;
  readonly connection?: string | undefined;
  readonly collection?: string | undefined;
  readonly query?: string | undefined;
  /** Rows of the answer, or entries that were looked up. */
  readonly rows?: number | undefined;
  readonly ms?: number;
}

export interface Audit {
  write(event: AuditEvent): void;
  /** Events that could not be written. */
  readonly losses: number;
  /** Waits until everything is written. */
  close(): Promise<void>;
}

export interface AuditOptions {
  readonly settings: AuditSettings;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** In place of standard output. */
  readonly output?: Writable | undefined;
}

/** @throws Error where the file cannot be opened, saying what to do. */
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
  /** Where the next line goes. */
  stream(): Writable;
  close?(): Promise<void>;
}
