/**
 * The properties that a query can filter and order by.
 * @module
 */
import type { ColumnType } from "../../../kalibrate/table.ts";
import type { Builder } from "./builder.ts";
import { collectionPath } from "./draft.ts";
import { filterable, orderable, type Property } from "./fields/field-list.ts";
import type { Choice } from "./options.ts";

const fieldsOf = ({ draft, fields }: Builder) => fields.known.get(collectionPath(draft)) ?? [];

export function propertiesOf(builder: Builder): Property[] {
  return filterable(collectionPath(builder.draft), fieldsOf(builder));
}

export function typeOfProperty(builder: Builder, property: string): ColumnType | undefined {
  return propertiesOf(builder).find(({ path }) => path === property)?.type;
}

export const propertyChoices = (builder: Builder): Choice[] => choicesOf(propertiesOf(builder));

export const orderChoices = (builder: Builder): Choice[] => choicesOf(orderable(fieldsOf(builder)));

function choicesOf(properties: readonly Property[]): Choice[] {
  return properties.map(({ path, label }) => ({
    value: path,
    label: label === path ? path : `${label} (${path})`,
  }));
}
