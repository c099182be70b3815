/**
 * The Redis store fulfils the contract of every store (test/unit/gateway/store/store.test.ts), by Redis's own clock.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRedisStore } from "../../src/gateway/store/redis-store.ts";
import type { Store } from "../../src/gateway/store/store.ts";
import { recordingLog } from "../unit/gateway/support.ts";
import { missingRedis, type Redis, startRedis } from "./support/redis.ts";

describe.skipIf(missingRedis)(["the Redis store", missingRedis].filter(Boolean).join(": "), () => {
  let redis: Redis;
  let store: Store;

  beforeAll(async () => {
    redis = await startRedis();
    store = await createRedisStore({ url: redis.url, now: Date.now, log: recordingLog().log });
  });

  afterAll(async () => {
    await store.close();
    await redis.close();
  });

  const soon = () => Date.now() + 60_000;

  it("returns what was set, until it expires by itself", async () => {
    const expiresAt = soon();
    await store.set("k", { value: "v", expiresAt });
    const entry = await store.get("k");
    expect(entry?.value).toBe("v");
    // Redis counts whole milliseconds from when it gets the command.
    expect(Math.abs(entry!.expiresAt - expiresAt)).toBeLessThan(5000);
    expect(await store.get("other")).toBeUndefined();
    await store.set("brief", { value: "v", expiresAt: Date.now() + 20 });
    await expect.poll(() => store.get("brief")).toBeUndefined();
    expect(await redis.use((client) => client.exists("kal:session:brief"))).toBe(0);
  });

  it("never stores anything without an expiry", async () => {
    await store.set("over", { value: "v", expiresAt: Date.now() - 1000 });
    await expect.poll(() => store.get("over")).toBeUndefined();
    await store.set("lasting", { value: "v", expiresAt: soon() });
    await store.replace("lasting", "w");
    expect(await redis.use((client) => client.pTTL("kal:session:lasting"))).toBeGreaterThan(50_000);
    await store.extend("lasting", Date.now() - 1000);
    await expect.poll(() => store.get("lasting")).toBeUndefined();
  });

  it("changes existing entries", async () => {
    await store.set("k", { value: "v", expiresAt: soon() });
    expect(await store.replace("k", "w")).toBe(true);
    expect(await store.extend("k", Date.now() + 3_600_000)).toBe(true);
    const entry = await store.get("k");
    expect(entry?.value).toBe("w");
    expect(entry!.expiresAt - Date.now()).toBeGreaterThan(3_500_000);
  });

  it("never brings back what was deleted or has expired", async () => {
    await store.set("deleted", { value: "v", expiresAt: soon() });
    await store.set("expired", { value: "v", expiresAt: Date.now() + 1 });
    await store.delete("deleted");
    await expect.poll(() => store.get("expired")).toBeUndefined();
    for (const key of ["deleted", "expired", "never"]) {
      expect(await store.replace(key, "w")).toBe(false);
      expect(await store.extend(key, soon())).toBe(false);
      expect(await store.get(key)).toBeUndefined();
    }
  });
});
