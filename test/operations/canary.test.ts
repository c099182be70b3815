/**
 * Searches Redis for the canaries of test/gateway/canary.test.ts: every key and value, plain and as dumped, and the
 * append-only file with everything ever written.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { canariesOf, find, runEverything, type Written } from "../gateway/support/canaries.ts";
import { foreignToken, startLeakyVendor } from "../gateway/support/leaky-vendor.ts";
import { connectBody, planted, withOwnEnvironment } from "../gateway/support/own-environment.ts";
import { missingRedis, type Redis, startRedis } from "./support/redis.ts";

const password = "redis~planted.password-Hj37";

/** Everything that Redis contains or ever contained. */
async function readRedis(redis: Redis, written: Written): Promise<void> {
  await redis.use(async (client) => {
    for (const key of await client.keys("*")) {
      written.set(`Redis key ${key}`, `${key} ${await client.get(key)} ${await client.dump(key)}`);
    }
  });
  const files = await readdir(redis.folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((file) => file.isFile() && file.name.includes("aof"))) {
    written.set(`Redis file ${file.name}`, await readFile(path.join(file.parentPath, file.name), "latin1"));
  }
}

describe.skipIf(missingRedis)(["Redis", missingRedis].filter(Boolean).join(": "), () => {
  it("contains no secret, no ticket and no token, and the log does not contain its password", async () => {
    const redis = await startRedis({ password });
    const vendor = await startLeakyVendor(() => planted.clientSecret);
    const written: Written = new Map();
    const tickets: string[] = [];
    try {
      await withOwnEnvironment(
        { authority: vendor.origin, api: vendor.origin },
        async (gateway) => {
          tickets.push((await gateway.connect(connectBody)).ticket);
          await runEverything(gateway, "with Redis", written, tickets);
          const { ticket } = await gateway.connect({ ...connectBody, remember: true });
          tickets.push(ticket);
          await readRedis(redis, written);
          written.set("log", gateway.log());
        },
        { variables: { KAL_REDIS_URL: redis.url } },
      );
    } finally {
      await vendor.close();
      await redis.close();
    }
    const canaries = [
      ...canariesOf([...vendor.tokens, foreignToken], tickets),
      planted.clientId,
      planted.scope,
      password,
    ];
    const inRedis = new Map([...written].filter(([where]) => where.startsWith("Redis")));
    expect(find(inRedis, canaries)).toEqual([]);
    expect(find(new Map([["log", written.get("log")!]]), [...canariesOf([], tickets), password])).toEqual([]);
    // Check that they could have been found: sessions were stored, replaced and deleted.
    expect([...inRedis.keys()].some((where) => where.startsWith("Redis key kal:session:"))).toBe(true);
    const history = [...inRedis].find(([where]) => where.includes(".incr.aof"))?.[1] ?? "";
    for (const command of ["PX", "KEEPTTL", "DEL"]) expect(history).toMatch(new RegExp(command, "i"));
  });
});
