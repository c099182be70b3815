/**
 * Whether the KAL service answers, as the last call to it has shown. What a browser calls offline says nothing about
 * a service on the same computer.
 * @module
 */

let reachable = true;
const listeners = new Set<() => void>();

export function isReachable(): boolean {
  return reachable;
}

/** Notes what a call has shown. */
export function noteReachable(now: boolean): void {
  if (reachable === now) return;
  reachable = now;
  for (const listener of listeners) listener();
}

/** Calls back when it changes. @returns a function that ends it */
export function onReachabilityChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
