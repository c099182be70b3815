/**
 * One tolerant reader for the Data API's documents.
 * @module
 */
import { isGuid } from "../guid.ts";

/** A document: its identity (`id`) and its attributes (`data`). Keys without a value are absent, never null. */
export interface DataDocument {
  readonly id: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
}

const nothing: Readonly<Record<string, unknown>> = Object.freeze({});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads one element of an answer.
 * @returns undefined if it is not an object. Null elements occur: the vendor's own script skips them.
 */
export function readDocument(element: unknown): DataDocument | undefined {
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

/** The value of a top-level attribute, from `data`, else from `id`: queries name both without a prefix. */
export function attributeOf(document: DataDocument, name: string): unknown {
  return ownValue(document.data, name) ?? ownValue(document.id, name);
}

/**
 * Every object inherits `constructor` and the like, so only own keys count. Most calls ask the wrong part of the
 * document for a key, so the cheap test for an absent one comes first.
 */
function ownValue(holder: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = holder[name] ?? undefined;
  return value === undefined || Object.hasOwn(holder, name) ? value : undefined;
}

/**
 * The entity's id; undefined if it is absent, null or empty. A number becomes its digits. A GUID is returned in lower
 * case, because servers write it in either; other ids stay unchanged, as `aB` and `ab` may be two entities.
 */
export function entityIdOf(document: DataDocument): string | undefined {
  return comparableId(writtenId(document.id["entityId"]) ?? writtenId(document.data["entityId"]));
}

function writtenId(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" ? String(value) : undefined;
}

/** Recognises a GUID by its length: precise enough, and cheap for a million documents. */
function comparableId(id: string | undefined): string | undefined {
  return id?.length === guidChars ? id.toLowerCase() : id;
}

const guidChars = 36;

/** The id of the entity that a value refers to, from `{entityId}` or a bare GUID; undefined if it is no reference. */
export function referencedId(value: unknown): string | undefined {
  return comparableId(writtenReference(value));
}

/** Like `referencedId`, in the API's own spelling. */
export function writtenReference(value: unknown): string | undefined {
  if (typeof value === "string") return isGuid(value) ? value : undefined;
  return isRecord(value) ? writtenId(value["entityId"]) : undefined;
}

/** A member of a value: of an object by name, of a list by index. */
export function memberOf(value: unknown, name: string): unknown {
  if (Array.isArray(value))
    return /^\d{1,9}$/.test(name) ? ((value[Number(name)] ?? undefined) as unknown) : undefined;
  return isRecord(value) ? ownValue(value, name) : undefined;
}
