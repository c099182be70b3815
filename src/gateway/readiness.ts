/**
 * Whether this service is ready for requests: its store answers and it is not stopping.
 * @module
 */
import { withDeadline } from "./deadline.ts";
import type { Log } from "./observe/log.ts";
import type { Store } from "./store/store.ts";

export interface Readiness {
  isReady(): Promise<boolean>;
  /** Makes it not ready from now on, so that load balancers send requests elsewhere. */
  stop(): void;
}

/** Platforms wait about a second for the answer. Milliseconds. */
const maxCheckMs = 1000;

/** No session has this key, so the answer is always “no such entry”. */
const probe = "readiness";

export function createReadiness(store: Pick<Store, "get">, log: Log): Readiness {
  let stopping = false;
  let wasReachable = true;

  async function isReachable(): Promise<boolean> {
    try {
      await withDeadline(maxCheckMs, undefined, () => store.get(probe));
      return true;
    } catch (error) {
      if (wasReachable) log.error({ error }, "the session store cannot be reached: not ready");
      return false;
    }
  }

  return {
    async isReady() {
      if (stopping) return false;
      const reachable = await isReachable();
      if (reachable && !wasReachable) log.info("the session store can be reached again");
      wasReachable = reachable;
      return reachable && !stopping;
    },
    stop() {
      stopping = true;
    },
  };
}
