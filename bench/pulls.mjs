/**
 * The cost of pulling and projecting a large slice: `node bench/pulls.mjs [runs] [sizes]`.
 *
 * Upstream, gateway and caller are separate processes. In the same run, the gateway is compared with bare clients that
 * fetch, JSON.parse and take eight values of each document. A bare client is finished when the rows are in memory; so
 * is the gateway when its answer begins, because its table is then complete. A separate line gives the time until the
 * caller has read the last row, including the JSON of all rows. CPU and memory are those of the whole query. Medians;
 * each run uses fresh processes.
 */
import { once } from "node:events";
import { build } from "../scripts/steps/build.mjs";
import { root } from "../scripts/steps/root.mjs";
import { median, said, start, withGateway } from "./pulls/processes.mjs";

const runs = Number(process.argv[2] ?? 3);
const sizes = (process.argv[3] ?? "1000,10000,100000,1000000").split(",").map(Number);
const ways = ["one after the other", "six in parallel", "one request"];
const fields = [
  "entityId",
  "name",
  "importCode",
  "active",
  "currentPrice",
  "currentPriceEffectiveTime",
  "attributeNumber1",
  "textAttribute0",
];

/**
 * @typedef {{ milliseconds: number, answered?: number, cpu: number, peak: number }} Measured results of one run:
 * milliseconds until the rows are in memory, milliseconds until the caller has read them, CPU milliseconds, MB
 */

/**
 * @template T
 * @param {number} count documents
 * @param {number} delay milliseconds before each answer
 * @param {(origin: string) => Promise<T>} use
 */
async function withUpstream(count, delay, use) {
  const upstream = start("pulls/upstream.mjs", count, delay);
  try {
    const { port } = await said(upstream);
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    upstream.kill();
  }
}

/** @param {string} way @param {string} origin @param {number} count @returns {Promise<Measured>} */
async function measureBare(way, origin, count) {
  const child = start("pulls/bare.mjs", way, origin, count);
  const measured = await said(child);
  await once(child, "exit");
  return measured;
}

/** @param {string} origin @param {number} count */
function measureGateway(origin, count) {
  return withGateway(origin, async (ask) => {
    const started = performance.now();
    const answer = await ask("query", { collection: "product", query: "(entityVariant=Own)", fields });
    // The first line is written when the table is complete.
    const milliseconds = performance.now() - started;
    let end = "";
    for await (const piece of answer.body ?? [])
      end = (end + Buffer.from(piece).toString("latin1")).slice(-100);
    const answered = performance.now() - started;
    if (!end.endsWith(`{"rowCount":${count}}\n`)) throw new Error(`not whole: ${end}`);
    return { milliseconds, answered };
  });
}

/** @param {number} count @param {number} delay @param {string[]} bareWays */
async function compare(count, delay, bareWays) {
  return withUpstream(count, delay, async (origin) => {
    /** @type {Map<string, Measured[]>} */
    const measured = new Map([...bareWays, "gateway"].map((way) => [way, []]));
    for (let run = 0; run < runs; run += 1) {
      for (const [way, all] of measured) {
        all.push(await (way === "gateway" ? measureGateway(origin, count) : measureBare(way, origin, count)));
      }
    }
    return [...measured].map(([way, all]) => ({
      way,
      milliseconds: median(all.map((measured) => measured.milliseconds)),
      ...(way === "gateway" && { answered: median(all.map((measured) => measured.answered ?? NaN)) }),
      cpu: median(all.map((measured) => measured.cpu)),
      peak: median(all.map((measured) => measured.peak)),
    }));
  });
}

/** @param {Measured & { way: string }} measured */
const line = ({ way, milliseconds, answered, cpu, peak }) =>
  [
    `  ${way.padEnd(20)}`,
    ...[`${milliseconds.toFixed(0)} ms`, `${cpu.toFixed(0)} ms CPU`, `${peak.toFixed(0)} MB`].map((text) =>
      text.padStart(13),
    ),
    ...(answered === undefined ? [] : [`   answer read after ${answered.toFixed(0)} ms`]),
  ].join("");

await build({ root, wanted: ["service"], say: console.log });
for (const delay of [0, 100]) {
  const all = await compare(100_000, delay, ways);
  console.log(`\n100,000 documents, ${delay} ms before each answer`);
  for (const result of all) console.log(line(result));
  const bare = all.filter(({ way }) => way !== "gateway");
  const gateway = all.find(({ way }) => way === "gateway");
  /** @param {"milliseconds" | "cpu" | "peak"} what */
  const ratio = (what) => ((gateway?.[what] ?? NaN) / Math.min(...bare.map((item) => item[what]))).toFixed(2);
  console.log(
    `  to the best of each: ${ratio("milliseconds")} in time, ${ratio("cpu")} in CPU, ${ratio("peak")} in memory`,
  );
}
console.log("\nHow it grows, without delay");
for (const count of sizes) {
  for (const result of await compare(count, 0, []))
    console.log(line({ ...result, way: `${count} documents` }));
}
