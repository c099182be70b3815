/**
 * One call for the values of a slice: what is asked, and what comes back.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type {
  AsOfRequest,
  KeyValue,
  LookupAnswer,
  LookupRequest,
  LookupResult,
} from "../../../kalibrate/gateway-api.ts";
import type { Column } from "../../../kalibrate/table.ts";
import type { HeldConnection } from "../session/connection-store.ts";
import type { Generation } from "./generations.ts";
import { requestKey } from "./request-key.ts";
import type { Waiting } from "./request-engine.ts";

/** Where is looked, and by which fields. */
/** `as-of` looks for what was in force at a moment, which is one more value behind those of the keys. */
export type LookupOperation = "lookup" | "as-of";

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

/** One value that a cell wants. */
export interface Wanted {
  readonly field: string;
  /** One value per key. */
  readonly values: readonly KeyValue[];
}

export interface Found {
  readonly result: LookupResult;
  readonly column: Column;
  /** In which it was asked for. */
  readonly generation: Generation;
}

/** A value that cells look up. Thousands of cells may share one entry, so none of them searches for it again. */
export interface LookupEntry extends Wanted {
  found: Found | undefined;
  /** The batch that looks it up, until its call has completed. */
  batch: Batch | undefined;
}

/** What one call asks for; complete when the batch window closes. */
export interface Batch {
  readonly key: string;
  readonly slice: Slice;
  /** Of the cells that wait for it; the call may be made in a later one. */
  readonly generation: Generation;
  readonly byField: Map<string, LookupEntry[]>;
  /** How many cells wait for it. */
  cells: number;
  /** The batch as the engine sees it: one cell, however many wait for it. */
  readonly waiting: Waiting;
  /** Whether the batch window has closed. */
  isComplete: boolean;
  /** Resolves when the entries have their results. */
  answer: Promise<void>;
  /** By field, if the call failed because of single fields. */
  failures: ReadonlyMap<string, unknown>;
  characters: number;
}

/** What a call asks for, by field. */
export type WantedByField = ReadonlyMap<string, readonly Wanted[]>;

export function bodyOf(
  { operation, connection, collection, query, keys }: Slice,
  wanted: WantedByField,
  maxAge: number | undefined,
): LookupRequest | AsOfRequest {
  return {
    connection: connection.name,
    collection,
    ...(query !== undefined && { query }),
    keys: [...keys],
    ...(maxAge !== undefined && { maxAge }),
    requests: Array.from(wanted, ([field, list]) => ({
      field,
      values: list.map(({ values }) => values.slice(0, keys.length)),
      ...(operation === "as-of" && { moments: list.map(({ values }) => values[keys.length]) }),
    })),
  };
}

/**
 * Whether an answer has all that was asked for: its order is the request's, so with a list that is too short values
 * would come into wrong cells.
 */
export function isWhole({ columns, results }: LookupAnswer, wanted: WantedByField): boolean {
  const lists = [...wanted.values()];
  return lists.every(({ length }, at) => {
    const found = results[at];
    return columns[at] && found?.length === length && found.every((lookupResult) => lookupResult);
  });
}

export function incomplete(): KalError {
  return new KalError("KAL_GATEWAY_INTERNAL", { message: "The KAL service’s answer is not complete." });
}
