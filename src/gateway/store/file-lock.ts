/**
 * One writer for a session file: two services would undo each other's disconnects.
 *
 * The lock is a folder beside the file. Its holder renews the folder's time every second, so a lock counts only while
 * its process runs: what a crash, a kill or another machine left is taken over after five seconds, and no process id
 * is compared, since ids are used again (in a container every service is process 1).
 * @module
 */
import lockfile from "proper-lockfile";
import type { Log } from "../observe/log.ts";

export interface FileLock {
  /** False once another process may have taken the lock, as after the computer slept while that one started. */
  isHeld(): boolean;
  release(): Promise<void>;
}

const renewalMs = 1_000;
const staleMs = 5_000;

/** How long a service that starts waits for the one before it to end. */
const maxWaitMs = 10_000;
const attemptMs = 250;

/** @throws Error saying what to do when another service keeps the lock. */
export async function lockFile(file: string, log: Log): Promise<FileLock> {
  let isHeld = true;
  try {
    const release = await lockfile.lock(file, {
      // The file need not be there yet.
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
    if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    throw new Error(
      `Another KAL service uses the session file ${file}. Stop it, or give this one a file of its own with ` +
        `KAL_SESSION_FILE. If no other service runs, delete the folder ${file}.lock.`,
      { cause: error },
    );
  }
}
