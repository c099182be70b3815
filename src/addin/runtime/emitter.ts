/** An event that several parts follow. */
export interface Emitter<Event> {
  /** Calls back on each event. @returns a function that ends it */
  readonly on: (listener: (event: Event) => void) => () => void;
  readonly emit: (event: Event) => void;
}

/** Listeners run in the order in which they were added; one that is added by another waits for the next event. */
export function createEmitter<Event = void>(): Emitter<Event> {
  const listeners = new Set<(event: Event) => void>();
  return {
    on(listener) {
      // Each subscription is its own, also where the same function subscribes twice.
      const own = (event: Event) => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
  };
}
