/**
 * Values to choose from for a filter: what the records hold, and for a reference the names of the records behind it.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { findCollection } from "../../../../kalibrate/catalogue/collections.ts";
import { findReference } from "../../../../kalibrate/catalogue/references.ts";
import type { QueryAnswer, QueryRequest } from "../../../../kalibrate/gateway-api.ts";
import type { HeldConnection } from "../../../runtime/session/connection-store.ts";
import { askRows } from "../ask.ts";
import { collectionPath, type Draft, variantQuery } from "../draft.ts";
import { createLatest } from "../latest.ts";

export interface KnownValue {
  readonly value: string;
  readonly label: string;
}

export interface KnownValues {
  /** By property; replaced whenever something comes. */
  byProperty: ReadonlyMap<string, readonly KnownValue[]>;
  readonly load: (property: string) => Promise<void>;
  /** Another collection or variant has other values. */
  readonly forget: () => void;
}

/** Records that are looked at: the newest. */
const mostRecords = 1000;

/** How records are called by people, by the collection's name. */
const nameFields: Readonly<Record<string, readonly string[]>> = {
  site: ["name", "importCode"],
  product: ["site.name", "product.name", "name"],
  productgroup: ["name"],
  reference: ["name"],
};

/** The attribute of a reference in `site.entityId`. */
export function referenceOf(property: string): string | undefined {
  return /^(\w+)\.entityId$/.exec(property)?.[1];
}

/** Whether a property is a field of the record that a reference leads to: of that, the referring record holds the id. */
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
  let signal = latest.begin();

  const values: KnownValues = reactive<KnownValues>({
    byProperty: new Map<string, readonly KnownValue[]>(),

    async load(property) {
      const request = requestFor(draft, property);
      if (!request || values.byProperty.has(property)) return;
      const mine = signal;
      try {
        const answer = await askRows({ connection: connection(), signal: mine }, request);
        values.byProperty = new Map([...values.byProperty, [property, distinct(answer)]]);
      } catch {
        // A value can be typed all the same.
      }
    },

    forget() {
      signal = latest.begin();
      values.byProperty = new Map();
    },
  });
  return values;
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
      limit: mostRecords,
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
    limit: mostRecords,
    ...(isKnown && { query: `(entityVariant=${variant})` }),
  };
}

/** The first column's values, called by what stands in the others. */
function distinct({ rows }: QueryAnswer): KnownValue[] {
  const labels = new Map<string, string>();
  for (const [value, ...names] of rows) {
    if (value === null || value === undefined || value === "") continue;
    const label = names.filter((name) => name !== null && name !== "").join(", ");
    labels.set(String(value), label || String(value));
  }
  return [...labels]
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label));
}
