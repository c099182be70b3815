/**
 * Other shapes in which the API might send the same documents. Each is a fault that changes only the answer.
 *
 * None is documented, and none can be ruled out: the vendor's data model gives SQL types, not JSON.
 * @module
 */
import type { Shape } from "./fault.ts";
import type { FaultBoard } from "./faults.ts";
import type { SampleDocument } from "./sample/document.ts";

/** In order of application: the shape that joins `id` and `data` comes last. */
const kinds = [
  "explicit-nulls",
  "unknown-keys",
  "unknown-variant",
  "references",
  "dates",
  "money",
  "bits",
  "flat",
] as const;

/** The shapes that apply to a request. */
export function takeShapes(faults: FaultBoard, path: string): Shape[] {
  return kinds.flatMap((kind) => faults.take(kind, "data", path) ?? []);
}

type Value = unknown;
type Rewrite = (value: Value, key: string) => Value;

/** How each kind of shape rewrites single values. */
const values: { readonly [K in Shape["kind"]]?: (shape: Extract<Shape, { kind: K }>) => Rewrite } = {
  references:
    ({ as }) =>
    (value) => {
      if (!isReference(value)) return value;
      const other = {
        text: value.entityId,
        capitals: { entityId: value.entityId.toUpperCase() },
        null: null,
      };
      return as === "absent" ? undefined : other[as];
    },
  dates:
    ({ as }) =>
    (value) => {
      const clock = typeof value === "string" ? /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(value) : null;
      if (!clock) return value;
      const [, day = "", time = ""] = clock;
      const forms = { z: "Z", offset: "+02:00", fraction: ".1230000", local: "" };
      return as === "day" ? day : `${day}T${time}${forms[as]}`;
    },
  money:
    ({ as }) =>
    (value, key) => {
      if (typeof value !== "number" || !/price|cost|margin/i.test(key)) return value;
      return as === "text" ? value.toFixed(4) : Math.round(value * 1000) / 10;
    },
  bits: () => (value) => (typeof value === "boolean" ? Number(value) : value),
};

/** A document in the given shape. */
export function reshape(shape: Shape, document: SampleDocument): unknown {
  const { id, data } = document;
  if (shape.kind === "flat") return { ...id, ...data };
  if (shape.kind === "explicit-nulls") return { id, data: { ...nulls, ...data } };
  if (shape.kind === "unknown-keys") {
    return {
      id: { ...id, partition: 7 },
      data: { ...data, newInVersion9: "new", nested: { deep: [1, { a: null }] } },
    };
  }
  if (shape.kind === "unknown-variant")
    return { id: { ...id, entityType: "Novelty", entityVariant: "Novel" }, data };
  const rewrite = (values[shape.kind] as (shape: Shape) => Rewrite)(shape);
  return { id: rewriteMembers(id, rewrite), data: rewriteMembers(data, rewrite) };
}

/** Attributes that documents often lack. */
const nulls = {
  address4: null,
  alternateImportCodes: null,
  brand: null,
  importCode: null,
  name: null,
  site: null,
};

function rewriteMembers(holder: object, rewrite: Rewrite): unknown {
  return Object.fromEntries(
    Object.entries(holder).map(([key, value]: [string, unknown]) => [key, rewriteValue(value, key, rewrite)]),
  );
}

function rewriteValue(value: unknown, key: string, rewrite: Rewrite): unknown {
  const written = rewrite(value, key);
  if (written !== value || typeof value !== "object" || value === null) return written;
  if (Array.isArray(value)) return value.map((item) => rewriteValue(item, key, rewrite));
  return rewriteMembers(value, rewrite);
}

function isReference(value: unknown): value is { readonly entityId: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { entityId?: unknown }).entityId === "string"
  );
}
