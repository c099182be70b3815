/**
 * Pausing: only the cache answers, so that a person can work on a sheet without new calls.
 * @module
 */
import { createEmitter } from "../emitter.ts";
import type { RequestEngine } from "../requests/request-engine.ts";
import type { Refresh } from "./refresh.ts";

export interface Pause {
  readonly isPaused: () => boolean;
  readonly pause: () => void;
  /**
   * Allows calls again, and makes those that had to wait or were answered with old data.
   * @throws OfficeExtension.Error when Excel refuses; it is resumed all the same.
   */
  readonly resume: () => Promise<void>;
  /** Calls back after every change. @returns a function that ends it */
  readonly onChange: (listener: () => void) => () => void;
}

export function createPause(engine: RequestEngine, { remakeCells, retryFailed }: Refresh): Pause {
  const changes = createEmitter();

  function change(paused: boolean): void {
    engine.paused = paused;
    changes.emit();
  }

  return {
    isPaused: () => engine.paused,
    pause: () => change(true),
    async resume() {
      change(false);
      const hasGivenOld = engine.hasGivenOld;
      engine.hasGivenOld = false;
      await retryFailed();
      // Old data from the cache looks like an answer of now.
      if (hasGivenOld) await remakeCells();
    },
    onChange: changes.on,
  };
}
