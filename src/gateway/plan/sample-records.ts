/**
 * Records that show the types of properties that the catalogue does not know: one of each kind is asked for, and
 * remembered per credential and path.
 * @module
 */
import { LRUCache } from "lru-cache";
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import { type SharedWork, shareWork } from "../shared-work.ts";

/** @returns a record, remembered or asked for; undefined where none came. */
export type SampleRecord = (
  kind: string,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<DataDocument | undefined>,
) => Promise<DataDocument | undefined>;

/** A property may have been empty in a record, so another one is looked at after ten minutes. */
const lifetimeMs = 600_000;

const maxRecords = 1000;

interface Entry {
  readonly record: SharedWork<DataDocument | undefined>;
  readonly at: number;
}

/** @param now milliseconds that never run back. */
export function createSampleRecords(now: () => number): (owner: string) => SampleRecord {
  const entries = new LRUCache<string, Entry>({ max: maxRecords });
  return (owner) => (kind, signal, ask) => {
    const key = JSON.stringify([owner, kind]);
    const known = entries.get(key);
    if (known && !known.record.isAbandoned && now() - known.at < lifetimeMs) return known.record.join(signal);
    const entry: Entry = { record: shareWork(ask), at: now() };
    entries.set(key, entry);
    entry.record.outcome.catch(() => {
      if (entries.peek(key) === entry) entries.delete(key);
    });
    return entry.record.join(signal);
  };
}
