/**
 * The gateway's memory over a million small queries: `node bench/gateway-memory.mjs [queries]`.
 *
 * Measured ten times, each after a full collection. Flat means that the second half ends no higher than it began, but
 * for noise.
 */
import { gatewayCall } from "./gateway/calls.mjs";
import { start, withParts } from "./gateway/processes.mjs";

const queries = Number(process.argv[2] ?? 1_000_000);
const atOnce = 16;
const steps = 10;

await withParts(async () => {
  const simulator = await start("simulator");
  const gateway = await start("gateway", { environment: simulator.facts.environment });
  const call = await gatewayCall(gateway.facts.origin, atOnce);
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1_048_576).toFixed(1);
  console.log(`\nMemory of the gateway over ${queries.toLocaleString("en-GB")} queries\n`);
  console.log("| queries | heap in use, MB | resident, MB |\n|---|---|---|");
  for (let step = 0; step <= steps; step++) {
    // The first step warms caches and compilers up.
    await run(call, step === 0 ? Math.min(queries / steps, 5000) : queries / steps);
    const { heapUsed, rss } = await gateway.report();
    const done = (step * queries) / steps;
    console.log(`| ${done.toLocaleString("en-GB")} | ${megabytes(heapUsed)} | ${megabytes(rss)} |`);
  }
});

/** @param {() => Promise<unknown>} call @param {number} count */
async function run(call, count) {
  let left = count;
  const caller = async () => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
}
