/**
 * Lookups: any number of cells are answered from one index of their slice, which is cached for later lookups.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { LookupAnswer, LookupRequest, LookupResult } from "../../kalibrate/gateway-api.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import { shareOfHeap } from "../heap.ts";
import type { AnswerContext } from "./context.ts";
import { answerFromSlice, createIndexedSlices } from "./indexed-slices.ts";
import { readKeyValues } from "./key-values.ts";
import { indexRows } from "./lookup-index.ts";

export type LookUp = (request: LookupRequest, context: AnswerContext) => Promise<LookupAnswer>;

/**
 * Creates the lookup function with its cache.
 * @param maxBytes of all cached slices; a larger slice answers its callers but is not cached.
 */
export function createLookUp(steady: SteadyClock, maxBytes = shareOfHeap("lookups")): LookUp {
  const slices = createIndexedSlices(
    steady,
    ({ rows }, { query }, keyCount) => {
      const isOrdered = query.some(({ property }) => property === "orderBy");
      return indexRows(rows, keyCount, isOrdered);
    },
    maxBytes,
  );
  return async (request, context) => {
    refuseNoFields(request);
    const { requests, ...slice } = request;
    const fields = requests.map(({ field }) => field.trim());
    const indexed = await slices({ ...slice, fields }, context);
    return answerFromSlice(indexed, requests, ({ values }, place) =>
      values.map((given): LookupResult => {
        const read = readKeyValues(given, request.keys.length);
        return Array.isArray(read) ? indexed.index.find(place, read) : { error: read };
      }),
    );
  };
}

/** @throws KalError KAL_FIELD_UNKNOWN for a key or field without a name, or for `*`. */
export function refuseNoFields({ keys, requests }: Pick<LookupRequest, "keys" | "requests">): void {
  for (const name of [...keys, ...requests.map(({ field }) => field)]) {
    if (name.trim() !== "" && name.trim() !== "*") continue;
    throw new KalError("KAL_FIELD_UNKNOWN", {
      message: `“${shorten(name)}” is not a single field.`,
      hint: "Give the field whose value you want: currentPrice.",
    });
  }
}
