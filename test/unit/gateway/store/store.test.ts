import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createFileStore } from "../../../../src/gateway/store/file-store.ts";
import { createMemoryStore } from "../../../../src/gateway/store/memory-store.ts";
import type { Store } from "../../../../src/gateway/store/store.ts";
import { withFolder } from "../../../gateway/support/gateway.ts";
import { recordingLog, stoppedClock } from "../support.ts";

type Clock = ReturnType<typeof stoppedClock>;

/** What every store has to do. */
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
  it("gives back what was put, until it expires", () =>
    withStore(async (store, clock) => {
      const entry = { value: "v", expiresAt: clock.now() + 1000 };
      await store.set("k", entry);
      expect(await store.get("k")).toEqual(entry);
      expect(await store.get("other")).toBeUndefined();
      clock.advance(1);
      expect(await store.get("k")).toBeUndefined();
    }));

  it("changes what is there", () =>
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

describe("the file", () => {
  const open = (file: string, clock = stoppedClock(), recorded = recordingLog()) =>
    createFileStore({ file, now: clock.now, log: recorded.log });
  const far = Date.parse("2027-01-01T00:00:00Z");

  it("brings sessions over a restart, and drops the expired ones", () =>
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

  it("forgets over a restart what was deleted", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      const before = await open(file);
      await before.set("k", { value: "a", expiresAt: far });
      await before.delete("k");
      expect(await (await open(file)).get("k")).toBeUndefined();
      expect(await readFile(file, "utf8")).not.toContain('"k"');
    }));

  it.skipIf(process.platform === "win32")("is for its owner's eyes only, also when it was not before", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      await (await open(file)).set("k", { value: "a", expiresAt: far });
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      await chmod(file, 0o644);
      await open(file);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }),
  );

  it("holds every change of many made at once, and leaves nothing beside it", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      const store = await open(file);
      const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);
      await Promise.all(keys.map((key) => store.set(key, { value: "v", expiresAt: far })));
      await Promise.all(keys.slice(0, 50).map((key) => store.delete(key)));
      const again = await open(file);
      for (const [index, key] of keys.entries())
        expect((await again.get(key)) !== undefined).toBe(index >= 50);
      expect(await readdir(folder)).toEqual(["sessions.json"]);
    }));

  it.each(["", "{", "null", '{"version":2,"entries":{}}', '{"version":1,"entries":{"k":{"value":1}}}'])(
    "is set aside and said in the log when it is damaged: %j",
    (content) =>
      withFolder(async (folder) => {
        const file = path.join(folder, "sessions.json");
        await writeFile(file, content);
        const recorded = recordingLog();
        const store = await open(file, stoppedClock(), recorded);
        await store.set("k", { value: "a", expiresAt: far });
        const names = await readdir(folder);
        expect(names).toHaveLength(2);
        const aside = names.find((name) => name.includes("damaged"))!;
        expect(await readFile(path.join(folder, aside), "utf8")).toBe(content);
        expect(recorded.text()).toMatch(/"level":"warn".*damaged/);
        expect(await (await open(file)).get("k")).toBeDefined();
      }),
  );

  it("goes on in memory when it cannot be written, but admits that something was not forgotten", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      const recorded = recordingLog();
      const store = await open(file, stoppedClock(), recorded);
      await store.set("k", { value: "a", expiresAt: far });
      // A folder in the file's place: nothing can be renamed onto it.
      await rm(file);
      await mkdir(path.join(file, "in the way"), { recursive: true });
      await store.set("l", { value: "b", expiresAt: far });
      expect(await store.get("l")).toBeDefined();
      expect(recorded.text()).toContain("could not be written");
      await expect(store.delete("k")).rejects.toThrow();
      expect(await store.get("k")).toBeUndefined();
    }));
});
