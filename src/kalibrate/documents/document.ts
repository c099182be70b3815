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
  if (isRecord(data)) return { id: isRecord(id) ? id : nothing, data };
  return { id: isRecord(id) ? id : nothing, data: element };
}

/** The value of a top-level attribute: in `data`, else in `id`, since queries name both without a prefix. */
export function attributeOf(document: Document, name: string): unknown {
  return document.data[name] ?? document.id[name] ?? undefined;
}

/** The entity's id, in lower case because GUIDs are written in either; undefined where there is none. */
export function entityIdOf(document: Document): string | undefined {
  const id = document.id["entityId"] ?? document.data["entityId"];
  return typeof id === "string" ? id.toLowerCase() : undefined;
}

/** What tells two documents of one slice apart; undefined where a document carries no id. */
export function documentKey(document: Document): string | undefined {
  const id = entityIdOf(document);
  return id === undefined ? undefined : JSON.stringify([id, document.id["entityVersion"]]);
}

/** The id of the entity that a value refers to: `{entityId}` or a bare GUID; undefined: it is no reference. */
export function referencedId(value: unknown): string | undefined {
  if (typeof value === "string") return isGuid(value) ? value.toLowerCase() : undefined;
  if (!isRecord(value)) return undefined;
  const id = value["entityId"];
  return typeof id === "string" ? id.toLowerCase() : undefined;
}

/** A member of a value, where the value is an object that has it. */
export function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) ? (value[name] ?? undefined) : undefined;
}

/**
 * The same document with only those attributes: what a table needs of it, so that a large pull holds values
 * instead of whole documents of over a hundred keys.
 */
export function slimDocument(document: Document, attributes: readonly string[]): Document {
  const data: Record<string, unknown> = {};
  for (const name of attributes) {
    const value = document.data[name];
    if (value !== undefined && value !== null) data[name] = value;
  }
  return { id: document.id, data };
}
