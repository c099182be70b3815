/**
 * The properties that a query can filter and order by.
 * @module
 */
import type { ColumnType } from "../../../kalibrate/table.ts";
import type { Builder } from "./builder.ts";
import { collectionPath, hasVariants } from "./draft.ts";
import { filterable, groupable, orderable, type Property } from "./fields/field-list.ts";
import type { Choice } from "./options.ts";

const fieldsOf = ({ draft, fields }: Builder) => fields.known.get(collectionPath(draft)) ?? [];

/** Without the variant, which has its own list above the filters. */
export function propertiesOf(builder: Builder): Property[] {
  const all = filterable(collectionPath(builder.draft), fieldsOf(builder));
  return hasVariants(builder.draft) ? all.filter(({ path }) => path !== "entityVariant") : all;
}

export function typeOfProperty(builder: Builder, property: string): ColumnType | undefined {
  return propertiesOf(builder).find(({ path }) => path === property)?.type;
}

export const propertyChoices = (builder: Builder): Choice[] => choicesOf(propertiesOf(builder));

export const orderChoices = (builder: Builder): Choice[] => choicesOf(orderable(fieldsOf(builder)));

export const groupChoices = (builder: Builder): Choice[] =>
  choicesOf(groupable(collectionPath(builder.draft), fieldsOf(builder)));

export const numberChoices = (builder: Builder): Choice[] =>
  choicesOf(propertiesOf(builder).filter(({ type }) => type === "number"));

function choicesOf(properties: readonly Property[]): Choice[] {
  return properties.map(({ path, label }) => ({
    value: path,
    label: label === path ? path : `${label} (${path})`,
  }));
}
