/**
 * Lookups: any number of cells are answered from one index of their slice, which is kept for later lookups.
 * @module
 */
import { LRUCache } from "lru-cache";
import { KalError } from "../../kalibrate/errors.ts";
import type { LookupAnswer, LookupRequest, LookupResult, QueryAnswer } from "../../kalibrate/gateway-api.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import { shareOfHeap } from "../heap.ts";
import { shareWork, type SharedWork } from "../shared-work.ts";
import { readKeyValues } from "./key-values.ts";
import { indexRows, type LookupIndex } from "./lookup-index.ts";
import type { AnswerContext } from "./context.ts";
import { makeTable, readTableRequest } from "./table.ts";

export type LookUp = (request: LookupRequest, context: AnswerContext) => Promise<LookupAnswer>;

/** Seconds for which a pulled slice answers lookups that do not ask for newer data. */
const defaultMaxAge = 300;

/** Bytes of a row with its place in the index, and of a value beside its text. */
const rowBytes = 200;
const valueBytes = 16;

interface Indexed {
  readonly answer: QueryAnswer;
  readonly index: LookupIndex;
}

interface Entry {
  /** The fields that were pulled beside the keys. */
  readonly fields: readonly string[];
  readonly pulled: SharedWork<Indexed>;
  /** Milliseconds by the steady clock. */
  readonly started: number;
  /** Bytes, about; 0 as long as it is not pulled, or where that failed. */
  size: number;
}

/**
 * Makes the function that answers lookups, with its memory.
 * @param maxBytes of all slices that are kept; a larger one answers its callers and is not kept.
 */
export function createLookUp(steady: SteadyClock, maxBytes = shareOfHeap("lookups")): LookUp {
  const entries = new LRUCache<string, Entry>({ maxSize: maxBytes });

  /** The slice with at least these fields: from memory, from a pull under way, or from a new one. */
  function entryFor(request: LookupRequest, context: AnswerContext): Entry {
    const { collection, query = "", keys, maxAge = defaultMaxAge } = request;
    const name = JSON.stringify([context.owner, collection, query, keys]);
    const known = entries.get(name);
    const isYoung =
      known !== undefined && !known.pulled.isAbandoned && steady() - known.started <= maxAge * 1000;
    const requested = [...new Set(request.requests.map(({ field }) => field.trim()))];
    if (isYoung && requested.every((field) => known.fields.includes(field))) return known;

    // An entry whose pull is under way may name a field that does not exist.
    const good = isYoung && known.size > 0 ? known : undefined;
    const fields = [...new Set([...(good?.fields ?? []), ...requested])];
    const pulled = shareWork((signal) => pullIndexed(request, fields, { ...context, signal }));
    const entry: Entry = { fields, pulled, started: steady(), size: 0 };
    entries.set(name, entry, { size: 1 });
    const keep = (result: Entry | undefined) => {
      if (entries.peek(name) !== entry) return;
      // lru-cache leaves the size of a value that is set again as it was.
      entries.delete(name);
      if (result) entries.set(name, result, { size: result.size });
    };
    pulled.outcome.then(
      ({ answer }) => {
        entry.size = sizeOf(answer);
        keep(entry);
      },
      () => keep(good),
    );
    return entry;
  }

  return async (request, context) => {
    checkRequest(request);
    const entry = entryFor(request, context);
    const { answer, index } = await entry.pulled.join(context.signal);
    const places = request.requests.map(
      ({ field }) => request.keys.length + entry.fields.indexOf(field.trim()),
    );
    return {
      asOf: answer.asOf,
      columns: places.map((place) => answer.columns[place]!),
      ...(answer.superseded !== undefined && { superseded: answer.superseded }),
      results: request.requests.map(({ values }, at) =>
        values.map((given): LookupResult => {
          const read = readKeyValues(given, request.keys.length);
          return Array.isArray(read) ? index.find(places[at]!, read) : { error: read };
        }),
      ),
    };
  };
}

function sizeOf({ rows }: QueryAnswer): number {
  let bytes = 1 + rows.length * rowBytes;
  for (const row of rows) {
    bytes += row.length * valueBytes;
    for (const value of row) if (typeof value === "string") bytes += value.length;
  }
  return bytes;
}

async function pullIndexed(
  { collection, query, keys, maxAge }: LookupRequest,
  fields: readonly string[],
  context: AnswerContext,
): Promise<Indexed> {
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
  // The index is counted by the memory of lookups.
  const answer = await makeTable(request, context, share).finally(() => share.shrink(0));
  const isOrdered = request.query.some(({ property }) => property === "orderBy");
  return { answer, index: indexRows(answer.rows, keys.length, isOrdered) };
}

/** @throws KalError KAL_FIELD_UNKNOWN */
function checkRequest({ keys, requests }: LookupRequest): void {
  for (const name of [...keys, ...requests.map(({ field }) => field)]) {
    if (name.trim() !== "" && name.trim() !== "*") continue;
    throw new KalError("KAL_FIELD_UNKNOWN", {
      message: `“${shorten(name)}” is not a single field.`,
      hint: "Give the field whose value you want: currentPrice.",
    });
  }
}
