/**
 * The memory that the process may use. Limits depend on it, so that they suit a small container as well as a large
 * server.
 * @module
 */
import v8 from "node:v8";

/**
 * Answers in progress get two fifths of the heap; cached slices of lookups, cached slices of as-of answers, and shared
 * answers a tenth each; cached sites and cached products of markets a fortieth each. The rest is for the service
 * itself and for garbage.
 */
const heapShares = { answers: 0.4, lookups: 0.1, asOf: 0.1, shared: 0.1, market: 0.025 } as const;

/** This share of the heap that Node allows itself (`node --max-old-space-size`). Whole bytes. */
export function shareOfHeap(share: keyof typeof heapShares): number {
  return Math.floor(v8.getHeapStatistics().heap_size_limit * heapShares[share]);
}
