/**
 * Loads code that only some actions need, in a separate chunk.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";

/** @throws KalError KAL_OFFLINE if the code cannot be loaded; the next call tries again. */
export async function loadCode<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new KalError("KAL_OFFLINE", { cause });
  }
}
