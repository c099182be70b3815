/**
 * Choosing the value of a filter from those that are known, with one input to type and to search in. A value that nobody
 * knows can be typed; a record is only chosen, as it counts by its id.
 * @module
 */
import { isList } from "../../../../kalibrate/query/clauses.ts";
import { quoteItem, valuesOf } from "../../../../kalibrate/query/value-list.ts";
import type { Builder } from "../builder.ts";
import { changeFilter } from "../choices.ts";
import { type Filter, isClause, readFilter } from "./filter.ts";
import { containsTyped, type Known, type KnownValue, referenceOf } from "./known-values.ts";

/** Values that are drawn at first, and how many more whenever the end comes into sight. */
export const page = 100;

export const isRecord = ({ property }: Filter) => referenceOf(property) !== undefined;

/** What is known of a filter's values: of variants and types without asking. */
export function knownFor(filter: Filter, builder: Builder): Known | undefined {
  const { property } = filter;
  if (property !== "entityVariant" && property !== "entityType") return builder.known?.of(filter);
  const found = builder.collections?.find(({ name }) => name === builder.draft.collection);
  const kinds = [...(found?.variants ?? []), ...(found?.entityTypes ?? [])];
  return { values: kinds.map((value) => ({ value, label: value })), isWhole: true, isLoading: false };
}

/** The values that fit what is typed. */
export function matching(filter: Filter, builder: Builder): readonly KnownValue[] {
  const all = knownFor(filter, builder)?.values ?? [];
  return filter.search === "" ? all : all.filter((value) => containsTyped(value, filter.search));
}

/** What stands in the input. */
export function shownValue(filter: Filter, builder: Builder): string {
  if (!isRecord(filter) || isOneOfMany(filter)) return filter.value;
  if (filter.isOpen) return filter.search;
  const { value } = filter;
  return knownFor(filter, builder)?.values.find((known) => known.value === value)?.label ?? value;
}

export function open(filter: Filter, builder: Builder): void {
  void builder.known?.load(filter);
  if (filter.isOpen) return;
  Object.assign(filter, { isOpen: true, search: "", active: -1, drawn: page });
}

export function close(filter: Filter): void {
  filter.isOpen = false;
  filter.search = "";
}

export function type(filter: Filter, builder: Builder, text: string): void {
  open(filter, builder);
  filter.search = (isOneOfMany(filter) ? lastItem(text) : text).trim();
  Object.assign(filter, { active: -1, drawn: page });
  if (isRecord(filter) && !isOneOfMany(filter)) return;
  changeFilter(builder, filter, { value: text });
  void builder.known?.search(filter, filter.search);
}

/** Takes a value; of a list, adds it or takes it out, and goes on. */
export function pick(filter: Filter, builder: Builder, { value }: KnownValue): void {
  if (!isOneOfMany(filter)) {
    changeFilter(builder, filter, { value });
    return close(filter);
  }
  const { length } = filter.value;
  const before =
    filter.search === "" ? filter.value : filter.value.slice(0, length - lastItem(filter.value).length);
  const listed = listedIn(filter, before);
  const next = listed.includes(value) ? listed.filter((other) => other !== value) : [...listed, value];
  changeFilter(builder, filter, { value: next.map(quoteItem).join(", ") });
  filter.search = "";
}

const isOneOfMany = (filter: Filter) => isList(filter.operator);

/** Whether a value is what the filter says, or one of it. */
export const isPicked = (filter: Filter, value: string) =>
  isOneOfMany(filter) ? listedIn(filter, filter.value).includes(value) : filter.value === value;

function listedIn({ property, operator }: Filter, value: string): readonly string[] {
  const read = readFilter({ property, operator, value, enteredWay: undefined });
  return isClause(read) ? valuesOf(read) : [];
}

/** The item of a list that is being typed: behind the last comma or semicolon that is in no quotes. */
function lastItem(text: string): string {
  return /(?:'(?:[^']|'')*'?|[^,;'])*$/.exec(text)?.[0] ?? "";
}

/** Moves among the values. @returns whether the key is still the browser's to handle */
export function pressKey(filter: Filter, builder: Builder, key: string): boolean {
  const found = matching(filter, builder);
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: filter.active + 1,
    ArrowUp: filter.active - 1,
    PageDown: filter.active + 10,
    PageUp: filter.active - 10,
  };
  const move = moves[key];
  if (move !== undefined) {
    if (filter.isOpen) {
      filter.active = Math.max(0, Math.min(move, found.length - 1));
      filter.drawn = Math.max(filter.drawn, filter.active + page);
    } else open(filter, builder);
    return false;
  }
  if (key === "Escape" && filter.isOpen) {
    close(filter);
    return false;
  }
  if (key !== "Enter" || !filter.isOpen) return true;
  const chosen = found[filter.active] ?? (isRecord(filter) && found.length === 1 ? found[0] : undefined);
  if (chosen) pick(filter, builder, chosen);
  else close(filter);
  return false;
}
