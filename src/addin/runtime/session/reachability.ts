/**
 * Whether the KAL service answered the last call. The browser's own offline state says nothing about a service on the
 * same computer.
 * @module
 */
import { createEmitter } from "../emitter.ts";

export interface Reachability {
  readonly isReachable: () => boolean;
  /** Records the result of a call. */
  readonly note: (isReachable: boolean) => void;
  /** Calls back when it changes. @returns a function that stops this */
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
