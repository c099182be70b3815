/**
 * One tolerant reader for the Data API's documents.
 * @module
 */
import { isGuid } from "../guid.ts";

/** A document: who it is, and what it says. Keys without a value are absent, not null. */
export interface Document {
  readonly id: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
}

const nothing: Readonly<Record<string, unknown>> = Object.freeze({});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads one element of an answer. The vendor's own script skips null elements, so they are to be expected.
 * @returns undefined for null and for anything that is no object.
 */
export function readDocument(element: unknown): Document | undefined {
  if (!isRecord(element)) return undefined;
  const { id, data } = element;
  if (isRecord(data)) return { id: isRecord(id) ? id : bareId(id), data };
  if (!isRecord(id)) return { id: isAbsent(element["entityId"]) ? bareId(id) : nothing, data: element };
  return { id, data: Object.fromEntries(Object.entries(element).filter(([name]) => name !== "id")) };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function bareId(id: unknown): Readonly<Record<string, unknown>> {
  return typeof id === "string" || typeof id === "number" ? { entityId: id } : nothing;
}

/** The value of a top-level attribute: in `data`, else in `id`, since queries name both without a prefix. */
export function attributeOf(document: Document, name: string): unknown {
  return ownValue(document.data, name) ?? ownValue(document.id, name);
}

/**
 * A name such as `constructor` is no key of a document, though every object has it. Most names that are asked for are
 * in the other part of a document, so absent ones are told first, by what costs least.
 */
function ownValue(holder: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = holder[name] ?? undefined;
  return value === undefined || Object.hasOwn(holder, name) ? value : undefined;
}

/**
 * The entity's id. A GUID is in lower case, because it is written in either; any other id is as it is written, as `aB`
 * and `ab` may be two. A number counts as its digits; null and an empty text are no id. Undefined where there is none.
 */
export function entityIdOf(document: Document): string | undefined {
  return comparableId(writtenId(document.id["entityId"]) ?? writtenId(document.data["entityId"]));
}

function writtenId(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" ? String(value) : undefined;
}

/** Its length tells a GUID well enough, and costs nothing for a million documents. */
function comparableId(id: string | undefined): string | undefined {
  return id?.length === guidChars ? id.toLowerCase() : id;
}

const guidChars = 36;

/** The id of the entity that a value refers to: `{entityId}` or a bare GUID; undefined: it is no reference. */
export function referencedId(value: unknown): string | undefined {
  return comparableId(writtenReference(value));
}

/** The same as the API has written it. */
export function writtenReference(value: unknown): string | undefined {
  if (typeof value === "string") return isGuid(value) ? value : undefined;
  return isRecord(value) ? writtenId(value["entityId"]) : undefined;
}

/** A member of a value: of an object by its name, of a list by its index. */
export function memberOf(value: unknown, name: string): unknown {
  if (Array.isArray(value))
    return /^\d{1,9}$/.test(name) ? ((value[Number(name)] ?? undefined) as unknown) : undefined;
  return isRecord(value) ? ownValue(value, name) : undefined;
}
