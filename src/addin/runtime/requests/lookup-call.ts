/**
 * One call for the values of a slice: what is asked, and what comes back, by names.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { KeyValue, LookupAnswer, LookupRequest, LookupResult } from "../../../kalibrate/gateway-api.ts";
import type { Column } from "../../../kalibrate/table.ts";
import type { HeldConnection } from "../session/connection-store.ts";
import type { Epoch } from "./epochs.ts";
import { requestKey } from "./request-key.ts";
import { valuesKey } from "./values-key.ts";

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

/** By field, the lists of key values that are looked for. */
export type WantedValues = ReadonlyMap<string, readonly (readonly KeyValue[])[]>;

/** Equal wanted values have equal names. */
export function nameOf({ field, values }: Wanted): string {
  return valuesKey(field) + valuesKey(values);
}

export function bodyOf(
  { connection, collection, query, keys }: Slice,
  values: WantedValues,
  maxAge: number | undefined,
): LookupRequest {
  return {
    connection: connection.name,
    collection,
    ...(query !== undefined && { query }),
    keys: [...keys],
    ...(maxAge !== undefined && { maxAge }),
    requests: Array.from(values, ([field, lists]) => ({ field, values: lists.map((list) => [...list]) })),
  };
}

/** The answer by names. Its order is the request's, so a list that is too short would put values into wrong cells. */
export function foundIn(answer: LookupAnswer, values: WantedValues, epoch: Epoch): Map<string, Found> {
  const found = new Map<string, Found>();
  [...values].forEach(([field, lists], at) => {
    const column = answer.columns[at];
    const results = answer.results[at];
    if (!column || results?.length !== lists.length) throw incomplete();
    lists.forEach((list, index) => {
      const result = results[index];
      if (!result) throw incomplete();
      found.set(nameOf({ field, values: list }), { result, column, epoch });
    });
  });
  return found;
}

export function incomplete(): KalError {
  return new KalError("KAL_GATEWAY_INTERNAL", { message: "The KAL service’s answer is not complete." });
}
