/**
 * An organisation's morning: `node bench/morning.mjs [analysts] [seconds]`. Analysts sign in and open the same workbook (20
 * queries, 2,000 lookups) in the course of some seconds, on two replicas of the service and one Redis, with one
 * connection that the organisation holds, before a Data API that takes 100 ms for each answer. Then the same with less
 * sharing, and all of them at once with one query each.
 *
 * The budget is 1,000 analysts in five minutes: no slice is pulled twice (“20 of 20”), and each replica needs one token.
 *
 * Services and Data API are processes of their own; the analysts are this one, which reads as little as it can of the
 * answers. A time begins with signing in and ends with the last cell's answer. Memory is the most that a replica had
 * (resident), and what is left on its heap in the end.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "undici";
import { describeOrganisation } from "../scripts/steps/sign-in.mjs";
import { start, withParts } from "./gateway/processes.mjs";
import { startIssuer } from "./morning/issuer.mjs";
import { startRedis } from "./morning/redis.mjs";

const analysts = Number(process.argv[2] ?? 1000);
const seconds = Number(process.argv[3] ?? 300);
const connection = "pricing";
const own = "(entityVariant=Own)";
/** As the add-in states it for cells of a workbook that is opened. Seconds. */
const maxAge = 300;
const collections = ["site", "product", "price", "reference/Brand", "reference/Area"];

const queries = Array.from({ length: 20 }, (_, at) => ({
  connection,
  collection: collections[at % collections.length],
  query: at % collections.length < 3 ? own : "",
  limit: 50 + at,
  maxAge,
}));
const lookups = {
  connection,
  collection: "site",
  query: own,
  keys: ["importCode"],
  maxAge,
  requests: [{ field: "name", values: Array.from({ length: 2000 }, (_, at) => [String(1000 + (at % 100))]) }],
};
/** The calls of a workbook that is opened, as the add-in sends them. */
const workbook = {
  "/batch": JSON.stringify({ requests: queries }),
  "/lookup": JSON.stringify(lookups),
};
/** One query, another one for every twentieth analyst. @param {number} at */
const oneQuery = (at) => ({ "/query": JSON.stringify(queries[at % queries.length]) });

/**
 * @param {string} name
 * @param {Record<string, string>} variables
 * @param {(at: number) => Record<string, string>} callsOf the bodies that an analyst sends, by path
 * @param {number} within seconds in which all come
 */
async function morning(name, variables, callsOf, within) {
  const faults = [{ kind: "slow", delay: 100 }];
  const simulator = await start("simulator", { ownSites: 100, faults });
  const issuer = await startIssuer();
  const { environment } = simulator.facts;
  const sample = { credentials: { sample: environment.credentials } };
  const folder = mkdtempSync(path.join(os.tmpdir(), "kal-morning-"));
  const replicas = await Promise.all(
    ["one", "two"].map((replica) => {
      const organisation = describeOrganisation({
        folder: path.join(folder, replica),
        provider: issuer,
        simulator: sample,
      });
      const more = { KAL_CACHE_KEY: key, ...variables };
      return start("gateway", { environment, variables: { ...organisation, ...more } });
    }),
  );
  const pools = replicas.map(({ facts }) => new Pool(facts.origin, { connections: 256 }));
  repeated = 0;
  const tokens = await Promise.all(Array.from({ length: analysts }, issuer.sign));
  /** @type {number[]} */
  const times = [];
  await Promise.all(
    tokens.map(async (accessToken, at) => {
      await delay((at / analysts) * within * 1000);
      const began = performance.now();
      const pool = /** @type {Pool} */ (pools[at % pools.length]);
      const signedIn = await post(pool, "/sign-in", JSON.stringify({ accessToken }));
      const { ticket } = JSON.parse(signedIn.toString());
      await Promise.all(Object.entries(callsOf(at)).map(([call, body]) => post(pool, call, body, ticket)));
      times.push(performance.now() - began);
    }),
  );
  const { data, pulls, different, tokens: tokenRequests } = await simulator.report();
  const memory = await Promise.all(replicas.map((replica) => replica.report()));
  times.sort((a, b) => a - b);
  const ms = (/** @type {number} */ part) => Math.round(times[Math.floor((times.length - 1) * part)] ?? 0);
  const most = (/** @type {"peak" | "heapUsed"} */ of) =>
    (Math.max(...memory.map((each) => each[of])) / 2 ** 20).toFixed(0);
  console.log(
    `| ${name} | ${pulls} of ${different} | ${data} | ${tokenRequests} | ${ms(0.5)} | ${ms(1)} | ${most("peak")} | ${most("heapUsed")} | ${repeated} |`,
  );
  for (const part of [...replicas, simulator, issuer]) part.stop();
  await Promise.all(pools.map((pool) => pool.destroy()));
  rmSync(folder, { recursive: true });
}

/**
 * As the add-in does, sends a call again that may be repeated.
 * @param {Pool} pool @param {string} call @param {string} body @param {string} [ticket] @returns {Promise<Buffer>}
 */
async function post(pool, call, body, ticket) {
  const headers = {
    "content-type": "application/json",
    "x-kal-request": "1",
    ...(call === "/batch" && { accept: "application/x-ndjson" }),
    ...(ticket && { authorization: `Bearer ${ticket}`, "x-kal-connection": connection }),
  };
  const answer = await pool.request({ path: `/api/v1${call}`, method: "POST", headers, body });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  if (answer.statusCode === 200 && !bytes.includes('"error":')) return bytes;
  if (!bytes.includes('"retryable":true')) {
    throw new Error(`${call}: ${answer.statusCode} ${bytes.toString("utf8", 0, 1000)}`);
  }
  repeated += 1;
  await delay(1000);
  return post(pool, call, body, ticket);
}

let repeated = 0;
const key = randomBytes(32).toString("base64");

await withParts(async () => {
  console.log(`\n${analysts} analysts, two replicas\n`);
  console.log(
    "| | pulls of slices | requests to the Data API | token requests | median ms | slowest ms | peak MB | heap MB | calls repeated |",
  );
  console.log("|---|---|---|---|---|---|---|---|---|");
  const redis = await startRedis();
  const shared = { KAL_MAX_AGE: "600" };
  const withRedis = { KAL_REDIS_URL: redis.url, ...shared };
  try {
    await morning("one query each, all at once", withRedis, oneQuery, 0);
    await morning(`a workbook each, in ${seconds} s`, withRedis, () => workbook, seconds);
    await morning("without Redis", shared, () => workbook, seconds);
    await morning("not shared", { KAL_MAX_AGE: "0" }, () => workbook, seconds);
  } finally {
    redis.stop();
  }
});
