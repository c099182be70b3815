/**
 * The slice of a plan: combines its answers and applies the filters of the gateway.
 * @module
 */
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import { matcher } from "../../kalibrate/query/matches.ts";
import { byCreation } from "../slices/creation-order.ts";
import { openSlice, type Slice, type Source } from "../slices/slice.ts";
import { refersTo } from "./reference-filters.ts";
import type { LocalFilter, SlicePlan } from "./slice-plan.ts";

/** @param keep reduces a document; must keep at least its `identityAttributes`. */
export function openPlan(
  { address, sent, here, start, maxDocuments }: SlicePlan,
  source: Source,
  keep: (document: DataDocument) => DataDocument,
): Slice {
  const tests = here.map(testOf);
  const hasLocal = tests.length > 0;
  const slices = sent.map((query) =>
    openSlice(
      {
        address,
        query,
        maxDocuments: hasLocal ? Infinity : maxDocuments,
        // Documents arrive in the requested order, so the first ones that pass are the result.
        enough: hasLocal ? start + maxDocuments : Infinity,
        keep: hasLocal
          ? (document) => (tests.every((test) => test(document)) ? keep(document) : undefined)
          : keep,
      },
      source,
    ),
  );
  const [only, ...others] = slices;
  if (only && others.length === 0) return hasLocal ? cut(only, start, maxDocuments) : only;
  return cut(putTogether(slices), start, maxDocuments);
}

function testOf(filter: LocalFilter): (document: DataDocument) => boolean {
  if (!("ids" in filter)) return matcher(filter);
  const { path, ids, isNegated } = filter;
  return (document) => refersTo(document, path, ids) !== isNegated;
}

/** Takes only the documents from `start` on. */
function cut(slice: Slice, start: number, maxDocuments: number): Slice {
  return basedOn(slice, slice, () => slice.documents.slice(start, start + maxDocuments));
}

/** A slice with another way to read it, or with other documents at its end. */
export function basedOn(
  slice: Slice,
  reading: AsyncIterable<readonly DataDocument[]>,
  documents: () => readonly DataDocument[] = () => slice.documents,
): Slice {
  return {
    [Symbol.asyncIterator]: () => reading[Symbol.asyncIterator](),
    get count() {
      return slice.count;
    },
    get documents() {
      return documents();
    },
    get superseded() {
      return slice.superseded;
    },
    get isOrdered() {
      return slice.isOrdered;
    },
  };
}

/** Reads several slices at once as one, newest document first. No document is in two of them. */
function putTogether(slices: readonly Slice[]): Slice {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    [Symbol.asyncIterator]: () => merge(slices.map((slice) => slice[Symbol.asyncIterator]())),
    get count() {
      return sum(slices.map(({ count }) => count));
    },
    get documents() {
      return slices.flatMap(({ documents }) => documents).sort(byCreation);
    },
    get superseded() {
      return sum(slices.map(({ superseded }) => superseded));
    },
    isOrdered: true,
  };
}

async function* merge<T>(iterators: readonly AsyncIterator<T>[]): AsyncGenerator<T> {
  const advance = async (iterator: AsyncIterator<T>) => ({ iterator, step: await iterator.next() });
  const pending = new Map(iterators.map((iterator) => [iterator, advance(iterator)]));
  try {
    while (pending.size > 0) {
      const { iterator, step } = await Promise.race(pending.values());
      if (step.done === true) pending.delete(iterator);
      else {
        yield step.value;
        pending.set(iterator, advance(iterator));
      }
    }
  } finally {
    for (const [, step] of pending) step.catch(() => undefined);
    await Promise.all([...pending.keys()].map(async (iterator) => iterator.return?.()));
  }
}
