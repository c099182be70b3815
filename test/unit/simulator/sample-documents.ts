/**
 * The sample data for the tests, as of one fixed moment.
 * @module
 */
import type { SampleDocument } from "../../../src/simulator/sample/document.ts";
import { createSampleData, type SampleData } from "../../../src/simulator/sample/sample-data.ts";

export const now = Date.parse("2026-03-11T10:20:30Z");
export const data = createSampleData(1, 250, now);

/** The documents of one kind: `Price/Own`, `Reference/Brand`. */
export function documents(kind: string, from: SampleData = data): readonly SampleDocument[] {
  const [collection, name] = kind.split("/");
  const partition = from.partitions.find(
    (partition) =>
      partition.collection === collection &&
      (partition.entityVariant === name || partition.entityType === name),
  );
  if (!partition) throw new Error(`no kind ${kind}`);
  return partition.documents().map(({ document }) => document);
}

export const entityIdOf = (value: unknown): string => (value as { entityId: string }).entityId;
