/**
 * The store of an analyst's own service: a file that only its owner can read, so that nobody has to connect again
 * after a restart.
 *
 * Windows has no owner-only mode bits; there the access rules of the profile folder protect the file.
 * @module
 */
import { chmod, mkdir, readFile, rename } from "node:fs/promises";
import path from "node:path";
import Type from "typebox";
import { Compile } from "typebox/compile";
import { KalError } from "../../kalibrate/errors.ts";
import type { Log } from "../observe/log.ts";
import { lockFile } from "./file-lock.ts";
import { createFileWriter, ownerOnly } from "./file-writer.ts";
import { type Entry, makeRoom, type Store } from "./store.ts";

const fileSchema = Compile(
  Type.Object({
    version: Type.Literal(1),
    entries: Type.Record(Type.String(), Type.Object({ value: Type.String(), expiresAt: Type.Number() })),
  }),
);

export interface FileStoreOptions {
  readonly file: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Opens the file or creates a new one. A damaged file is renamed, and the log says so.
 * @throws Error with what to do if another service uses the file.
 */
export async function createFileStore({ file, now, log }: FileStoreOptions): Promise<Store> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const lock = await lockFile(file, log);
  const entries = await load(file, now(), log).catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });
  const writer = createFileWriter({
    file,
    content: () => {
      for (const [key, entry] of entries) if (entry.expiresAt <= now()) entries.delete(key);
      return JSON.stringify({ version: 1, entries: Object.fromEntries(entries) });
    },
    mayWrite: lock.isHeld,
  });

  const live = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    return entry !== undefined && entry.expiresAt > now() ? entry : undefined;
  };
  /** If the disk is full, the sessions are lost at the next restart, but this process keeps them. */
  const keep = async () => {
    await writer
      .write()
      .catch((error: unknown) => log.error({ error, file }, "sessions could not be written; trying again"));
  };
  const change = async (key: string, change: Partial<Entry>): Promise<boolean> => {
    const entry = live(key);
    if (entry === undefined) return false;
    entries.set(key, { ...entry, ...change });
    await keep();
    return true;
  };

  return {
    get: async (key) => live(key),
    set: async (key, entry) => {
      makeRoom(entries, now());
      entries.set(key, entry);
      await keep();
    },
    replace: (key, value) => change(key, { value }),
    extend: (key, expiresAt) => change(key, { expiresAt }),
    delete: async (key) => {
      if (!entries.delete(key)) return;
      await writer.write(true).catch((error: unknown) => {
        throw new KalError("KAL_GATEWAY_INTERNAL", {
          message: "This connection has ended, but the session file on the disk could not be changed.",
          hint: "KAL keeps trying. Free space on the disk before you stop the service.",
          cause: error,
        });
      });
    },
    close: () => writer.close().finally(lock.release),
  };
}

async function load(file: string, now: number, log: Log): Promise<Map<string, Entry>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
    await chmod(file, ownerOnly);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Map();
    throw error;
  }
  const content = parse(text);
  if (content === undefined) {
    const aside = `${file}.damaged-${now}`;
    await rename(file, aside);
    log.warn({ file: aside }, "the session file was damaged and has been set aside; people connect again");
    return new Map();
  }
  return new Map(Object.entries(content.entries).filter(([, entry]) => entry.expiresAt > now));
}

function parse(text: string): { entries: Record<string, Entry> } | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return fileSchema.Check(content) ? content : undefined;
  } catch {
    return undefined;
  }
}
