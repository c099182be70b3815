/**
 * The properties that a query can filter and order by.
 * @module
 */
import type { ColumnType } from "../../../kalibrate/table.ts";
import type { Builder } from "./builder.ts";
import { collectionPath } from "./draft.ts";
import { filterable } from "./fields/field-list.ts";
import type { Choice } from "./options.ts";

export function propertiesOf({ draft, fields }: Builder) {
  return filterable(fields.known.get(collectionPath(draft)) ?? []);
}

export function typeOfProperty(builder: Builder, property: string): ColumnType | undefined {
  return propertiesOf(builder).find(({ path }) => path === property)?.type;
}

export function propertyChoices(builder: Builder): Choice[] {
  return propertiesOf(builder).map(({ path, label }) => ({
    value: path,
    label: label === path ? path : `${label} (${path})`,
  }));
}
