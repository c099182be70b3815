/**
 * Actions on the filters, the order and the columns.
 * @module
 */
import { announce } from "../common/announce.ts";
import { focusSoon } from "../common/focus.ts";
import { filterTexts } from "../texts/filter.ts";
import { texts as partsTexts } from "../texts/builder-parts.ts";
import type { Builder } from "./builder.ts";
import { typeQuery, writeQuery } from "./draft.ts";
import type { Headers } from "./formula/functions.ts";
import { typeOfProperty } from "./properties.ts";
import { beginFilter, valueKindOf } from "./query/filter-kinds.ts";
import { createFilter, type Filter } from "./query/filter.ts";

export const filterPropertyId = ({ id }: Filter) => `filter-${id}-property`;
export const addFilterId = "add-filter";

export function addFilter(builder: Builder): void {
  const filter = createFilter({ property: "", operator: "=", value: "" });
  builder.draft.filters = [...builder.draft.filters, filter];
  focusSoon(filterPropertyId(filter));
}

export function removeFilter(builder: Builder, filter: Filter): void {
  const { draft } = builder;
  draft.filters = draft.filters.filter((other) => other !== filter);
  filterChanged(builder);
  announce(filterTexts.removed);
  focusSoon(addFilterId);
}

export function chooseProperty(builder: Builder, filter: Filter, property: string): void {
  beginFilter(filter, property, valueKindOf(property, typeOfProperty(builder, property)));
  filterChanged(builder);
}

export function changeFilter(builder: Builder, filter: Filter, change: Partial<Filter>): void {
  Object.assign(filter, change);
  filterChanged(builder);
}

function filterChanged(builder: Builder): void {
  writeQuery(builder.draft);
  builder.changed();
}

export function orderBy(builder: Builder, orderBy: string): void {
  const { draft } = builder;
  draft.orderBy = orderBy;
  if (orderBy === "") draft.direction = "";
  else if (draft.direction === "") draft.direction = "descending";
  writeQuery(draft);
  builder.changed();
}

export function chooseDirection(builder: Builder, direction: "ascending" | "descending"): void {
  builder.draft.direction = direction;
  writeQuery(builder.draft);
  builder.changed();
}

export function editQueryText(builder: Builder, text: string): void {
  typeQuery(builder.draft, text);
  builder.changed();
}

/** Replaces a text that cannot be read by the one that the rows make. */
export function restoreQueryText(builder: Builder): void {
  writeQuery(builder.draft);
  builder.changed();
}

export function tickField(builder: Builder, path: string, isTicked: boolean): void {
  const others = builder.draft.fields.filter((field) => field !== path);
  builder.draft.fields = isTicked ? [...others, path] : others;
  builder.changed();
}

/** @param by -1 for up, 1 for down */
export function moveField(builder: Builder, path: string, by: -1 | 1): void {
  const fields = [...builder.draft.fields];
  const from = fields.indexOf(path);
  const to = from + by;
  if (from < 0 || to < 0 || to >= fields.length) return;
  fields.splice(from, 1);
  fields.splice(to, 0, path);
  builder.draft.fields = fields;
  builder.changed();
  announce(partsTexts.fields.moved(path, to + 1, fields.length));
}

export function toggleReference(builder: Builder, path: string, collection: string): void {
  const expanded = new Set(builder.expanded);
  if (!expanded.delete(path)) {
    expanded.add(path);
    void builder.fields.loadBehind(collection);
  }
  builder.expanded = expanded;
}

/** Sets the number of rows; an invalid number changes nothing. */
export function enterLimit(builder: Builder, text: string): void {
  const typed = text.trim();
  builder.limitProblem = !/^\d{0,9}$/.test(typed);
  if (builder.limitProblem) return;
  builder.draft.limit = Number(typed);
  builder.changed();
}

export function chooseHeaders(builder: Builder, headers: Headers): void {
  builder.draft.headers = headers;
  builder.outcome = undefined;
}
