/**
 * The available fields: the collection's own, and those of the records it refers to.
 * @module
 */
import { attributeAt, attributesOf, labelOf } from "../../../../kalibrate/catalogue/attributes.ts";
import { findCollection } from "../../../../kalibrate/catalogue/collections.ts";
import { identityAttributes } from "../../../../kalibrate/catalogue/attributes/identity.ts";
import { isPersonal } from "../../../../kalibrate/catalogue/personal-data.ts";
import { findReference } from "../../../../kalibrate/catalogue/references.ts";
import type { FieldSummary } from "../../../../kalibrate/gateway-api.ts";
import { pathOf, writePath } from "../../../../kalibrate/names.ts";
import type { ColumnType, TableValue } from "../../../../kalibrate/table.ts";

/** A field in the list. */
export interface OfferedField {
  /** The path in a formula: `site.name`. */
  readonly path: string;
  readonly label: string;
  /** Undefined if only the values could tell. */
  readonly type: ColumnType | undefined;
  /** The collection that it refers to, whose fields follow after a dot; "" if none. */
  readonly refersTo: string;
  readonly example: TableValue;
  /** Whether it is one of the columns shown if no fields are chosen. */
  readonly isUsual: boolean;
  /** Number of references in its path. */
  readonly depth: number;
}

/** The columns shown if no fields are chosen. */
export function usualFields(collection: string): readonly string[] {
  return findCollection(collection)?.defaultColumns ?? [];
}

/** The fields of a collection's records; undefined while they are unknown. */
export type FieldsOf = (collection: string) => readonly FieldSummary[] | undefined;

/** Limits the depth: `product.product.product` leads to nothing new. */
const deepest = 3;

export interface FieldListOptions {
  /** `reference/Brand` */
  readonly collection: string;
  readonly usual: readonly string[];
  readonly fieldsOf: FieldsOf;
  /** References whose own fields are listed. */
  readonly expanded: ReadonlySet<string>;
  /** Words that must all be in the name or the label. */
  readonly search: string;
}

/** The list: the usual columns first, then the others. The fields of an expanded reference follow it. */
export function listFields(options: FieldListOptions): OfferedField[] {
  const { collection, usual, fieldsOf, expanded, search } = options;
  const own = generalLast(fieldsOf(collection) ?? []);
  const first = usual.map((path) => describe(collection, path, fieldsOf, true));
  const rest = own
    .filter(({ name }) => !usual.includes(name))
    .map((field): OfferedField => ({ ...offer(field, "", 0), isUsual: false }));
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  // A search also finds fields behind references that are not expanded: `site.brand.name`.
  const isShown =
    words.length > 0
      ? ({ depth }: OfferedField) => depth < 2
      : ({ path }: OfferedField) => expanded.has(path);
  return [...first, ...rest.flatMap((field) => withFieldsBehind(field, fieldsOf, isShown))].filter(
    (field, at, all) => matches(field, words) && all.findIndex(({ path }) => path === field.path) === at,
  );
}

function matches({ path, label }: OfferedField, words: readonly string[]): boolean {
  const text = `${path} ${label}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function withFieldsBehind(
  field: OfferedField,
  fieldsOf: FieldsOf,
  isShown: (field: OfferedField) => boolean,
): OfferedField[] {
  if (field.refersTo === "" || !isShown(field)) return [field];
  return [
    field,
    ...fieldsBehind(field, fieldsOf).flatMap((offeredField) =>
      withFieldsBehind(offeredField, fieldsOf, isShown),
    ),
  ];
}

/** The fields of the record that a field refers to: those seen in its records, otherwise those in the catalogue. */
function fieldsBehind({ path, refersTo, depth }: OfferedField, fieldsOf: FieldsOf): OfferedField[] {
  const fields = generalLast(fieldsOf(refersTo) ?? knownFields(refersTo));
  return fields.map((field) => ({ ...offer(field, `${path}.`, depth + 1), isUsual: false }));
}

/** Fields that every record has (ids, versions, times of writing) come last, because people seldom need them. */
function generalLast(fields: readonly FieldSummary[]): FieldSummary[] {
  const isGeneral = ({ name }: FieldSummary) => Object.hasOwn(identityAttributes, name);
  return [...fields.filter((field) => !isGeneral(field)), ...fields.filter(isGeneral)];
}

function knownFields(collection: string): FieldSummary[] {
  return Object.entries(attributesOf(collection))
    .filter(([name]) => !isPersonal(collection, name.split(".")))
    .map(([name, { type = "text" }]) => ({
      name,
      label: labelOf(name),
      type,
      refersTo: findReference(baseOf(collection), name)?.collection ?? "",
      example: null,
    }));
}

function offer({ name, type, refersTo, example }: FieldSummary, prefix: string, depth: number) {
  const path = prefix + name;
  return { path, label: labelOf(path), type, refersTo: depth < deepest ? refersTo : "", example, depth };
}

/** A field described by its path alone, using the references in the catalogue. */
export function describe(
  collection: string,
  path: string,
  fieldsOf: FieldsOf,
  isUsual = false,
): OfferedField {
  const [first = "", ...rest] = pathOf(path);
  const target = rest.length > 0 ? findReference(baseOf(collection), first)?.collection : undefined;
  const known =
    target === undefined
      ? fieldsOf(collection)?.find(({ name }) => name === path)
      : describe(target, writePath(rest), fieldsOf);
  return {
    path,
    label: labelOf(path),
    type: known?.type ?? attributeAt(collection, pathOf(path))?.type,
    refersTo: "",
    example: known?.example ?? null,
    isUsual,
    depth: 0,
  };
}

/** The fields by which people know a record, by collection. A site's product has the name of the global product. */
const tellingFields: Readonly<Record<string, readonly string[]>> = {
  site: ["importCode", "name"],
  product: ["product.name", "importCode"],
  productgroup: ["name"],
  reference: ["name"],
};

export interface Property {
  readonly path: string;
  readonly label: string;
  readonly type: ColumnType;
}

/**
 * The properties that a query can filter by: first the default columns, then the others. For a reference, the code and
 * name of its record, because people have no ids.
 */
export function filterable(collection: string, fields: readonly FieldSummary[]): Property[] {
  const own = new Map(fields.map((field) => [field.name, field]));
  const isOffered = (path: string) => own.get(path)?.refersTo === "" || pathOf(path).length > 1;
  const usual = usualFields(baseOf(collection)).filter(
    (path) => isOffered(path) && !Object.hasOwn(identityAttributes, path),
  );
  const others = generalLast(fields).flatMap(({ name, refersTo }) =>
    refersTo === "" ? [name] : tellingPaths(collection, name, refersTo),
  );
  return [...new Set([...usual, ...others])].map((path) => ({
    path,
    label: own.get(path)?.label ?? labelOf(path),
    type: own.get(path)?.type ?? attributeAt(collection, pathOf(path))?.type ?? "text",
  }));
}

/** The properties that records can be grouped by: also the brand, area and so on of what they refer to. */
export function groupable(collection: string, fields: readonly FieldSummary[]): Property[] {
  const behind = fields.flatMap(({ name, refersTo }) =>
    refersTo === ""
      ? []
      : knownFields(refersTo)
          .filter((field) => field.refersTo.startsWith("reference/"))
          .map((field) => `${name}.${field.name}.name`),
  );
  const others = behind.map((path) => ({ path, label: labelOf(path), type: "text" as const }));
  return [...filterable(collection, fields), ...others];
}

function tellingPaths(collection: string, name: string, refersTo: string): string[] {
  const isGlobal = findReference(baseOf(collection), name)?.variant === "Global";
  const telling = isGlobal ? ["name", "importCode"] : tellingFields[baseOf(refersTo)];
  return (telling ?? ["entityId"]).map((step) => `${name}.${step}`);
}

/** The properties that a query can order by: the record's own. */
export function orderable(fields: readonly FieldSummary[]): Property[] {
  return fields
    .filter(({ refersTo }) => refersTo === "")
    .map(({ name, label, type }) => ({ path: name, label, type }));
}

/** `reference` of `reference/Brand` */
function baseOf(collection: string): string {
  return collection.split("/", 1)[0] ?? "";
}
