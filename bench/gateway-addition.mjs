/**
 * The time that the gateway adds to one small query with warm token and connection: `node bench/gateway-addition.mjs
 * [pairs]`.
 *
 * Reads the same five documents directly, through a bare @fastify/http-proxy (the minimum for any intermediary) and
 * through the gateway. The three take turns, so that other load on the machine affects all of them. Budget: 1 ms in the
 * median.
 */
import { directCall, gatewayCall, getToken } from "./gateway/calls.mjs";
import { start, withParts } from "./gateway/processes.mjs";

const rounds = Number(process.argv[2] ?? 2000);

await withParts(async () => {
  const simulator = await start("simulator");
  const { origin, environment } = simulator.facts;
  const token = await getToken(simulator.facts);
  const proxy = await start("proxy", { upstream: origin, token });
  const gateway = await start("gateway", { environment });
  const calls = [
    directCall(origin, token),
    directCall(proxy.facts.origin, token),
    await gatewayCall(gateway.facts.origin),
  ];
  // Let the JIT compilers warm up.
  for (let warm = 0; warm < 1000; warm++) await measure(calls, warm);
  const before = (await simulator.report()).requests;
  const between = [proxy, gateway];
  const cpuBefore = await Promise.all(between.map(async (part) => (await part.report()).cpu));

  /** @type {number[][]} */
  const times = [];
  for (let round = 0; round < rounds; round++) times.push(await measure(calls, round));
  const cpu = await Promise.all(between.map(async (part) => (await part.report()).cpu));
  const asked = (await simulator.report()).requests - before;

  const at = (/** @type {number} */ way) => times.map((round) => round[way] ?? NaN);
  const added = (/** @type {number} */ way) => times.map((round) => (round[way] ?? NaN) - (round[0] ?? NaN));
  const rows = {
    directly: at(0),
    "through the proxy": at(1),
    "through the gateway": at(2),
    "added by the proxy, pair by pair": added(1),
    "added by the gateway, pair by pair": added(2),
  };
  console.log(`\n${rounds} rounds of one small query, ms\n`);
  console.log("| | median | 90 % | 99 % |\n|---|---|---|---|");
  for (const [name, values] of Object.entries(rows)) {
    const shown = [0.5, 0.9, 0.99].map((share) => quantile(values, share).toFixed(2));
    console.log(`| ${name} | ${shown.join(" | ")} |`);
  }
  const [ofProxy, ofGateway] = cpu.map((value, at) => ((value - cpuBefore[at]) / rounds).toFixed(2));
  console.log(`\nProcessor time for one query: ${ofProxy} ms in the proxy, ${ofGateway} ms in the gateway.`);
  // Skipped beyond 10,000: the simulator's log keeps only the newest 10,000 requests.
  if (before + asked < 10_000) {
    console.log(`\nUpstream requests for a query through the gateway: ${asked / rounds - 2}`);
  }
});

/**
 * Times each call once. The order rotates, so that no call always runs after the same other one.
 * @param {(() => Promise<unknown>)[]} calls
 * @param {number} round
 * @returns {Promise<number[]>} milliseconds, in the order of the calls
 */
async function measure(calls, round) {
  /** @type {number[]} */
  const times = [];
  for (let turn = 0; turn < calls.length; turn++) {
    const way = (turn + round) % calls.length;
    const started = performance.now();
    await calls[way]?.();
    times[way] = performance.now() - started;
  }
  return times;
}

/** @param {number[]} values @param {number} share */
function quantile(values, share) {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? NaN;
}
