/**
 * The store of one analyst's own service: a file that only its owner can read, so that a restart needs no typing.
 *
 * The file is written beside and renamed into place, so that a power cut leaves the old or the new one, whole.
 * Windows has no owner-only mode bits; there the profile folder's own access rules protect the file.
 * @module
 */
import { chmod, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import Type from "typebox";
import { Compile } from "typebox/compile";
import type { Log } from "../observe/log.ts";
import type { Entry, Store } from "./store.ts";

const ownerOnly = 0o600;

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

/** Opens the file, or begins a new one; a damaged one is set aside under another name and said in the log. */
export async function createFileStore({ file, now, log }: FileStoreOptions): Promise<Store> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const entries = await load(file, now(), log);
  const write = createWriter(file, () => {
    for (const [key, entry] of entries) if (entry.expiresAt <= now()) entries.delete(key);
    return JSON.stringify({ version: 1, entries: Object.fromEntries(entries) });
  });

  const live = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    return entry !== undefined && entry.expiresAt > now() ? entry : undefined;
  };
  /** A full disk costs the next start its sessions, but not this one. */
  const keep = async () => {
    await write().catch((error: unknown) => log.error({ error, file }, "sessions could not be written"));
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
      entries.set(key, entry);
      await keep();
    },
    replace: (key, value) => change(key, { value }),
    extend: (key, expiresAt) => change(key, { expiresAt }),
    delete: async (key) => {
      // What was forgotten must not come back with the next start, so a failure here is the caller's.
      if (entries.delete(key)) await write();
    },
    close: write.settled,
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

/** One write at a time; calls made meanwhile share the next one, which holds all of their changes. */
function createWriter(
  file: string,
  content: () => string,
): (() => Promise<void>) & { readonly settled: () => Promise<void> } {
  const beside = `${file}.${process.pid}.new`;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const writeNow = async (): Promise<void> => {
    try {
      const handle = await open(beside, "w", ownerOnly);
      try {
        await handle.writeFile(content());
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, file);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  };
  const write = (): Promise<void> => {
    next ??= running.then(() => {
      next = undefined;
      const writing = writeNow();
      running = writing.catch(() => undefined);
      return writing;
    });
    return next;
  };
  return Object.assign(write, { settled: async () => await (next ?? running).catch(() => undefined) });
}
