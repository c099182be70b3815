/**
 * The cost of KAL.SUMMARY over many prices: `node bench/summary.mjs [prices] [runs]`.
 *
 * Upstream and gateway are separate processes. In the same run the gateway pulls the same records as a table of the
 * fields that the summary needs, which is the floor: a summary reads them all, and should take little longer. As a
 * yardstick an embedded analytical engine (DuckDB) makes the same groups from the same records where it is installed
 * (`npm install --no-save @duckdb/node-api`): by itself, once they are in its table. Medians; fresh processes each run.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { build } from "../scripts/steps/build.mjs";

const root = path.join(import.meta.dirname, "..");
const prices = Number(process.argv[2] ?? 1_000_000);
const runs = Number(process.argv[3] ?? 3);
const slice = { collection: "price", query: "(entityVariant=Own)" };
const by = ["source", "day(effectiveTime)"];

/** What is asked, and by which call. */
const questions = {
  "the pull itself": [
    "query",
    { fields: ["source", "effectiveTime", "price", "site", "product", "entityVariant"] },
  ],
  "count, avg, min, max": ["summary", { by, measures: ["count", "avg(price)", "min(price)", "max(price)"] }],
  "median, distinct": ["summary", { by, measures: ["median(price)", "distinct(site)"] }],
  timeavg: ["summary", { by, measures: ["timeavg(price)"], now: "2027-06-01T00:00:00" }],
};

/** @param {string} name @param {...unknown} values */
const start = (name, ...values) => fork(path.join(import.meta.dirname, name), values.map(String));
/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @param {import("node:child_process").ChildProcess} child @returns {Promise<any>} its next message */
async function said(child) {
  const [message] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`ended with ${code}`))),
  ]);
  return message;
}

/** @param {string} origin @param {string} route @param {object} more */
async function measure(origin, route, more) {
  const child = start("pulls/gateway.mjs", root, origin);
  const { url } = await said(child);
  /** @param {string} address @param {object} body */
  const post = (address, body, headers = {}) =>
    fetch(`${url}/api/v1/${address}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-kal-request": "1", ...headers },
      body: JSON.stringify(body),
    });
  const credentials = {
    clientId: "5a6b7c8d-0000-4000-8000-000000000001",
    clientSecret: "invented",
    scope: "api://bench/1/.default",
  };
  const { ticket } = await (await post("session", { environment: "bench", ...credentials })).json();
  const started = performance.now();
  const headers = { authorization: `Bearer ${ticket}`, accept: "application/x-ndjson" };
  const answer = await post(route, { ...slice, ...more }, headers);
  // A table's first line is written when it is complete, a summary's answer when it is made.
  const milliseconds = performance.now() - started;
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${route}: ${answer.status}`);
  child.send("end");
  const { cpu, peak } = await said(child);
  await once(child, "exit");
  return { milliseconds, cpu, peak };
}

/** @param {string} what @param {{ milliseconds: number, peak: number, cpu?: number }} measured */
const line = (what, { milliseconds, cpu, peak }, ratio = "") =>
  `  ${what.padEnd(30)}${`${milliseconds.toFixed(0)} ms`.padStart(11)}${(cpu === undefined ? "" : `${cpu.toFixed(0)} ms CPU`).padStart(14)}${`${peak.toFixed(0)} MB`.padStart(10)}${ratio}`;

await build({ root, wanted: ["service"], say: console.log });
const upstream = start("summary/upstream.mjs", prices);
try {
  const { port } = await said(upstream);
  const origin = `http://127.0.0.1:${port}`;
  /** @type {Map<string, { milliseconds: number, cpu: number, peak: number }[]>} */
  const all = new Map(Object.keys(questions).map((what) => [what, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const [what, [route, more]] of Object.entries(questions)) {
      all.get(what)?.push(await measure(origin, String(route), Object(more)));
    }
  }
  console.log(`\n${prices.toLocaleString("en-GB")} prices`);
  let floor = NaN;
  for (const [what, measured] of all) {
    /** @param {"milliseconds" | "cpu" | "peak"} name */
    const of = (name) => median(measured.map((each) => each[name]));
    const milliseconds = of("milliseconds");
    if (Number.isNaN(floor)) floor = milliseconds;
    const ratio = `   ${(milliseconds / floor).toFixed(2)} of the pull`;
    console.log(line(what, { milliseconds, cpu: of("cpu"), peak: of("peak") }, ratio));
  }
  const yardstick = start("summary/duckdb.mjs", origin);
  const found = await said(yardstick);
  if (typeof found === "string") console.log(`  ${found}`);
  else for (const [what, measured] of Object.entries(found)) console.log(line(`DuckDB: ${what}`, measured));
} finally {
  upstream.kill();
}
