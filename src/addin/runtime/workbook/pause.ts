/**
 * Pausing: only the cache answers, so that a person can work on a sheet without new calls.
 * @module
 */
import { createEmitter } from "../emitter.ts";
import type { ActivityLog } from "../activity/activity-log.ts";
import type { RequestEngine } from "../requests/request-engine.ts";
import type { Refresh } from "./refresh.ts";

export interface Pause {
  readonly isPaused: () => boolean;
  readonly pause: () => void;
  /**
   * Allows calls again and recalculates the cells that had to wait or got old data.
   * @throws OfficeExtension.Error when Excel refuses; calls are allowed all the same.
   */
  readonly resume: () => Promise<void>;
  /** Calls back after every change. @returns a function that stops this */
  readonly onChange: (listener: () => void) => () => void;
}

export function createPause(
  engine: RequestEngine,
  { remakeCells, retryFailed }: Refresh,
  activity: Pick<ActivityLog, "resumed">,
): Pause {
  const changes = createEmitter();

  function change(paused: boolean): void {
    engine.paused = paused;
    changes.emit();
  }

  return {
    isPaused: () => engine.paused,
    pause: () => change(true),
    async resume() {
      activity.resumed();
      change(false);
      const hasGivenOld = engine.hasGivenOld;
      engine.hasGivenOld = false;
      await retryFailed();
      // Otherwise old data from the cache would look current.
      if (hasGivenOld) await remakeCells();
    },
    onChange: changes.on,
  };
}
