/** The same groups by DuckDB from the same records, as a separate process. Says so where it is not installed. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const [origin = ""] = process.argv.slice(2);
const group = "source, date_trunc('day', effectiveTime)";
const questions = {
  "count, avg, min, max": `select ${group}, count(*), avg(price), min(price), max(price) from prices group by all`,
  "median, distinct": `select ${group}, median(price), count(distinct site) from prices group by all`,
};

/** @type {any} */
const duckdb = await import(/** @type {string} */ ("@duckdb/node-api")).catch(() => undefined);
if (duckdb) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kal-bench-"));
  const file = path.join(folder, "prices.json");
  writeFileSync(file, Buffer.from(await (await fetch(`${origin}/api/price?query=(limit=0)`)).arrayBuffer()));
  const connection = await (await duckdb.DuckDBInstance.create(":memory:")).connect();
  /** @type {Record<string, { milliseconds: number, peak: number }>} */
  const measured = {};
  /** @param {string} what @param {string} sql */
  const run = async (what, sql) => {
    const started = performance.now();
    await connection.runAndReadAll(sql);
    const milliseconds = performance.now() - started;
    measured[what] = { milliseconds, peak: process.resourceUsage().maxRSS / 1024 };
  };
  await run(
    "records into its table",
    `create table prices as select data.source as source, data.effectiveTime::timestamp as effectiveTime,
     data.price::decimal(12, 3) as price, data.site.entityId as site from read_json('${file}')`,
  );
  for (const [what, sql] of Object.entries(questions)) await run(what, sql);
  rmSync(folder, { recursive: true });
  process.send?.(measured);
} else {
  process.send?.("DuckDB is not installed: npm install --no-save @duckdb/node-api");
}
process.disconnect?.();
