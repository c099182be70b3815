/**
 * The memory that the process may use: bounds follow it, so that a small container and a large server both hold.
 * @module
 */
import { getHeapStatistics } from "node:v8";

/**
 * Answers under way get two fifths of the heap, kept slices of lookups a fifth, kept referenced collections a tenth;
 * the rest is for the service itself and for garbage.
 */
const heapShares = { answers: 0.4, lookups: 0.2, references: 0.1 } as const;

/** That share of the heap that Node allows itself (`node --max-old-space-size`). Bytes. */
export function shareOfHeap(share: keyof typeof heapShares): number {
  return Math.floor(getHeapStatistics().heap_size_limit * heapShares[share]);
}
