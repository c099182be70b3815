/**
 * Loads code that only some actions need, in a separate chunk.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";

/** Loads code when it is first needed, and makes an object of it once; a failed load is tried again by the next call. */
export function loadOnce<Made>(load: () => Promise<Made>): () => Promise<Made> {
  let loaded: Promise<Made> | undefined;
  return () =>
    (loaded ??= loadCode(load).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    }));
}

/** @throws KalError KAL_OFFLINE if the code cannot be loaded; the next call tries again. */
export async function loadCode<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new KalError("KAL_OFFLINE", { cause });
  }
}
