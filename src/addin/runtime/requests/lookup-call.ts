/**
 * The body and answer of a lookup call.
 * @module
 */
import type {
  AsOfRequest,
  KeyValue,
  LookupAnswer,
  LookupRequest,
  LookupResult,
} from "../../../kalibrate/gateway-api.ts";
import type { Column } from "../../../kalibrate/table.ts";
import type { HeldConnection } from "../session/connection-store.ts";
import { incomplete } from "../session/gateway-answers.ts";
import type { Generation } from "./generations.ts";
import { requestKey } from "./request-key.ts";
import type { Waiting } from "./request-engine.ts";

/** `as-of` looks up what was in force at a moment. The moment is one more value after the key values. */
export type LookupOperation = "lookup" | "as-of";

/** The records to search, and the fields to find them by. */
export interface Slice {
  readonly operation: LookupOperation;
  readonly connection: HeldConnection;
  readonly collection: string;
  readonly query: string | undefined;
  readonly keys: readonly string[];
  /** Equal slices have equal keys. */
  readonly key: string;
}

export function sliceOf(
  connection: HeldConnection,
  collection: string,
  query: string | undefined,
  keys: readonly string[],
  operation: LookupOperation = "lookup",
): Slice {
  const key = requestKey(connection, operation, [collection, query, keys]);
  return { operation, connection, collection, query, keys, key };
}

/** The key of a lookup entry: a field and the key values of one record. */
export interface LookupKey {
  readonly field: string;
  /** One value per key. */
  readonly values: readonly KeyValue[];
}

export interface EntryAnswer {
  readonly result: LookupResult;
  readonly column: Column;
  /** The generation in which it was requested. */
  readonly generation: Generation;
}

/** A lookup result with its key. Thousands of cells may share one entry, so that each result is requested once. */
export interface LookupEntry extends LookupKey {
  answer: EntryAnswer | undefined;
  /** The batch that looks it up, until its call has completed. */
  batch: Batch | undefined;
}

/** The entries of one call; complete when the batch window closes. */
export interface Batch {
  readonly key: string;
  readonly slice: Slice;
  /** The generation of the waiting cells; the call may be made in a later one. */
  readonly generation: Generation;
  readonly byField: Map<string, LookupEntry[]>;
  /** Number of waiting cells. */
  cells: number;
  /** For the request engine the batch is one cell, however many cells wait for it. */
  readonly waiting: Waiting;
  /** Whether the batch window has closed. */
  isComplete: boolean;
  /** Resolves when the entries have their answers. */
  answer: Promise<void>;
  /** By field, if the call failed because of single fields. */
  failures: ReadonlyMap<string, unknown>;
  characters: number;
}

/** The keys that a call requests, by field. */
export type KeysByField = ReadonlyMap<string, readonly LookupKey[]>;

export function bodyOf(
  { operation, connection, collection, query, keys }: Slice,
  requested: KeysByField,
  maxAge: number,
): LookupRequest | AsOfRequest {
  return {
    connection: connection.name,
    collection,
    ...(query !== undefined && { query }),
    keys: [...keys],
    maxAge,
    requests: Array.from(requested, ([field, list]) => ({
      field,
      values: list.map(({ values }) => values.slice(0, keys.length)),
      ...(operation === "as-of" && { moments: list.map(({ values }) => values[keys.length]) }),
    })),
  };
}

/**
 * The answers to each list of keys, in order.
 * @throws KalError if one is missing. They are matched by position, so with a list that is too short values would appear
 * in wrong cells.
 */
export function readAnswer(
  { columns, results }: LookupAnswer,
  lists: readonly (readonly LookupKey[])[],
  generation: Generation,
): EntryAnswer[][] {
  return lists.map(({ length }, at) => {
    const column = columns[at];
    const list = results[at];
    if (!column || list?.length !== length) throw incomplete();
    return list.map((result) => ({ result, column, generation }));
  });
}
