/**
 * The gateway's memory over a million small queries: `node bench/gateway-memory.mjs [queries]`.
 *
 * Measured ten times, each after a full garbage collection. Memory is flat if, but for noise, the second half ends no
 * higher than it began. The upstream only copies bytes and the callers barely read the answers, so that a million
 * queries take minutes.
 */
import { gatewayCall, gatewayRequest } from "./gateway/calls.mjs";
import { openFlood } from "./gateway/flood.mjs";
import { start, withParts } from "./gateway/processes.mjs";

const queries = Number(process.argv[2] ?? 1_000_000);
const connections = 16;
const steps = 10;

await withParts(async () => {
  const upstream = await start("recorded");
  const { facts, report } = await start("gateway", { environment: upstream.facts.environment });
  const call = await gatewayCall(facts.origin);
  await call();
  const flood = await openFlood({ origin: facts.origin, ...gatewayRequest(call.ticket), connections });
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1_048_576).toFixed(1);
  // The first step warms up caches and compilers.
  await flood.run(Math.min(queries / steps, 5000));
  const asked = (await upstream.report()).requests;
  const started = performance.now();
  let { cpu } = await report();
  console.log(`\nMemory of the gateway over ${queries.toLocaleString("en-GB")} queries\n`);
  console.log(
    "| queries | heap in use, MB | resident, MB | processor time for a query, µs |\n|---|---|---|---|",
  );
  for (let step = 1; step <= steps; step++) {
    await flood.run(queries / steps);
    const now = await report();
    const done = ((step * queries) / steps).toLocaleString("en-GB");
    const spent = Math.round(((now.cpu - cpu) * 1000) / (queries / steps));
    console.log(`| ${done} | ${megabytes(now.heapUsed)} | ${megabytes(now.rss)} | ${spent} |`);
    ({ cpu } = now);
  }
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(`\n${(await upstream.report()).requests - asked} requests upstream, ${minutes} minutes`);
  flood.close();
});
