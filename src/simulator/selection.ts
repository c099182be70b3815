/**
 * Which documents a query selects, and in which order.
 * @module
 */
import type { Filter, Query } from "./query.ts";
import type { SampleDocument } from "./sample/document.ts";
import type { Partition, StoredDocument } from "./sample/sample-data.ts";

/** The documents that pass all filters, in order; `limit` and `offset` are not applied. */
export function select(
  partitions: readonly Partition[],
  query: Query & { readonly anyCase?: boolean },
): readonly StoredDocument[] {
  const anyCase = query.anyCase ?? false;
  const tests = query.filters.map((filter) => toTest(filter, anyCase));
  const selected = partitions
    .filter((partition) => mayHold(partition, query.filters, anyCase))
    .flatMap((partition) =>
      partition.documents().filter(({ document }) => tests.every((test) => test(document))),
    );
  return query.orderBy ? ordered(selected, query.orderBy, query.descending) : selected;
}

/** Whether any document has a value at a path. */
export function hasProperty(partitions: readonly Partition[], path: readonly string[]): boolean {
  return partitions.some((partition) =>
    partition.documents().some(({ document }) => valueAt(document, path) !== undefined),
  );
}

/** Whether a partition can match at all, from what its documents share, so that others need not be created. */
function mayHold(
  { collection, entityType, entityVariant }: Partition,
  filters: readonly Filter[],
  anyCase: boolean,
): boolean {
  const shared = new Map(Object.entries({ collection, entityType, entityVariant }));
  return filters.every((filter) => {
    const value = filter.path.length === 1 ? shared.get(filter.path[0] ?? "") : undefined;
    return value === undefined || matches(filter, anyCase)(value);
  });
}

function toTest(filter: Filter, anyCase: boolean): (document: SampleDocument) => boolean {
  const test = matches(filter, anyCase);
  return (document) => test(valueAt(document, filter.path));
}

/** Queries name properties without a prefix: they are looked up in `id`, then in `data`. */
function valueAt(document: SampleDocument, path: readonly string[]): unknown {
  const [first = "", ...rest] = path;
  let value: unknown = Object.hasOwn(document.id, first)
    ? document.id[first as keyof SampleDocument["id"]]
    : ownValue(document.data, first);
  for (const name of rest) value = ownValue(value, name);
  return value;
}

function ownValue(holder: unknown, name: string): unknown {
  if (typeof holder !== "object" || holder === null || Array.isArray(holder)) return undefined;
  return Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;
}

/** The test of a filter on a value. An absent value (undefined) never passes, not even `!=`. */
function matches({ operator, value }: Filter, anyCase: boolean): (actual: unknown) => boolean {
  if (anyCase && (operator === "=" || operator === "@=")) {
    const test = matches({ path: [], operator, value: value.toLowerCase() }, false);
    return (actual) => test(typeof actual === "string" ? actual.toLowerCase() : actual);
  }
  switch (operator) {
    case "=":
      return equals(value);
    case "!=": {
      const equal = equals(value);
      return (actual) => actual !== undefined && !equal(actual);
    }
    case "@=":
      return (actual) => typeof actual === "string" && actual.includes(value);
    case ">":
      return compares(value, (difference) => difference > 0);
    case ">=":
      return compares(value, (difference) => difference >= 0);
    case "<":
      return compares(value, (difference) => difference < 0);
    case "<=":
      return compares(value, (difference) => difference <= 0);
  }
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function equals(value: string): (actual: unknown) => boolean {
  const number = Number(value);
  const instant = instantOf(value);
  const text = guid.test(value) ? value.toLowerCase() : value;
  return (actual) => {
    if (typeof actual === "number") return actual === number;
    if (typeof actual === "boolean") return String(actual) === value;
    if (typeof actual !== "string") return false;
    return actual === text || (instant !== undefined && instantOf(actual) === instant);
  };
}

function compares(value: string, passes: (difference: number) => boolean): (actual: unknown) => boolean {
  const instant = instantOf(value);
  const number = Number(value);
  return (actual) => {
    if (typeof actual === "number") return passes(actual - number);
    if (typeof actual !== "string" || instant === undefined) return false;
    const other = instantOf(actual);
    return other !== undefined && passes(other - instant);
  };
}

const dateTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Milliseconds since 1970 of an ISO date or date-time; UTC if it has no zone. */
function instantOf(text: string): number | undefined {
  const match = dateTime.exec(text);
  if (!match) return undefined;
  const time = Date.parse(text.length > 10 && match[1] === undefined ? `${text}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}

/** Stable order across types, as in Cosmos DB: absent values, booleans, numbers, text. */
function ordered(
  documents: readonly StoredDocument[],
  path: readonly string[],
  descending: boolean,
): readonly StoredDocument[] {
  const direction = descending ? -1 : 1;
  return documents
    .map((stored) => ({ stored, key: valueAt(stored.document, path) }))
    .sort((a, b) => direction * compareKeys(a.key, b.key))
    .map(({ stored }) => stored);
}

const typeOrder = ["undefined", "boolean", "number", "string", "object"];

function compareKeys(a: unknown, b: unknown): number {
  if (typeof a !== typeof b) return typeOrder.indexOf(typeof a) - typeOrder.indexOf(typeof b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  return 0;
}
