/**
 * Reduces a document to some attributes, to save memory.
 * @module
 */
import { attributeOf, type DataDocument } from "../../kalibrate/documents/document.ts";
import { refuseEndlessNesting } from "../../kalibrate/documents/nesting.ts";

const nothing = Object.freeze({});

/**
 * The same document with only those attributes, all of them in `data`.
 * @throws KalError KAL_UPSTREAM_INVALID for a document that is nested too deeply.
 */
export function keepAttributes(document: DataDocument, names: readonly string[]): DataDocument {
  const data: Record<string, unknown> = {};
  for (const name of names) {
    const value = attributeOf(document, name);
    if (value === undefined) continue;
    refuseEndlessNesting(value);
    // Assigning to this name would set the prototype instead.
    if (name === "__proto__") Object.defineProperty(data, name, { value, enumerable: true });
    else data[name] = value;
  }
  return { id: nothing, data };
}

/** Approximate bytes of a document in memory. */
export function sizeOfDocument({ data }: DataDocument): number {
  return sizeOf(data);
}

/** Estimates V8's objects with their properties, and texts at one byte per character. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return 24 + value.length;
  if (typeof value !== "object" || value === null) return 0;
  let bytes = 80;
  for (const key in value) bytes += 16 + sizeOf((value as Record<string, unknown>)[key]);
  return bytes;
}
