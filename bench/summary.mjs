/**
 * The cost of KAL.SUMMARY and KAL.ASOF over many prices: `node bench/summary.mjs [prices] [runs]`.
 *
 * Upstream and gateway are separate processes. In the same run the gateway pulls the same records as a table of the
 * fields that the summary needs, which is the floor: a summary reads them all, and should take little longer. As a
 * yardstick an embedded analytical engine (DuckDB) makes the same groups from the same records where it is installed
 * (`npm install --no-save @duckdb/node-api`): by itself, once they are in its table. Medians; fresh processes each run.
 */
import { build } from "../scripts/steps/build.mjs";
import { root } from "../scripts/steps/root.mjs";
import { median, said, start, withGateway } from "./pulls/processes.mjs";

const prices = Number(process.argv[2] ?? 1_000_000);
const runs = Number(process.argv[3] ?? 3);
const slice = { collection: "price", query: "(entityVariant=Own)" };
const by = ["source", "day(effectiveTime)"];

/** MB of heap for whole tables: a million rows need more than Node allows itself. */
const heap = 12_288;

/** A board of 250 products by 24 hours. */
const cells = Array.from({ length: 6000 }, (_, cell) => ({
  product: `60d00000-0000-4000-8000-${String(Math.floor(cell / 24)).padStart(12, "0")}`,
  moment: `2026-10-01T${String(cell % 24).padStart(2, "0")}:00:00`,
}));
const board = {
  field: "price",
  values: cells.map(({ product }) => [product]),
  moments: cells.map(({ moment }) => moment),
};

/** @type {Record<string, [route: string, body: object, heap?: number]>} what is asked, and by which call */
const questions = {
  "the pull itself": [
    "query",
    { fields: ["source", "effectiveTime", "price", "site", "product", "entityVariant"] },
    heap,
  ],
  "count, avg, min, max": ["summary", { by, measures: ["count", "avg(price)", "min(price)", "max(price)"] }],
  "median, distinct": ["summary", { by, measures: ["median(price)", "distinct(site)"] }],
  "ASOF, 6,000 cells": ["as-of", { keys: ["product"], requests: [board] }, heap],
  timeavg: ["summary", { by, measures: ["timeavg(price)"], now: "2027-06-01T00:00:00" }],
};

/** @param {string} origin @param {string} route @param {object} more @param {number} [heap] */
function measure(origin, route, more, heap) {
  return withGateway(
    origin,
    async (ask) => {
      const started = performance.now();
      const answer = await ask(route, { ...slice, ...more });
      // A table's first line is written when it is complete, a summary's answer when it is made.
      const milliseconds = performance.now() - started;
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${route}: ${answer.status}`);
      return { milliseconds };
    },
    heap,
  );
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
    for (const [what, [route, more, megabytes]] of Object.entries(questions)) {
      all.get(what)?.push(await measure(origin, route, more, megabytes));
    }
  }
  console.log(`\n${prices.toLocaleString("en-GB")} prices`);
  let [floor, floorCpu] = [NaN, NaN];
  for (const [what, measured] of all) {
    /** @param {"milliseconds" | "cpu" | "peak"} name */
    const of = (name) => median(measured.map((each) => each[name]));
    const milliseconds = of("milliseconds");
    const cpu = of("cpu");
    if (Number.isNaN(floor)) [floor, floorCpu] = [milliseconds, cpu];
    const ratio = `   ${(milliseconds / floor).toFixed(2)} of the pull, CPU ${(cpu / floorCpu).toFixed(2)}`;
    console.log(line(what, { milliseconds, cpu, peak: of("peak") }, ratio));
  }
  const yardstick = start("summary/duckdb.mjs", origin);
  const found = await said(yardstick);
  if (typeof found === "string") console.log(`  ${found}`);
  else for (const [what, measured] of Object.entries(found)) console.log(line(`DuckDB: ${what}`, measured));
} finally {
  upstream.kill();
}
