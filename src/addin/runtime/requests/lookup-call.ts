/**
 * One call for the values of a slice: what is asked, and what comes back.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { KeyValue, LookupAnswer, LookupRequest, LookupResult } from "../../../kalibrate/gateway-api.ts";
import type { Column } from "../../../kalibrate/table.ts";
import type { HeldConnection } from "../session/connection-store.ts";
import type { Epoch } from "./epochs.ts";
import { requestKey } from "./request-key.ts";
import type { Waiting } from "./request-engine.ts";

/** Where is looked, and by which fields. */
export interface Slice {
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
): Slice {
  const key = requestKey(connection, "lookup", [collection, query, keys]);
  return { connection, collection, query, keys, key };
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
  readonly epoch: Epoch;
}

/** A value that cells look for. They hold it until it is found: thousands share it, and none looks it up again. */
export interface Sought extends Wanted {
  found: Found | undefined;
  /** The batch that brings it, until its call is over. */
  batch: Batch | undefined;
}

/** What one call asks for; it is complete when the burst is over. */
export interface Batch {
  readonly key: string;
  readonly slice: Slice;
  /** Of the cells that wait for it; it may be asked in a later one. */
  readonly epoch: Epoch;
  readonly byField: Map<string, Sought[]>;
  /** How many cells wait for it. */
  cells: number;
  /** How the batch itself waits: one cell for the engine, however many there are. */
  readonly waiting: Waiting;
  /** Whether its burst is over. */
  isComplete: boolean;
  /** Over when what was found is with what was sought. */
  answer: Promise<void>;
  /** By field, where the call failed because of single ones. */
  failures: ReadonlyMap<string, unknown>;
  characters: number;
}

/** What a call asks for, by field. */
export type WantedByField = ReadonlyMap<string, readonly Wanted[]>;

export function bodyOf(
  { connection, collection, query, keys }: Slice,
  wanted: WantedByField,
  maxAge: number | undefined,
): LookupRequest {
  return {
    connection: connection.name,
    collection,
    ...(query !== undefined && { query }),
    keys: [...keys],
    ...(maxAge !== undefined && { maxAge }),
    requests: Array.from(wanted, ([field, list]) => ({
      field,
      values: list.map(({ values }) => values.slice()),
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
    return columns[at] && found?.length === length && found.every((one) => one);
  });
}

export function incomplete(): KalError {
  return new KalError("KAL_GATEWAY_INTERNAL", { message: "The KAL service’s answer is not complete." });
}
