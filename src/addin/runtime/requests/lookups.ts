/**
 * Lookups of many cells as few calls: all that one burst asks of one slice goes out together, each value once, and
 * what is known already is not asked for.
 * @module
 */
import { LRUCache } from "lru-cache";
import { type ErrorCode, KalError } from "../../../kalibrate/errors.ts";
import type { KeyValue, LookupAnswer, LookupRequest, LookupResult } from "../../../kalibrate/gateway-api.ts";
import type { Column } from "../../../kalibrate/table.ts";
import { afterBurst } from "./burst.ts";
import type { HeldConnection } from "../session/connection-store.ts";
import type { Epoch } from "./epochs.ts";
import type { Cancelable, RequestEngine, StartOptions } from "./request-engine.ts";
import { requestKey } from "./request-key.ts";

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
}

export type CallLookup = (
  connection: HeldConnection,
  request: LookupRequest,
  signal: AbortSignal,
) => Promise<LookupAnswer>;

export interface Lookups {
  /**
   * What was found for each wanted value, in their order.
   * @throws KalError of the call that brings one of them.
   */
  readonly find: (slice: Slice, wanted: readonly Wanted[], invocation: Cancelable) => Promise<Found[]>;
}

/** Characters of key values in one call: at up to three bytes each within the gateway's body (1 MiB by default). */
const mostCharacters = 300_000;

/** Fields in one call: as many as the gateway takes. */
const mostFields = 100;

/** Refusals that one field among several may have brought about. */
const ofOneField: ReadonlySet<ErrorCode> = new Set(["KAL_FIELD_UNKNOWN", "KAL_REQUEST_INVALID"]);

/** Slices of which found values are kept until the epoch ends, and how many values of each. */
const mostSlices = 50;
const mostFound = 100_000;

/** What is known of a slice in an epoch, by the names of what was wanted. */
interface Known {
  readonly epoch: Epoch;
  readonly found: Map<string, Found>;
}

/** What one call asks for; it is complete when the burst is over. */
interface Batch {
  readonly key: string;
  readonly slice: Slice;
  /** By field, the lists of key values. */
  readonly values: Map<string, (readonly KeyValue[])[]>;
  /** Names of what is in it already. */
  readonly names: Set<string>;
  characters: number;
}

export function createLookups(engine: RequestEngine, call: CallLookup): Lookups {
  const known = new LRUCache<string, Known>({ max: mostSlices });
  /** By slice, the batch that still takes values. */
  const open = new Map<string, Batch>();
  let lastBatch = 0;
  let burst: Promise<void> | undefined;

  function endOfBurst(): Promise<void> {
    burst ??= new Promise<void>(afterBurst).then(() => {
      burst = undefined;
      open.clear();
    });
    return burst;
  }

  /** What the epoch knows of a slice; while paused, what any epoch knew. */
  function memoryOf({ key, connection }: Slice): Map<string, Found> {
    const epoch = engine.epochOf(connection.ticket);
    const before = known.get(key);
    if (before && (before.epoch === epoch || engine.paused) && before.found.size < mostFound)
      return before.found;
    const found = new Map<string, Found>();
    known.set(key, { epoch, found });
    return found;
  }

  /** Puts a value into a batch of this burst. */
  function place(slice: Slice, name: string, { field, values }: Wanted): Batch {
    let batch = open.get(slice.key);
    if (!batch || (!batch.names.has(name) && isFull(batch, field))) {
      batch = {
        key: `${slice.key} ${++lastBatch}`,
        slice,
        values: new Map(),
        names: new Set(),
        characters: 0,
      };
      open.set(slice.key, batch);
    }
    if (batch.names.has(name)) return batch;
    batch.names.add(name);
    batch.characters += name.length;
    const lists = batch.values.get(field);
    if (lists) lists.push(values);
    else batch.values.set(field, [values]);
    return batch;
  }

  /** Asks for a batch, once however many cells wait for it; `fields` are those that this cell wants. */
  async function ask(
    batch: Batch,
    fields: ReadonlySet<string>,
    invocation: Cancelable,
  ): Promise<ReadonlyMap<string, Found>[]> {
    const { key, slice, values } = batch;
    const start = async ({ signal, maxAge }: StartOptions) => {
      // Of the epoch that is asked in: what comes after a refresh has begun would pass for new there.
      const memory = memoryOf(slice);
      const answer = await call(slice.connection, bodyOf(batch, maxAge), signal);
      const found = foundIn(answer, batch);
      for (const [name, one] of found) memory.set(name, one);
      return found;
    };
    const topic = [slice.key, ...values.keys()].join(" ");
    try {
      return [await engine.share({ key, ticket: slice.connection.ticket, topic, start }, invocation)];
    } catch (error) {
      const isOfOneField = error instanceof KalError && ofOneField.has(error.code);
      if (!isOfOneField || values.size < 2) throw error;
    }
    // One field of several is mistyped: the cells that want another one get it all the same.
    const parts = [...values].filter(([field]) => fields.has(field));
    const interests = parts.map(() => ({ onCanceled: () => undefined }));
    invocation.onCanceled = () => interests.forEach((interest) => interest.onCanceled());
    const answers = parts.map((part, at) =>
      ask({ ...batch, key: `${key} ${part[0]}`, values: new Map([part]) }, fields, interests[at]!),
    );
    return (await Promise.all(answers)).flat();
  }

  async function askAll(
    batches: ReadonlySet<Batch>,
    fields: ReadonlySet<string>,
    invocation: Cancelable,
  ): Promise<ReadonlyMap<string, Found>[]> {
    let left = false;
    invocation.onCanceled = () => (left = true);
    await endOfBurst();
    if (left) throw new DOMException("The cell was edited or deleted.", "AbortError");
    const interests = Array.from(batches, () => ({ onCanceled: () => undefined }));
    invocation.onCanceled = () => interests.forEach((interest) => interest.onCanceled());
    const answers = Array.from(batches, (batch, at) => ask(batch, fields, interests[at]!));
    return (await Promise.all(answers)).flat();
  }

  return {
    async find(slice, wanted, invocation) {
      const memory = memoryOf(slice);
      const names = wanted.map(nameOf);
      const found = names.map((name) => memory.get(name));
      const batches = new Set<Batch>();
      names.forEach((name, at) => {
        if (!found[at]) batches.add(place(slice, name, wanted[at]!));
      });
      if (batches.size === 0) return found as Found[];
      const fresh = await askAll(batches, new Set(wanted.map(({ field }) => field)), invocation);
      return names.map((name, at) => found[at] ?? pick(fresh, name));
    },
  };
}

function isFull({ characters, values }: Batch, field: string): boolean {
  return characters > mostCharacters || (values.size >= mostFields && !values.has(field));
}

function nameOf({ field, values }: Wanted): string {
  return JSON.stringify([field, ...values]);
}

function bodyOf({ slice, values }: Batch, maxAge: number | undefined): LookupRequest {
  const { connection, collection, query, keys } = slice;
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
function foundIn(answer: LookupAnswer, { values }: Batch): Map<string, Found> {
  const found = new Map<string, Found>();
  [...values].forEach(([field, lists], at) => {
    const column = answer.columns[at];
    const results = answer.results[at];
    if (!column || results?.length !== lists.length) throw incomplete();
    lists.forEach((list, index) => {
      const result = results[index];
      if (!result) throw incomplete();
      found.set(nameOf({ field, values: list }), { result, column });
    });
  });
  return found;
}

function pick(fresh: readonly ReadonlyMap<string, Found>[], name: string): Found {
  for (const found of fresh) {
    const one = found.get(name);
    if (one) return one;
  }
  throw incomplete();
}

function incomplete(): KalError {
  return new KalError("KAL_GATEWAY_INTERNAL", { message: "The KAL service’s answer is not complete." });
}
