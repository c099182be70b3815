/**
 * Personal data: user names, e-mail addresses, telephone numbers. It is shown only when requested by name, and only if
 * the configuration allows it.
 * @module
 */
import { KalError } from "../errors.ts";
import { pathOf } from "../names.ts";
import { isControl, type Query } from "../query/clauses.ts";
import { shorten } from "../shorten.ts";
import { attributeAt, everywhere, spellPath } from "./attributes.ts";
import type { Collection } from "./collections.ts";

/** Matches personal attributes that the catalogue does not know. Applied to names without their separators. */
const personalName =
  /mail|phone|fax|sms|mobile|user|manager|surname|(first|last)name|(created|updated|modified|changed|entered|approved|submitted)by$/i;

function soundsPersonal(name: string): boolean {
  return personalName.test(name.replace(/[^A-Za-z]/g, ""));
}

/** Whether a path ends in personal data or passes through it. */
export function isPersonal(collection: string, path: readonly string[]): boolean {
  const attribute = attributeAt(collection, path);
  if (attribute) return attribute.isPersonal === true;
  return path.some((step) => {
    const known = everywhere.get(step);
    return known ? known.isPersonal === true : soundsPersonal(step);
  });
}

/** @throws KalError KAL_FORBIDDEN if the path is personal data. */
export function refusePersonal(collection: string, path: readonly string[]): void {
  if (!isPersonal(collection, path)) return;
  throw new KalError("KAL_FORBIDDEN", {
    message: `“${shorten(path.join("."))}” is personal data, which is hidden here.`,
    hint: "Leave the field out, or ask your administrator.",
  });
}

/**
 * Refuses filtering and ordering by personal data: filtering by an address would reveal it.
 * @throws KalError KAL_FORBIDDEN
 */
export function refusePersonalFilters(query: Query, { name }: Collection): void {
  for (const clause of query) {
    if (isControl(clause) && clause.property !== "orderBy") continue;
    const property = clause.property === "orderBy" ? clause.value : clause.property;
    const path = spellPath(name, pathOf(property));
    refusePersonal(name, path);
    if (isValueOfPair(path)) throw pairFilter(path);
  }
}

/** Whether a path reads the values of name–value pairs: some of them may be personal, whatever the path's name. */
function isValueOfPair(path: readonly string[]): boolean {
  const names = path.filter((step) => !/^\d+$/.test(step));
  const last = names.at(-1) ?? "";
  return /^extendedProperties$/i.test(last) || (names.length > 1 && valueName.test(last));
}

function pairFilter(path: readonly string[]): KalError {
  return new KalError("KAL_FORBIDDEN", {
    message: `“${shorten(path.join("."))}” may contain personal data, which is hidden here, so you cannot filter or order by it.`,
    hint: `Add ${shorten(path.join("."))} to the fields, which leaves personal data out, and use FILTER in Excel.`,
  });
}

/**
 * Creates a function that removes personal data inside values of a path, at every depth; it returns undefined if nothing
 * else is left. Values stay unchanged if the path itself is personal data: then it was requested by name.
 * @param path in documents of the collection.
 */
export function createPersonalFilter(
  collection: string,
  path: readonly string[],
): (value: unknown) => unknown {
  const isRequested = isPersonal(collection, path);
  const root = createStep(collection, path);
  return (value) => (isRequested ? value : strip(value, root));
}

/** The names within a path. Each is checked once: the documents of a slice have the same ones. */
interface Step {
  readonly isHidden: boolean;
  readonly inner: (name: string) => Step;
}

/** More names than these are values rather than names. */
const maxRemembered = 1000;

function createStep(collection: string, path: readonly string[], isHidden = false): Step {
  const known = new Map<string, Step>();
  return {
    isHidden,
    inner(name) {
      const step = known.get(name);
      if (step) return step;
      const inner = [...path, name];
      const created = createStep(collection, inner, isPersonal(collection, inner));
      if (known.size < maxRemembered) known.set(name, created);
      return created;
    },
  };
}

function strip(value: unknown, step: Step): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => strip(item, step));
    return items.every((item, at) => item === value[at]) ? value : items.filter((item) => item !== undefined);
  }
  if (isPersonalPair(value)) return undefined;
  const members = Object.entries(value);
  const left = members.flatMap(([name, member]): [string, unknown][] => {
    const inner = step.inner(name);
    const kept = inner.isHidden ? undefined : strip(member, inner);
    return kept === undefined ? [] : [[name, kept]];
  });
  if (left.length === members.length && left.every(([, member], at) => member === members[at]?.[1]))
    return value;
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/**
 * Whether a value is a name–value pair, as in extended properties, with a personal name:
 * `{"name":"ManagerEmail","value":"…"}`.
 */
export function isPersonalPair(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  let hasValue = false;
  let isNamed = false;
  for (const member in value) {
    const named = (value as Record<string, unknown>)[member];
    if (valueName.test(member)) hasValue = true;
    else if (pairNames.test(member) && typeof named === "string") isNamed ||= soundsPersonal(named);
  }
  return hasValue && isNamed;
}

const valueName = /^values?$/i;

/** Members that may hold the name of a pair. */
const pairNames = /^(name|key|code|label|title|type|field|property|attribute|id)$/i;
