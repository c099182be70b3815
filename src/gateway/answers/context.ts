/**
 * The context of an answer: the caller, the Data API with the caller's credential, and the caches shared by all
 * answers.
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
  /** The credential, for cache keys: nothing is shared between two credentials. */
  readonly owner: string;
  /** Aborts when the caller has left or at the deadline. */
  readonly signal: AbortSignal;
  readonly memory: AnswerMemory;
  /**
   * The Data API with these credentials. Its requests end when the signal aborts. With a share, the memory of slices
   * is counted, and requests wait if the share gets no room.
   */
  readonly sourceFor: (signal: AbortSignal, share?: AnswerShare) => Source;
  readonly references: ReferencedDocuments;
  /** The age of an answer counts from when the call came in: what was asked for since is new to it. */
  readonly shared: SharedAnswers;
  /** Seconds for which an answer may be shared. */
  readonly keepFor: number;
  readonly sampleRecord: SampleRecord;
  readonly hidePersonalData: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The caller. */
export interface Caller {
  readonly requestId: string;
  /** Aborts when the caller has left or at the call's deadline. */
  readonly signal: AbortSignal;
}

export type MakeAnswerContext = (connection: Connection, caller: Caller) => AnswerContext;

export interface AnswerContextsOptions {
  readonly dataApi: DataApiClient;
  /** The memory of answers, and of referenced collections pulled for them. */
  readonly memory: { readonly answers: AnswerMemory; readonly references: AnswerMemory };
  /** The owner of the data that a connection reads. */
  readonly ownerOf: (connection: Connection) => string;
  /** Its name under the cache key before; undefined outside a rotation. */
  readonly formerOwnerOf: ((connection: Connection) => string) | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly steady: SteadyClock;
  readonly shared: SharedAnswers;
  /** Seconds; see AnswerContext. */
  readonly keepFor: number;
  /** Refuse personal data even if it is requested by name. */
  readonly hidePersonalData: boolean;
}

export function createAnswerContexts(options: AnswerContextsOptions): MakeAnswerContext {
  const { dataApi, memory, ownerOf, formerOwnerOf, now, steady, shared, keepFor, hidePersonalData } = options;
  const references = createReferencedDocuments(memory.references);
  const memoryOf = createServerMemories(steady);
  const sampleRecordOf = createSampleRecords(steady);

  return (connection, { requestId, signal }) => {
    const owner = ownerOf(connection);
    const formerOwner = formerOwnerOf?.(connection);
    const arrived = steady();
    const ageNow = (maxAge: number | undefined) =>
      maxAge === undefined ? undefined : maxAge + (steady() - arrived) / 1000;
    const sourceFor = (stop: AbortSignal, share?: AnswerShare): Source => ({
      fetch: fetchListWith(dataApi, connection, { signal: stop, requestId }, share?.admitted),
      memory: memoryOf(owner),
      hold: share?.hold,
    });
    return {
      owner,
      references,
      shared: {
        get: (request) => shared.get({ ...request, formerOwner, maxAge: ageNow(request.maxAge) }),
      },
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
