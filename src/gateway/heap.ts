/**
 * The memory that the process may use: bounds follow it, so that a small container and a large server both hold.
 * @module
 */
import v8 from "node:v8";

/**
 * Answers under way get two fifths of the heap; kept slices of lookups, kept slices of answers as of a time, and shared
 * answers a tenth each, kept sites and kept products of markets a fortieth each; the
 * rest is for the service itself and for garbage.
 */
const heapShares = { answers: 0.4, lookups: 0.1, asOf: 0.1, shared: 0.1, market: 0.025 } as const;

/** That share of the heap that Node allows itself (`node --max-old-space-size`). Whole bytes. */
export function shareOfHeap(share: keyof typeof heapShares): number {
  return Math.floor(v8.getHeapStatistics().heap_size_limit * heapShares[share]);
}
