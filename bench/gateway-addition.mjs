/**
 * What the gateway adds to one small query, token and connection warm: `node bench/gateway-addition.mjs [pairs]`.
 *
 * The same five documents, directly and through the gateway, in turns, so that whatever else the machine does meets
 * both. Budget: 2 ms in the median.
 */
import { directCall, gatewayCall, getToken } from "./gateway/calls.mjs";
import { start, withParts } from "./gateway/processes.mjs";

const pairs = Number(process.argv[2] ?? 2000);

await withParts(async () => {
  const simulator = await start("simulator");
  const gateway = await start("gateway", { environment: simulator.facts.environment });
  const direct = directCall(simulator.facts.origin, await getToken(simulator.facts));
  const through = await gatewayCall(gateway.facts.origin);
  for (let warm = 0; warm < 300; warm++) await measure(direct, through);
  const before = (await simulator.report()).requests;

  /** @type {[number, number][]} */
  const times = [];
  for (let pair = 0; pair < pairs; pair++) {
    // Who comes first changes, so that neither finds the caches warmed by the other.
    const swapped = pair % 2 === 1;
    const [one, other] = swapped ? await measure(through, direct) : await measure(direct, through);
    times.push(swapped ? [other, one] : [one, other]);
  }
  const upstream = (await simulator.report()).requests - before;
  const rows = [
    ["directly", times.map(([direct]) => direct)],
    ["through the gateway", times.map(([, through]) => through)],
    ["added, pair by pair", times.map(([direct, through]) => through - direct)],
  ];
  console.log(`\n${pairs} pairs of one small query, ms\n`);
  console.log("| | median | 90 % | 99 % |\n|---|---|---|---|");
  for (const [name, values] of /** @type {[string, number[]][]} */ (rows)) {
    console.log(
      `| ${name} | ${[0.5, 0.9, 0.99].map((share) => quantile(values, share).toFixed(2)).join(" | ")} |`,
    );
  }
  if (upstream < 10_000)
    console.log(`\nUpstream requests for a query through the gateway: ${(upstream - pairs) / pairs}`);
});

/** @param {() => Promise<unknown>} first @param {() => Promise<unknown>} second @returns {Promise<[number, number]>} */
async function measure(first, second) {
  const started = performance.now();
  await first();
  const between = performance.now();
  await second();
  return [between - started, performance.now() - between];
}

/** @param {number[]} values @param {number} share */
function quantile(values, share) {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? NaN;
}
