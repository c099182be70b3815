/**
 * Values to choose from in a filter: those in the records, and for a reference the names of the referenced records.
 *
 * For a reference we load all records, because people choose by name. For a property we first load the values of some
 * records; if there are more, we also load those that contain the typed text.
 * @module
 */
import { anySignal } from "../../../runtime/any-signal.ts";
import { reactive } from "@microsoft/fast-element/state.js";
import { findCollection } from "../../../../kalibrate/catalogue/collections.ts";
import { findReference } from "../../../../kalibrate/catalogue/references.ts";
import { formatQuery } from "../../../../kalibrate/query/format.ts";
import type { QueryAnswer, QueryRequest } from "../../../../kalibrate/gateway-api.ts";
import { isCellError } from "../../../../kalibrate/table.ts";
import type { HeldConnection } from "../../../runtime/session/connection-store.ts";
import { askRows } from "../ask.ts";
import { collectionPath, type Draft, variantQuery } from "../draft.ts";
import { createLatest, pause, typingPause } from "../latest.ts";

export interface KnownValue {
  readonly value: string;
  readonly label: string;
}

export interface Known {
  /** Sorted by label. */
  readonly values: readonly KnownValue[];
  /** Whether there are no other values. */
  readonly isWhole: boolean;
}

export interface KnownValues {
  /** By property; replaced at each change. */
  byProperty: ReadonlyMap<string, Known>;
  readonly load: (property: string) => Promise<void>;
  /** Loads the values that contain the typed text, unless all values are already loaded. */
  readonly search: (property: string, typed: string) => Promise<void>;
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

/** Whether a property is a field of a referenced record. The referring record contains only the id. */
export function isBehindReference(collection: string, property: string): boolean {
  const [attribute = "", ...rest] = property.split(".");
  return (
    rest.length > 0 &&
    referenceOf(property) === undefined &&
    findReference(collection, attribute) !== undefined
  );
}

export function createKnownValues(draft: Draft, connection: () => HeldConnection): KnownValues {
  const latest = createLatest();
  const latestSearch = createLatest();
  let signal = latest.begin();

  async function fetch(property: string, request: QueryRequest, mine: AbortSignal): Promise<void> {
    const answer = await askRows({ connection: connection(), signal: mine }, request);
    const before = known.byProperty.get(property);
    const isCut = request.limit !== undefined && answer.rows.length >= request.limit;
    const values = merge(before?.values ?? [], answer);
    known.byProperty = new Map([
      ...known.byProperty,
      [property, { values, isWhole: before === undefined && !isCut }],
    ]);
  }

  const known: KnownValues = reactive<KnownValues>({
    byProperty: new Map<string, Known>(),

    async load(property) {
      const request = requestFor(draft, property);
      if (!request || known.byProperty.has(property)) return;
      // A failure is ignored: a value can still be typed.
      await fetch(property, request, signal).catch(() => undefined);
    },

    async search(property, typed) {
      const mine = latestSearch.begin();
      const request = requestFor(draft, property);
      if (!request || typed.trim() === "" || known.byProperty.get(property)?.isWhole !== false) return;
      const containing = { property, operator: "@=", value: typed.trim() } as const;
      const all = signal;
      try {
        await pause(typingPause, mine);
        const query = `${request.query ?? ""}${request.query === undefined ? "" : "+"}${formatQuery([containing])}`;
        await fetch(property, { ...request, query }, anySignal([all, mine]));
      } catch {
        // The text has changed meanwhile, or cannot be part of a query. The person can still use it as a value.
      }
    },

    forget() {
      signal = latest.begin();
      latestSearch.stop();
      known.byProperty = new Map();
    },
  });
  return known;
}

function requestFor(draft: Draft, property: string): QueryRequest | undefined {
  const attribute = referenceOf(property);
  const kinds = property === "entityVariant" || property === "entityType";
  if (draft.collection === "" || draft.expressions.collection !== undefined || kinds) return undefined;
  if (attribute === undefined) {
    const query = variantQuery(draft);
    return {
      collection: collectionPath(draft),
      fields: [property],
      limit: maxRecords,
      ...(query !== undefined && { query }),
    };
  }
  const target = findReference(draft.collection, attribute);
  const names = nameFields[target?.collection.split("/", 1)[0] ?? ""];
  if (!target || !names) return undefined;
  const variant = target.variant === "like referrer" ? draft.kind : target.variant;
  const isKnown = findCollection(target.collection)?.kinds.includes(variant ?? "") ?? false;
  return {
    collection: target.collection,
    fields: ["entityId", ...names],
    ...(isKnown && { query: `(entityVariant=${variant})` }),
  };
}

/** Adds the values of the first column, with the other columns as labels. */
function merge(before: readonly KnownValue[], { rows }: QueryAnswer): KnownValue[] {
  const labels = new Map(before.map(({ value, label }) => [value, label]));
  for (const row of rows) {
    const [value, ...names] = row.map((cell) => (cell === null || isCellError(cell) ? "" : String(cell)));
    if (value === undefined || value === "") continue;
    labels.set(value, names.filter((name) => name !== "").join(", ") || value);
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
