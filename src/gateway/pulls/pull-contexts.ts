/**
 * What pulls have in common: referenced documents and what was found out about servers, shared by all calls.
 * @module
 */
import type { AnswerMemory, AnswerShare } from "../answer-memory.ts";
import type { DataApiClient } from "../data-api/client.ts";
import { fetchElementsWith } from "../data-api/elements.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import type { Connection } from "../sessions/connection.ts";
import type { PullContext } from "./pull-table.ts";
import type { Source } from "./pull-slice.ts";
import { createReferencedDocuments } from "./referenced-documents.ts";
import { createServerMemories } from "./server-memory.ts";

/** Who asks. */
export interface Caller {
  readonly requestId: string;
  /** Aborts when the caller has gone or the time for the whole call is up. */
  readonly signal: AbortSignal;
}

export type MakePullContext = (connection: Connection, caller: Caller) => PullContext;

export interface PullContextsOptions {
  readonly dataApi: DataApiClient;
  /** The memory of answers, and of collections that are pulled because answers refer to them. */
  readonly memory: { readonly answers: AnswerMemory; readonly references: AnswerMemory };
  /** Whose data a connection reads. */
  readonly ownerOf: (connection: Connection) => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly steady: SteadyClock;
  /** Told whether a referenced collection that was asked for was at hand. */
  readonly onReferenceLookup: (hit: boolean) => void;
  /** Refuse personal data even where it is asked for by its name. */
  readonly hidePersonalData: boolean;
}

export function createPullContexts(options: PullContextsOptions): MakePullContext {
  const { dataApi, memory, ownerOf, now, steady, onReferenceLookup, hidePersonalData } = options;
  const references = createReferencedDocuments(now, memory.references, onReferenceLookup, steady);
  const memoryOf = createServerMemories(steady);

  return (connection, { requestId, signal }) => {
    const owner = ownerOf(connection);
    const sourceFor = (stop: AbortSignal, share?: AnswerShare): Source => ({
      fetch: fetchElementsWith(dataApi, connection, { signal: stop, requestId }, share?.admitted),
      memory: memoryOf(owner),
    });
    return {
      owner,
      references,
      now,
      hidePersonalData,
      signal,
      memory: memory.answers,
      sourceFor,
    };
  };
}
