/**
 * Allows one service to write a session file: two would undo each other's disconnects.
 *
 * The lock is a folder beside the file. The service that holds it updates the folder's time every second, so the lock
 * is valid only while that process runs. After a crash or on another machine it can be taken over after five seconds.
 * We do not compare process ids, because they are reused (in a container every service is process 1).
 * @module
 */
import lockfile from "proper-lockfile";
import type { Log } from "../observe/log.ts";

export interface FileLock {
  /** False if another process may have taken the lock, for example while this computer slept. */
  isHeld(): boolean;
  release(): Promise<void>;
}

const renewalMs = 1_000;
const staleMs = 5_000;

/** How long a starting service waits for the previous one to end. */
const maxWaitMs = 10_000;
const attemptMs = 250;

/** @throws Error with what to do if another service holds the lock. */
export async function lockFile(file: string, log: Log): Promise<FileLock> {
  let isHeld = true;
  try {
    const release = await lockfile.lock(file, {
      // The file need not exist yet.
      realpath: false,
      stale: staleMs,
      update: renewalMs,
      retries: { retries: maxWaitMs / attemptMs, factor: 1, minTimeout: attemptMs, maxTimeout: attemptMs },
      onCompromised: (error) => {
        isHeld = false;
        log.error(
          { error, file },
          "the session file's lock was lost; sessions are kept in memory from now on",
        );
      },
    });
    return {
      isHeld: () => isHeld,
      release: async () => {
        if (isHeld) await release();
        isHeld = false;
      },
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ELOCKED") {
      throw new Error(
        `The session file ${file} cannot be written (${code}). Give its folder to the service's user and free some ` +
          "space, or choose another place with KAL_SESSION_FILE.",
        { cause: error },
      );
    }
    throw new Error(
      `Another KAL service uses the session file ${file}. Stop it, or give this one a file of its own with ` +
        `KAL_SESSION_FILE. If no other service runs, delete the folder ${file}.lock.`,
      { cause: error },
    );
  }
}
