/**
 * The audit's file: at a size it is put aside as `….1`, those before it move on by one, and the oldest goes.
 * @module
 */
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createStream, type RotatingFileStream } from "rotating-file-stream";
import type { AuditSettings } from "../configuration/connections.ts";

export interface AuditFile {
  /** Where the next line goes: a new stream where the last one failed, as on a full disk. */
  stream(): RotatingFileStream;
  /** Waits until everything is written. */
  close(): Promise<void>;
}

/**
 * @param onError told when the file could not be written.
 * @throws Error where it cannot be opened now, saying what to do.
 */
export function openAuditFile(
  file: string,
  { maxMegabytes, maxFiles }: Pick<AuditSettings, "maxMegabytes" | "maxFiles">,
  onError: (error: unknown) => void,
): AuditFile {
  const folder = path.dirname(path.resolve(file));
  try {
    mkdirSync(folder, { recursive: true });
    // Only the service's own user reads who asked for what.
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
