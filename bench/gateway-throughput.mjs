/**
 * Small queries per second through the gateway, compared with a bare @fastify/http-proxy in front of the same simulator
 * and with the simulator itself: `node bench/gateway-throughput.mjs [seconds]`.
 */
import { directCall, gatewayCall, getToken } from "./gateway/calls.mjs";
import { start, withParts } from "./gateway/processes.mjs";

const seconds = Number(process.argv[2] ?? 5);
const atOnce = 16;
const rounds = 3;

await withParts(async () => {
  const simulator = await start("simulator");
  const { origin, environment } = simulator.facts;
  const token = await getToken(simulator.facts);
  const proxy = await start("proxy", { upstream: origin, token });
  const gateway = await start("gateway", { environment });
  /** @type {Record<string, () => Promise<unknown>>} */
  const calls = {
    "the simulator itself": directCall(origin, token, atOnce),
    "bare @fastify/http-proxy": directCall(proxy.facts.origin, token, atOnce),
    "the gateway": await gatewayCall(gateway.facts.origin, atOnce),
  };
  /** @type {Record<string, number[]>} */
  const rates = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of Object.entries(calls)) {
      await rate(call, 1);
      (rates[name] ??= []).push(await rate(call, seconds));
    }
  }
  const median = (/** @type {string} */ name) => (rates[name] ?? []).toSorted((a, b) => a - b)[1] ?? NaN;
  console.log(`\n${atOnce} at once for ${seconds} s, median of ${rounds} rounds in turn\n`);
  console.log("| | queries a second | of the proxy |\n|---|---|---|");
  for (const name of Object.keys(calls)) {
    const share = median(name) / median("bare @fastify/http-proxy");
    console.log(`| ${name} | ${Math.round(median(name))} | ${share.toFixed(2)} |`);
  }
});

/** @param {() => Promise<unknown>} call @param {number} time seconds @returns {Promise<number>} calls per second */
async function rate(call, time) {
  const started = performance.now();
  const end = started + time * 1000;
  let done = 0;
  const caller = async () => {
    while (performance.now() < end) {
      await call();
      done++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return (done / (performance.now() - started)) * 1000;
}
