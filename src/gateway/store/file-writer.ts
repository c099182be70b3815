/**
 * Keeps a small file up to date: one write at a time; a failed write is retried until it succeeds.
 *
 * We write a second file and rename it over the first, so that a power cut leaves either the old or the new file,
 * complete.
 * @module
 */
import { open, rename, rm } from "node:fs/promises";

export const ownerOnly = 0o600;

/** Pause before a failed write is retried. */
export const retryMs = 5_000;

export interface FileWriter {
  /**
   * Writes the current content. Calls made during a write share the next one, which contains all their changes.
   * @param removes whether the content lost something that a restart must not bring back. If the file cannot be
   * replaced, for example on a full disk, it is then overwritten in place.
   * @throws the file system's error; the write is retried later.
   */
  write(removes?: boolean): Promise<void>;
  /** Waits for a write in progress and retries a failed one once more. @throws as `write`. */
  close(): Promise<void>;
}

export interface FileWriterOptions {
  readonly file: string;
  readonly content: () => string;
  /** False while another process may write the file: then every write fails. */
  readonly mayWrite: () => boolean;
}

export function createFileWriter({ file, content, mayWrite }: FileWriterOptions): FileWriter {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;
  /** Whether the file still contains something that was removed. */
  let hasRemoved = false;

  async function writeNow(): Promise<void> {
    const removes = hasRemoved;
    hasRemoved = false;
    clearTimeout(retry);
    retry = undefined;
    try {
      if (!mayWrite()) throw new Error(`Another process has taken the lock of ${file}.`);
      const text = content();
      await replace(file, text).catch((error: unknown) =>
        removes ? overwrite(file, text) : Promise.reject(error as Error),
      );
    } catch (error) {
      hasRemoved ||= removes;
      retry = setTimeout(() => void write().catch(() => undefined), retryMs).unref();
      if (isClosed) clearTimeout(retry);
      throw error;
    }
  }

  function write(removes = false): Promise<void> {
    hasRemoved ||= removes;
    next ??= running.then(() => {
      next = undefined;
      const writing = writeNow();
      running = writing.catch(() => undefined);
      return writing;
    });
    return next;
  }

  return {
    write,
    async close() {
      isClosed = true;
      await (next ?? running).catch(() => undefined);
      if (retry !== undefined) await write();
    },
  };
}

async function replace(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await writeWhole(beside, "w", text);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Needs no new file and hardly any new space. */
function overwrite(file: string, text: string): Promise<void> {
  return writeWhole(file, "r+", text);
}

async function writeWhole(file: string, flags: "w" | "r+", text: string): Promise<void> {
  const handle = await open(file, flags, ownerOnly);
  try {
    await handle.writeFile(text);
    await handle.truncate(Buffer.byteLength(text));
    await handle.sync();
  } finally {
    await handle.close();
  }
}
