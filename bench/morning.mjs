/**
 * A morning: `node bench/morning.mjs [analysts] [seconds]`. Analysts open the same workbook (20 queries, 2,000 lookups) in
 * the course of some seconds, on two replicas with one Redis, before a Data API that takes 100 ms for each answer. Then the
 * same without sharing.
 *
 * Here each analyst connects with typed credentials, which always asks for a token; the other token requests are the
 * replicas' own.
 *
 * The budget is 1,000 analysts in five minutes: as many pulls as there are different slices, and one token for each
 * replica. A machine that also runs the simulator and the analysts takes fewer.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { start, withParts } from "./gateway/processes.mjs";

const analysts = Number(process.argv[2] ?? 200);
const seconds = Number(process.argv[3] ?? 60);
const own = "(entityVariant=Own)";
const collections = ["site", "product", "price", "reference/Brand", "reference/Area"];

/** @param {number} number */
const queries = (number) =>
  Array.from({ length: number }, (_, at) => ({
    collection: collections[at % collections.length],
    query: at % collections.length < 3 ? own : "",
    limit: 50 + at,
  }));

/** @returns {Promise<{ url: string, stop: () => void }>} */
async function startRedis() {
  const probe = createServer().listen({ host: "127.0.0.1", port: 0 });
  await once(probe, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
  probe.close();
  await once(probe, "close");
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const text of server.stdout) if (String(text).includes("Ready to accept")) break;
  return { url: `redis://127.0.0.1:${port}`, stop: () => void server.kill() };
}

/** @param {string} origin @param {string} path @param {object} body @param {string} [ticket] */
async function post(origin, path, body, ticket) {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-kal-request": "1",
      ...(ticket && { authorization: `Bearer ${ticket}` }),
    },
    body: JSON.stringify(body),
  });
  const answer = /** @type {any} */ (await response.json());
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

/** @param {string} name @param {Record<string, string>} variables */
async function morning(name, variables) {
  const simulator = await start("simulator", {
    ownSites: 100,
    faults: [{ kind: "slow", delay: 100 }],
  });
  const { environment } = simulator.facts;
  const replicas = await Promise.all(
    [1, 2].map(() => start("gateway", { environment, variables: { KAL_CACHE_KEY: key, ...variables } })),
  );
  const codes = Array.from({ length: 2000 }, (_, at) => [String(1000 + (at % 100))]);
  /** @type {number[]} */
  const times = [];
  await Promise.all(
    Array.from({ length: analysts }, async (_, at) => {
      await delay((at / analysts) * seconds * 1000);
      const { origin } = /** @type {any} */ (replicas[at % 2]).facts;
      const { ticket } = await post(origin, "/session", { environment: "sample" });
      const began = performance.now();
      const [batch] = await Promise.all([
        post(origin, "/batch", { requests: queries(20) }, ticket),
        post(
          origin,
          "/lookup",
          {
            collection: "site",
            query: own,
            keys: ["importCode"],
            requests: [{ field: "name", values: codes }],
          },
          ticket,
        ),
      ]);
      const failed = batch.answers.find((/** @type {any} */ { error }) => error);
      if (failed) throw new Error(JSON.stringify(failed.error));
      times.push(performance.now() - began);
    }),
  );
  const { data, tokens } = await simulator.report();
  const connects = `${tokens} (${analysts} connects)`;
  const memory = await Promise.all(replicas.map((replica) => replica.report()));
  times.sort((a, b) => a - b);
  const ms = (/** @type {number} */ part) => Math.round(times[Math.floor((times.length - 1) * part)] ?? 0);
  const heap = Math.max(...memory.map(({ heapUsed }) => heapUsed)) / 2 ** 20;
  console.log(`| ${name} | ${data} | ${connects} | ${ms(0.5)} | ${ms(1)} | ${heap.toFixed(0)} |`);
  for (const part of [...replicas, simulator]) part.stop();
}

const key = randomBytes(32).toString("base64");

await withParts(async () => {
  console.log(`\n${analysts} analysts in ${seconds} s, two replicas\n`);
  console.log("| | requests to the Data API | to the identity provider | median ms | slowest ms | heap MB |");
  console.log("|---|---|---|---|---|---|");
  const redis = await startRedis();
  try {
    await morning("shared, with Redis", { KAL_REDIS_URL: redis.url, KAL_MAX_AGE: "600" });
    await morning("shared, without Redis", { KAL_MAX_AGE: "600" });
    await morning("not shared", { KAL_MAX_AGE: "0" });
  } finally {
    redis.stop();
  }
});
