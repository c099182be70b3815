/**
 * The memory of documents that a pull keeps.
 * @module
 */
import type { AnswerShare } from "../answer-memory.ts";
import type { Collector } from "./documents-met.ts";

/** Makes a collector hold what it keeps with the share. */
export function counted({ keep, look }: Collector, share: AnswerShare): Collector {
  let bytes = 0;
  let added = 0;
  return {
    keep(document) {
      const kept = keep(document);
      added += sizeOf(kept.data);
      return kept;
    },
    look(documents, count) {
      // A slice that is read once more is kept anew.
      if (count === documents.length) bytes = 0;
      bytes += added;
      added = 0;
      share.hold(bytes);
      look?.(documents, count);
    },
  };
}

/** Bytes that a value takes in memory, about: V8's objects with their places, and texts of one byte a character. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return 24 + value.length;
  if (typeof value !== "object" || value === null) return 0;
  let bytes = 80;
  for (const key in value) bytes += 16 + sizeOf((value as Record<string, unknown>)[key]);
  return bytes;
}
