/** An event with several listeners. */
export interface Emitter<Event> {
  /** Calls back on each event. @returns a function that stops this */
  readonly on: (listener: (event: Event) => void) => () => void;
  readonly emit: (event: Event) => void;
}

/**
 * Listeners run in the order in which they were added. A listener added during an event is first called at the next
 * one.
 */
export function createEmitter<Event = void>(): Emitter<Event> {
  const listeners = new Set<(event: Event) => void>();
  return {
    on(listener) {
      // Wrapped, so that the same function can subscribe twice and unsubscribe separately.
      const own = (event: Event) => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
  };
}
