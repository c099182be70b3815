import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFileStore } from "../../../../src/gateway/store/file-store.ts";
import { retryMs } from "../../../../src/gateway/store/file-writer.ts";
import { createMemoryStore } from "../../../../src/gateway/store/memory-store.ts";
import { maxEntries, type Store } from "../../../../src/gateway/store/store.ts";
import { withFolder } from "../../../gateway/support/gateway.ts";
import { recordingLog, stoppedClock } from "../support.ts";

type Clock = ReturnType<typeof stoppedClock>;

/** The contract of every store. */
const kinds: Record<string, (use: (store: Store, clock: Clock) => Promise<void>) => Promise<void>> = {
  memory: async (use) => {
    const clock = stoppedClock();
    await use(createMemoryStore(clock.now), clock);
  },
  file: (use) =>
    withFolder(async (folder) => {
      const clock = stoppedClock();
      await use(
        await createFileStore({ file: path.join(folder, "s.json"), now: clock.now, log: recordingLog().log }),
        clock,
      );
    }),
};

describe.each(Object.entries(kinds))("the %s store", (_, withStore) => {
  it("returns what was set, until it expires", () =>
    withStore(async (store, clock) => {
      const entry = { value: "v", expiresAt: clock.now() + 1000 };
      await store.set("k", entry);
      expect(await store.get("k")).toEqual(entry);
      expect(await store.get("other")).toBeUndefined();
      clock.advance(1);
      expect(await store.get("k")).toBeUndefined();
    }));

  it("changes existing entries", () =>
    withStore(async (store, clock) => {
      const expiresAt = clock.now() + 1000;
      await store.set("k", { value: "v", expiresAt });
      expect(await store.replace("k", "w")).toBe(true);
      expect(await store.extend("k", expiresAt + 1000)).toBe(true);
      expect(await store.get("k")).toEqual({ value: "w", expiresAt: expiresAt + 1000 });
    }));

  it("never brings back what was deleted or has expired", () =>
    withStore(async (store, clock) => {
      await store.set("deleted", { value: "v", expiresAt: clock.now() + 1000 });
      await store.set("expired", { value: "v", expiresAt: clock.now() + 1000 });
      await store.delete("deleted");
      clock.advance(1);
      for (const key of ["deleted", "expired", "never"]) {
        expect(await store.replace(key, "w")).toBe(false);
        expect(await store.extend(key, clock.now() + 9999)).toBe(false);
        expect(await store.get(key)).toBeUndefined();
      }
    }));
});

it("refuses a new entry when full instead of dropping a living one; expired ones make room", async () => {
  const clock = stoppedClock();
  const store = createMemoryStore(clock.now);
  const later = clock.now() + 9_000;
  await store.set("first", { value: "v", expiresAt: later });
  for (let index = 1; index < maxEntries; index++) {
    await store.set(`k${index}`, { value: "v", expiresAt: clock.now() + 1000 });
  }
  const one = { value: "v", expiresAt: later };
  await expect(store.set("more", one)).rejects.toMatchObject({ code: "KAL_THROTTLED" });
  expect(await store.get("first")).toBeDefined();
  expect(await store.get("more")).toBeUndefined();
  clock.advance(1);
  await store.set("more", one);
  expect(await store.get("more")).toEqual(one);
});

describe("the file", () => {
  afterEach(() => vi.useRealTimers());

  /** Timers stand still until the test moves them; files are still read and written. */
  const stopTimers = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const until = async (isSo: () => Promise<boolean>) => {
    while (!(await isSo())) await turn();
  };
  const open = (file: string, clock = stoppedClock(), recorded = recordingLog()) =>
    createFileStore({ file, now: clock.now, log: recorded.log });
  const far = Date.parse("2027-01-01T00:00:00Z");

  it("keeps sessions over a restart, and drops expired ones", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "new", "sessions.json");
      const clock = stoppedClock();
      const before = await open(file, clock);
      await before.set("lasting", { value: "a", expiresAt: far });
      await before.set("brief", { value: "b", expiresAt: clock.now() + 1000 });
      await before.close();

      clock.advance(2);
      const after = await open(file, clock);
      expect(await after.get("lasting")).toEqual({ value: "a", expiresAt: far });
      expect(await after.get("brief")).toBeUndefined();
      await after.set("another", { value: "c", expiresAt: far });
      expect(await readFile(file, "utf8")).not.toContain("brief");
    }));

  it("keeps deletions over a restart", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      const before = await open(file);
      await before.set("k", { value: "a", expiresAt: far });
      await before.delete("k");
      await before.close();
      expect(await (await open(file)).get("k")).toBeUndefined();
      expect(await readFile(file, "utf8")).not.toContain('"k"');
    }));

  it.skipIf(process.platform === "win32")("is readable by its owner only, even if it was not before", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      const store = await open(file);
      await store.set("k", { value: "a", expiresAt: far });
      await store.close();
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      await chmod(file, 0o644);
      await open(file);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }),
  );

  it("contains every one of many simultaneous changes, and leaves no other file", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      const store = await open(file);
      const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);
      await Promise.all(keys.map((key) => store.set(key, { value: "v", expiresAt: far })));
      await Promise.all(keys.slice(0, 50).map((key) => store.delete(key)));
      await store.close();
      expect(await readdir(folder)).toEqual(["sessions.json"]);
      const again = await open(file);
      for (const [index, key] of keys.entries())
        expect((await again.get(key)) !== undefined).toBe(index >= 50);
    }));

  it.each(["", "{", "null", '{"version":2,"entries":{}}', '{"version":1,"entries":{"k":{"value":1}}}'])(
    "is renamed and logged if it is damaged: %j",
    (content) =>
      withFolder(async (folder) => {
        const file = path.join(folder, "sessions.json");
        await writeFile(file, content);
        const recorded = recordingLog();
        const store = await open(file, stoppedClock(), recorded);
        await store.set("k", { value: "a", expiresAt: far });
        await store.close();
        const names = await readdir(folder);
        expect(names).toHaveLength(2);
        const aside = names.find((name) => name.includes("damaged"))!;
        expect(await readFile(path.join(folder, aside), "utf8")).toBe(content);
        expect(recorded.text()).toMatch(/"level":"warn".*damaged/);
        expect(await (await open(file)).get("k")).toBeDefined();
      }),
  );

  it("continues in memory if it cannot be written, but reports a deletion that was not saved", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      const recorded = recordingLog();
      const store = await open(file, stoppedClock(), recorded);
      await store.set("k", { value: "a", expiresAt: far });
      // A folder in the file's place: no file can be renamed onto it.
      await rm(file);
      await mkdir(path.join(file, "in the way"), { recursive: true });
      await store.set("l", { value: "b", expiresAt: far });
      expect(await store.get("l")).toBeDefined();
      expect(recorded.text()).toContain("could not be written");
      await expect(store.delete("k")).rejects.toThrow(/has ended, but the session file/);
      expect(await store.get("k")).toBeUndefined();
      await expect(store.close()).rejects.toThrow();
    }));

  it("saves a deletion as soon as it can be written", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      stopTimers();
      const store = await open(file);
      await store.set("k", { value: "a", expiresAt: far });
      await store.set("l", { value: "b", expiresAt: far });
      await rename(file, `${file}.away`);
      await mkdir(path.join(file, "in the way"), { recursive: true });
      await expect(store.delete("k")).rejects.toThrow();
      await rm(file, { recursive: true });
      await rename(`${file}.away`, file);
      await vi.advanceTimersByTimeAsync(retryMs);
      await until(async () => !(await readFile(file, "utf8")).includes('"k"'));
      expect(await readFile(file, "utf8")).toContain('"l"');
    }));

  it("saves a deletion although no new file can be written beside it", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      const store = await open(file);
      await store.set("k", { value: "a", expiresAt: far });
      await store.set("l", { value: "b", expiresAt: far });
      // A folder where the new file would be written.
      await mkdir(`${file}.${process.pid}.new`);
      await store.delete("k");
      await store.close();
      const again = await open(file);
      expect([await again.get("k"), (await again.get("l"))?.value]).toEqual([undefined, "b"]);
    }));

  it("has one writer: a second service waits ten seconds for it to end, then refuses and says what to do", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      const first = await open(file);
      await first.set("k", { value: "a", expiresAt: far });
      stopTimers();
      const start = Date.now();
      let outcome: Store | Error | undefined;
      const opened = open(file).then(
        (store) => (outcome = store),
        (error: Error) => (outcome = error),
      );
      let waited = 0;
      await until(async () => {
        // The lock's holder renews it with these timers, too.
        await vi.advanceTimersByTimeAsync(250);
        waited += 250;
        return outcome !== undefined || Date.now() - start > 30_000;
      });
      await opened;
      expect(outcome).toBeInstanceOf(Error);
      expect((outcome as Error).message).toMatch(
        /Another KAL service uses the session file .*KAL_SESSION_FILE/,
      );
      expect(waited).toBeGreaterThanOrEqual(10_000);
      vi.useRealTimers();
      await first.close();
      expect(await (await open(file)).get("k")).toBeDefined();
    }));

  it("is taken over from a process that died, whatever its process id was", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      await mkdir(`${file}.lock`);
      const minuteAgo = new Date(Date.now() - 60_000);
      await utimes(`${file}.lock`, minuteAgo, minuteAgo);
      const store = await open(file);
      await store.set("k", { value: "a", expiresAt: far });
      expect(await store.get("k")).toBeDefined();
    }));

  it("is no longer written by a service that has lost its lock", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      stopTimers();
      const recorded = recordingLog();
      const store = await open(file, stoppedClock(), recorded);
      await store.set("k", { value: "a", expiresAt: far });
      const future = new Date(Date.now() + 2_000);
      await utimes(`${file}.lock`, future, future);
      await until(async () => {
        await vi.advanceTimersByTimeAsync(1_000);
        return recorded.text().includes("lock was lost");
      });
      await store.set("l", { value: "b", expiresAt: far });
      expect(await readFile(file, "utf8")).not.toContain('"l"');
      expect(await store.get("l")).toBeDefined();
    }));
});
