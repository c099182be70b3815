/** What replicas leave in Redis: nothing that can be read, and nothing that opens elsewhere. */
import { hkdfSync } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { unsealBytes } from "../../../../src/gateway/sessions/seal.ts";
import { createReplicas } from "../../../../src/gateway/shared/replicas.ts";
import type { RedisConnection } from "../../../../src/gateway/store/redis-connection.ts";

const key = Buffer.from("first.key-Tz48vYq2wRm6xLc0sBn9dKe3");
const otherKey = Buffer.from("other.key-Hf71uXp5oWj2iGa8rCm4yNb6");
const secret = "canary-Pd63";

let stored: Map<string, Buffer>;
let pulls: number;

/** Only what answers need; it forgets nothing. */
const client = {
  withTypeMapping: () => client,
  get: async (name: string) => stored.get(name) ?? null,
  pTTL: async (name: string) => (stored.has(name) ? 60_000 : -2),
  set: async (name: string, value: string | Buffer) => void stored.set(name, Buffer.from(value)),
  eval: async (_script: string, { keys: [name = ""] }: { keys: string[] }) => void stored.delete(name),
};
const redis = {
  ask: (command: (open: typeof client) => unknown) => command(client),
  close: () => undefined,
} as unknown as RedisConnection;

beforeEach(() => {
  stored = new Map();
  pulls = 0;
});

async function ask(cacheKey: Buffer, question: string) {
  const { once } = createReplicas(redis, { cacheKey, previousCacheKey: undefined }, () => 0);
  const pull = async () => {
    pulls += 1;
    const answer = { head: {}, items: [`${secret} of ${question}`], asOf: 0 };
    return { answer, started: 0, lag: 0, origin: "pull" as const };
  };
  const { answer } = await once(question, {
    formerKey: undefined,
    maxAge: 60,
    keepFor: 60,
    pull,
    stop: new AbortController().signal,
  });
  await expect.poll(() => [...stored.keys()].some((name) => name.endsWith(":lock"))).toBe(false);
  return answer.items[0];
}

it("is opened by replicas with the same key only, and found by no others", async () => {
  expect(await ask(key, "prices")).toBe(`${secret} of prices`);
  const [[name, sealed] = ["", Buffer.alloc(0)]] = stored;
  expect([name.includes("prices"), sealed.includes(secret)]).toEqual([false, false]);
  await ask(key, "prices");
  expect(pulls).toBe(1);
  await ask(otherKey, "prices");
  expect(pulls).toBe(2);
  const names = [...stored.keys()];
  expect(names).toHaveLength(2);
  // Not even under the name where the other one looks.
  stored.set(names[1] ?? "", sealed);
  await ask(otherKey, "prices");
  expect(pulls).toBe(3);
});

it("is sealed with a key from the cache key, which all versions derive alike", async () => {
  await ask(key, "prices");
  const [[name, sealed] = ["", Buffer.alloc(0)]] = stored;
  const opened = [key, otherKey].map((cacheKey) => {
    const derived = hkdfSync("sha256", cacheKey, "", "kal shared answers", 32);
    return unsealBytes(sealed, Buffer.from(derived), name) !== undefined;
  });
  expect(opened).toEqual([true, false]);
});

it("does not open in the place of another question's answer", async () => {
  await ask(key, "prices");
  await ask(key, "costs");
  const [[first], [, costs]] = [...stored] as [[string, Buffer], [string, Buffer]];
  stored.set(first, costs);
  expect(await ask(key, "prices")).toBe(`${secret} of prices`);
  expect(pulls).toBe(3);
});
