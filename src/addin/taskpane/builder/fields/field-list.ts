/**
 * The fields to choose from: the collection's own, and those of the records that it refers to.
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

/** A field as it is offered. */
export interface OfferedField {
  /** What a formula says: `site.name`. */
  readonly path: string;
  readonly label: string;
  /** Undefined where only the values could tell. */
  readonly type: ColumnType | undefined;
  /** The collection whose fields come after a dot; "" where there are none. */
  readonly refersTo: string;
  readonly example: TableValue;
  /** One of the columns that come where no fields are chosen. */
  readonly isUsual: boolean;
  /** References that it is reached by. */
  readonly depth: number;
}

/** The columns that come where no fields are chosen. */
export function usualFields(collection: string): readonly string[] {
  return findCollection(collection)?.defaultColumns ?? [];
}

/** The fields that a collection's records show; undefined while they are not known. */
export type FieldsOf = (collection: string) => readonly FieldSummary[] | undefined;

/** `product.product.product` leads nowhere new. */
const deepest = 3;

export interface FieldListOptions {
  /** `reference/Brand` */
  readonly collection: string;
  readonly usual: readonly string[];
  readonly fieldsOf: FieldsOf;
  /** References whose own fields are shown. */
  readonly expanded: ReadonlySet<string>;
  /** Words that must all stand in the name or the label. */
  readonly search: string;
}

/** The list: the usual columns, then the others, each reference followed by its fields where they are shown. */
export function listFields(options: FieldListOptions): OfferedField[] {
  const { collection, usual, fieldsOf, expanded, search } = options;
  const own = generalLast(fieldsOf(collection) ?? []);
  const first = usual.map((path) => describe(collection, path, fieldsOf, true));
  const rest = own
    .filter(({ name }) => !usual.includes(name))
    .map((field): OfferedField => ({ ...offer(field, "", 0), isUsual: false }));
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  // What is searched for may stand behind references that nobody has opened: `site.brand.name`.
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

/** The fields of the record that a field refers to: those that its records show, or else what the catalogue knows. */
function fieldsBehind({ path, refersTo, depth }: OfferedField, fieldsOf: FieldsOf): OfferedField[] {
  const fields = generalLast(fieldsOf(refersTo) ?? knownFields(refersTo));
  return fields.map((field) => ({ ...offer(field, `${path}.`, depth + 1), isUsual: false }));
}

/** What every record has (ids, versions, times of writing) is seldom what somebody looks for. */
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

/** A field by its path alone, along the references that the catalogue knows. */
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

/** The properties that a query can filter and order by: the record's own, a reference by the id of its record. */
export function filterable(
  fields: readonly FieldSummary[],
): { readonly path: string; readonly label: string; readonly type: ColumnType }[] {
  return fields.map(({ name, label, type, refersTo }) =>
    refersTo === "" ? { path: name, label, type } : { path: `${name}.entityId`, label, type: "text" },
  );
}

/** `reference` of `reference/Brand` */
function baseOf(collection: string): string {
  return collection.split("/", 1)[0] ?? "";
}
