/**
 * Values to choose from in a filter: those of the records that match the other filters. For a filter by a record's id:
 * the names of all records of that kind.
 *
 * The values of the first records come soon. If there are more records, the service then lists all values; until they
 * come, we also load those that contain the typed text.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { findCollection } from "../../../../kalibrate/catalogue/collections.ts";
import { findReference, referredVariant } from "../../../../kalibrate/catalogue/references.ts";
import type { QueryRequest } from "../../../../kalibrate/gateway-api.ts";
import { pathOf, writePath } from "../../../../kalibrate/names.ts";
import { type Clause, filtersOf } from "../../../../kalibrate/query/clauses.ts";
import { sentQuery } from "../../../../kalibrate/query/sent-query.ts";
import { isCellError, type TableValue } from "../../../../kalibrate/table.ts";
import { anySignal } from "../../../runtime/any-signal.ts";
import type { HeldConnection } from "../../../runtime/session/connection-store.ts";
import { askRows, askSummary } from "../ask.ts";
import { collectionPath, type Draft, variantQuery } from "../draft.ts";
import { createLatest, pause, typingPause } from "../latest.ts";
import { type Filter, isClause, readFilter } from "./filter.ts";

export interface KnownValue {
  readonly value: string;
  readonly label: string;
}

export interface Known {
  /** Sorted by label. */
  readonly values: readonly KnownValue[];
  /** Whether there are no other values. */
  readonly isWhole: boolean;
  /** Whether more values are being loaded. */
  readonly isLoading: boolean;
}

export interface KnownValues {
  /** Replaced at each change. */
  byQuestion: ReadonlyMap<string, Known>;
  /** The known values of a filter, given the other filters; undefined before `load`. */
  readonly of: (filter: Filter) => Known | undefined;
  readonly load: (filter: Filter) => Promise<void>;
  /** Loads the names of records, by which a filter on ids shows its value. */
  readonly loadNames: (filter: Filter) => Promise<void>;
  /** Loads the values that contain the typed text, unless all values are loaded. */
  readonly search: (filter: Filter, typed: string) => Promise<void>;
  /** Clears the values: another collection or variant has other ones. */
  readonly forget: () => void;
}

/** Number of records whose values of a property are loaded first. */
const maxRecords = 1000;

/** The fields that people know records by, by collection. */
const nameFields: Readonly<Record<string, readonly string[]>> = {
  site: ["name", "importCode"],
  product: ["site.name", "product.name", "name"],
  productgroup: ["name"],
  reference: ["name"],
};

/** The reference attribute in `site.entityId`. */
export function referenceOf(property: string): string | undefined {
  return /^(\w+)\.entityId$/.exec(property)?.[1];
}

/** A request for the values of a filter. The first field has the values, the others describe them. */
interface Question {
  readonly collection: string;
  readonly fields: readonly string[];
  readonly filters: readonly Clause[];
  /** Whether all records are read: those behind a reference are few. */
  readonly isList: boolean;
}

export function createKnownValues(draft: Draft, connection: () => HeldConnection): KnownValues {
  const latest = createLatest();
  const latestSearch = createLatest();
  let signal = latest.begin();

  function keep(key: string, change: Partial<Known>): void {
    const before = known.byQuestion.get(key) ?? { values: [], isWhole: false, isLoading: false };
    known.byQuestion = new Map([...known.byQuestion, [key, { ...before, ...change }]]);
  }

  async function loadInto(key: string, question: Question, mine: AbortSignal): Promise<void> {
    const asking = { connection: connection(), signal: mine };
    const request = requestOf(question, question.isList ? undefined : maxRecords);
    const { rows } = await askRows(asking, request);
    const isWhole = question.isList || rows.length < maxRecords;
    keep(key, { values: merge([], rows), isWhole });
    if (isWhole) return;
    const { collection, query, fields: by = [] } = request;
    const counted = await askSummary(asking, {
      collection,
      ...(query !== undefined && { query }),
      by,
      measures: ["count"],
    });
    const values = counted.rows.map((row) => row.slice(0, by.length));
    keep(key, { values: merge([], values), isWhole: true });
  }

  const known: KnownValues = reactive<KnownValues>({
    byQuestion: new Map<string, Known>(),

    of(filter) {
      const question = questionFor(draft, filter);
      return question && known.byQuestion.get(keyOf(question));
    },

    async load(filter) {
      const question = questionFor(draft, filter);
      if (!question || known.byQuestion.has(keyOf(question))) return;
      const key = keyOf(question);
      const mine = signal;
      keep(key, { isLoading: true });
      // A value can be typed all the same.
      await loadInto(key, question, mine).catch(() => undefined);
      if (!mine.aborted) keep(key, { isLoading: false });
    },

    async loadNames(filter) {
      if (referenceOf(filter.property) !== undefined) await known.load(filter);
    },

    async search(filter, typed) {
      const mine = latestSearch.begin();
      const question = questionFor(draft, filter);
      if (!question || question.isList || typed.trim() === "") return;
      const key = keyOf(question);
      if (known.byQuestion.get(key)?.isWhole !== false) return;
      const containing: Clause = { property: filter.property, operator: "@=", value: typed.trim() };
      const all = signal;
      try {
        await pause(typingPause, mine);
        const { rows } = await askRows(
          { connection: connection(), signal: anySignal([all, mine]) },
          requestOf({ ...question, filters: [...question.filters, containing] }, maxRecords),
        );
        keep(key, { values: merge(known.byQuestion.get(key)?.values ?? [], rows) });
      } catch {
        // The text has changed meanwhile, or cannot be part of a query. The person can still use it as a value.
      }
    },

    forget() {
      signal = latest.begin();
      latestSearch.stop();
      known.byQuestion = new Map();
    },
  });
  return known;
}

const keyOf = (question: Question) => JSON.stringify(question);

function requestOf({ collection, fields, filters }: Question, limit: number | undefined): QueryRequest {
  const query = sentQuery(filters, new Date());
  return {
    collection,
    fields: [...fields],
    ...(limit !== undefined && { limit }),
    ...(query !== undefined && { query }),
  };
}

function questionFor(draft: Draft, filter: Filter): Question | undefined {
  const { property } = filter;
  const isKind = property === "entityVariant" || property === "entityType";
  if (property === "" || draft.collection === "" || draft.expressions.collection !== undefined || isKind) {
    return undefined;
  }
  const others = filtersOf(
    draft.filters
      .filter((other) => other !== filter)
      .map(readFilter)
      .filter(isClause),
  );
  const path = pathOf(property);
  const target = targetOf(draft, path);
  if (target && (others.length === 0 || referenceOf(property) !== undefined)) return target;
  const variant = variantQuery(draft) === undefined ? [] : [isVariant(draft.kind)];
  return {
    collection: collectionPath(draft),
    fields: withName(path),
    filters: [...variant, ...others],
    isList: false,
  };
}

const isVariant = (value: string): Clause => ({ property: "entityVariant", operator: "=", value });

/** A code is shown with its name. */
function withName(path: readonly string[]): readonly string[] {
  const written = writePath(path);
  return path.at(-1) === "importCode" ? [written, writePath([...path.slice(0, -1), "name"])] : [written];
}

/** All records that a path can lead to; undefined if the path stays in the collection. */
function targetOf({ collection, kind }: Draft, path: readonly string[]): Question | undefined {
  let at = collection;
  let variant = kind;
  const steps = [...path];
  while (steps.length > 1) {
    const reference = findReference(at.split("/", 1)[0] ?? "", steps[0] ?? "");
    if (!reference) return undefined;
    variant = referredVariant(reference, variant) ?? "";
    at = reference.collection;
    steps.shift();
  }
  if (at === collection) return undefined;
  const isId = steps[0] === "entityId";
  const names = nameFields[at.split("/", 1)[0] ?? ""];
  if (!names) return undefined;
  const isKnown = findCollection(at)?.kinds.includes(variant) ?? false;
  return {
    collection: at,
    fields: isId ? ["entityId", ...names] : withName(steps),
    filters: isKnown ? [isVariant(variant)] : [],
    isList: true,
  };
}

/** Adds the values of the first column, labelled by the other columns; a code stands before its name. */
function merge(before: readonly KnownValue[], rows: readonly (readonly TableValue[])[]): KnownValue[] {
  const labels = new Map(before.map(({ value, label }) => [value, label]));
  for (const row of rows) {
    const [value, ...names] = row.map((cell) => (cell === null || isCellError(cell) ? "" : String(cell)));
    if (value === undefined || value === "") continue;
    const isId = names.length > 0 && /^[0-9a-f]{8}-/i.test(value);
    labels.set(value, (isId ? names : [value, ...names]).filter((name) => name !== "").join(", ") || value);
  }
  return [...labels]
    .map(([value, label]) => ({ value, label }))
    .sort((left, right) => collator.compare(left.label, right.label));
}

/** Sorts codes by their numbers. */
const collator = new Intl.Collator(undefined, { numeric: true });

/** Whether a label contains the typed text, ignoring letter case and accents. */
export function containsTyped({ label }: KnownValue, typed: string): boolean {
  return plain(label).includes(plain(typed.trim()));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
