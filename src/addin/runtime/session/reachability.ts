/**
 * Whether the KAL service answers, as the last call to it has shown. What a browser calls offline says nothing about
 * a service on the same computer.
 * @module
 */
import { createEmitter } from "../emitter.ts";

export interface Reachability {
  readonly isReachable: () => boolean;
  /** Notes what a call has shown. */
  readonly note: (isReachable: boolean) => void;
  /** Calls back when it changes. @returns a function that ends it */
  readonly onChange: (listener: () => void) => () => void;
}

export function createReachability(): Reachability {
  const changes = createEmitter();
  let reachable = true;
  return {
    isReachable: () => reachable,
    note(now) {
      if (reachable === now) return;
      reachable = now;
      changes.emit();
    },
    onChange: changes.on,
  };
}
