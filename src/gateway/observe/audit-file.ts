/**
 * The audit's file. At its size limit it is renamed to `….1`, older ones are renumbered, and the oldest is deleted.
 * @module
 */
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createStream, type RotatingFileStream } from "rotating-file-stream";
import type { AuditSettings } from "../configuration/connections.ts";

export interface AuditFile {
  /** The stream for the next line; a new one if the last one failed, for example on a full disk. */
  stream(): RotatingFileStream;
  /** Waits until everything is written. */
  close(): Promise<void>;
}

/**
 * @param onError called when the file could not be written.
 * @throws Error with what to do if it cannot be opened now.
 */
export function openAuditFile(
  file: string,
  { maxMegabytes, maxFiles }: Pick<AuditSettings, "maxMegabytes" | "maxFiles">,
  onError: (error: unknown) => void,
): AuditFile {
  const folder = path.dirname(path.resolve(file));
  try {
    mkdirSync(folder, { recursive: true });
    // Only the service's own user may read who requested what.
    writeFileSync(file, "", { flag: "a", mode: 0o600 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The audit file cannot be written (${why}). Name another one in audit.file of KAL_CONFIG, or let the service write there.`,
      { cause: error },
    );
  }
  let current: RotatingFileStream | undefined;

  function open(): RotatingFileStream {
    const stream = createStream(path.basename(file), {
      path: folder,
      size: `${maxMegabytes}M`,
      rotate: maxFiles,
      mode: 0o600,
    });
    stream.on("error", (error) => {
      onError(error);
      if (current === stream) current = undefined;
    });
    return stream;
  }

  return {
    stream: () => (current ??= open()),
    close: () => new Promise((resolve) => (current ? current.end(resolve) : resolve())),
  };
}
