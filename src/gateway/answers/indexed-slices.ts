/**
 * Indexed slices, cached so that any number of cells and later calls are answered from one pull.
 * @module
 */
import { LRUCache } from "lru-cache";
import type { LookupAnswer, LookupResult, QueryAnswer } from "../../kalibrate/gateway-api.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import type { Column } from "../../kalibrate/table.ts";
import { shareWork, type SharedWork } from "../shared-work.ts";
import { type Age, isFresh } from "../shared/answer.ts";
import type { AnswerContext } from "./context.ts";
import { shareTableOfAge, sizeOfTable } from "./shared-table.ts";
import { readTableRequest, type TableRequest } from "./table.ts";

/** Bytes of a row's entry in the index. */
const placeBytes = 160;

export interface IndexedRequest {
  readonly collection: string;
  readonly query?: string;
  /** The first columns of the rows. */
  readonly keys: readonly string[];
  readonly maxAge?: number;
  /** The fields needed besides the keys. */
  readonly fields: readonly string[];
}

export interface IndexedSlice<Index> {
  readonly answer: QueryAnswer;
  readonly index: Index;
  /** A requested field: its column and its index in the rows. */
  readonly find: (field: string) => { readonly place: number; readonly column: Column };
}

interface Pulled<Index> extends Age {
  readonly answer: QueryAnswer;
  readonly index: Index;
}

interface Entry<Index> {
  /** The fields that were pulled besides the keys. */
  readonly fields: readonly string[];
  readonly pulled: SharedWork<Pulled<Index>>;
  /** As of a shared answer; until it is pulled, as old as it may turn out to be. */
  age: Age;
  /** Approximate bytes; 0 until it is pulled, or if that failed. */
  size: number;
}

/**
 * @param makeIndex of rows whose columns are the keys, then at least the fields of the first request
 * @param maxBytes of all cached slices; a larger slice answers its callers but is not cached
 */
export function createIndexedSlices<Index>(
  steady: SteadyClock,
  makeIndex: (answer: QueryAnswer, request: TableRequest, keyCount: number) => Index,
  maxBytes: number,
): (request: IndexedRequest, context: AnswerContext) => Promise<IndexedSlice<Index>> {
  const entries = new LRUCache<string, Entry<Index>>({ maxSize: maxBytes });

  async function pull(
    { collection, query, keys, maxAge }: IndexedRequest,
    fields: readonly string[],
    context: AnswerContext,
  ): Promise<Pulled<Index>> {
    const request = readTableRequest(
      {
        collection,
        fields: [...keys, ...fields],
        ...(query !== undefined && { query }),
        ...(maxAge !== undefined && { maxAge }),
      },
      context,
    );
    const share = context.memory.open(context.owner, context.signal);
    // The memory of lookups counts the index.
    const { table, ...age } = await shareTableOfAge(request, context, share).finally(() => share.shrink(0));
    return { answer: table, index: makeIndex(table, request, keys.length), ...age };
  }

  /** The slice with at least these fields: from the cache, from a pull in progress, or from a new one. */
  function entryFor(request: IndexedRequest, context: AnswerContext): Entry<Index> {
    const { collection, query = "", keys, maxAge } = request;
    const name = JSON.stringify([context.owner, collection, query, keys]);
    const known = entries.get(name);
    const isYoung =
      known !== undefined &&
      !known.pulled.isAbandoned &&
      isFresh(known.age, steady(), context.keepFor, maxAge);
    const requested = [...new Set(request.fields)];
    if (isYoung && requested.every((field) => known.fields.includes(field))) return known;

    // An entry that is still being pulled may have a field that does not exist.
    const good = isYoung && known.size > 0 ? known : undefined;
    const fields = [...new Set([...(good?.fields ?? []), ...requested])];
    const pulled = shareWork((signal) => pull(request, fields, { ...context, signal }));
    const lag = Math.min(maxAge ?? Infinity, context.keepFor) * 1000;
    const entry: Entry<Index> = { fields, pulled, age: { started: steady(), lag }, size: 0 };
    entries.set(name, entry, { size: 1 });
    const keep = (result: Entry<Index> | undefined) => {
      if (entries.peek(name) !== entry) return;
      // lru-cache does not update the size of a value that is set again.
      entries.delete(name);
      if (result) entries.set(name, result, { size: result.size });
    };
    pulled.outcome.then(
      ({ answer, started, lag }) => {
        entry.age = { started, lag };
        entry.size = sizeOfTable(answer) + answer.rows.length * placeBytes;
        keep(entry);
      },
      () => keep(good),
    );
    return entry;
  }

  return async (request, context) => {
    const entry = entryFor(request, context);
    const { answer, index } = await entry.pulled.join(context.signal);
    return {
      answer,
      index,
      find(field) {
        const place = request.keys.length + entry.fields.indexOf(field);
        const column = answer.columns[place];
        if (!column) throw new RangeError(`The slice was pulled without ${field}.`);
        return { place, column };
      },
    };
  };
}

/** @param resultsOf the results of one request, whose field has this index in the rows */
export function answerFromSlice<Request extends { readonly field: string }>(
  { answer, find }: IndexedSlice<unknown>,
  requests: readonly Request[],
  resultsOf: (request: Request, place: number) => LookupResult[],
): LookupAnswer {
  const found = requests.map((request) => ({ request, ...find(request.field.trim()) }));
  return {
    asOf: answer.asOf,
    columns: found.map(({ column }) => column),
    ...(answer.superseded !== undefined && { superseded: answer.superseded }),
    results: found.map(({ request, place }) => resultsOf(request, place)),
  };
}
