/**
 * What an answer is made with: who asks, the Data API as that credential sees it, and what all answers share.
 * @module
 */
import type { AnswerMemory, AnswerShare } from "../answer-memory.ts";
import type { DataApiClient } from "../data-api/client.ts";
import { fetchListWith } from "../data-api/elements.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import type { Connection } from "../sessions/connection.ts";
import { createSampleRecords, type SampleRecord } from "../plan/sample-records.ts";
import { createReferencedDocuments, type ReferencedDocuments } from "../shared/referenced-documents.ts";
import type { SharedAnswers } from "../shared/shared-answers.ts";
import { createServerMemories } from "../slices/server-memory.ts";
import type { Source } from "../slices/slice.ts";

export interface AnswerContext {
  /** Names the credential whose data it is, for caches: nothing is shared between two credentials. */
  readonly owner: string;
  /** Aborts when the caller has gone or the time of the call is up. */
  readonly signal: AbortSignal;
  readonly memory: AnswerMemory;
  /**
   * The Data API with these credentials. Its requests end when the signal aborts. With a share, what slices keep is
   * counted, and requests wait where the share gets no room.
   */
  readonly sourceFor: (signal: AbortSignal, share?: AnswerShare) => Source;
  readonly references: ReferencedDocuments;
  readonly shared: SharedAnswers;
  /** Seconds for which an answer may be shared with callers who do not say how old it may be. */
  readonly keepFor: number;
  readonly sampleRecord: SampleRecord;
  readonly hidePersonalData: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Who asks. */
export interface Caller {
  readonly requestId: string;
  /** Aborts when the caller has gone or the time for the whole call is up. */
  readonly signal: AbortSignal;
}

export type MakeAnswerContext = (connection: Connection, caller: Caller) => AnswerContext;

export interface AnswerContextsOptions {
  readonly dataApi: DataApiClient;
  /** The memory of answers, and of collections that are pulled because answers refer to them. */
  readonly memory: { readonly answers: AnswerMemory; readonly references: AnswerMemory };
  /** Whose data a connection reads. */
  readonly ownerOf: (connection: Connection) => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly steady: SteadyClock;
  readonly shared: SharedAnswers;
  /** Seconds; see AnswerContext. */
  readonly keepFor: number;
  /** Refuse personal data even where it is asked for by its name. */
  readonly hidePersonalData: boolean;
}

export function createAnswerContexts(options: AnswerContextsOptions): MakeAnswerContext {
  const { dataApi, memory, ownerOf, now, steady, shared, keepFor, hidePersonalData } = options;
  const references = createReferencedDocuments(shared, memory.references);
  const memoryOf = createServerMemories(steady);
  const sampleRecordOf = createSampleRecords(steady);

  return (connection, { requestId, signal }) => {
    const owner = ownerOf(connection);
    const sourceFor = (stop: AbortSignal, share?: AnswerShare): Source => ({
      fetch: fetchListWith(dataApi, connection, { signal: stop, requestId }, share?.admitted),
      memory: memoryOf(owner),
      hold: share?.hold,
    });
    return {
      owner,
      references,
      shared,
      keepFor,
      sampleRecord: sampleRecordOf(owner),
      now,
      hidePersonalData,
      signal,
      memory: memory.answers,
      sourceFor,
    };
  };
}
