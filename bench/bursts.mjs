/**
 * Thousands of cells at once: `node bench/bursts.mjs [runs] [cells]`. The built add-in and the real office.js in the
 * emulated Excel; gateway and simulator run as separate processes.
 *
 * Compared in the same run with constant functions plus one bare fetch of the gateway's answer (the floor), and with
 * Microsoft's published batching pattern. Budgets: docs/decisions/0015-bursts.md.
 */
import { gatewayConnection } from "./bursts/connection.mjs";
import { batchingPattern, constants } from "./bursts/comparisons.mjs";
import { builtAddin, openPage } from "./bursts/page.mjs";
import { start, withParts } from "./gateway/processes.mjs";

const runs = Number(process.argv[2] ?? 7);
const cells = Number(process.argv[3] ?? 5000);
const own = "(entityVariant=Own)";

/** @typedef {{ functionId: string, args: unknown[] }} Call */

await withParts(async () => {
  const simulator = await start("simulator", { ownSites: 1400 });
  const gateway = await start("gateway", { environment: simulator.facts.environment });
  const { origin } = gateway.facts;
  const { connection, post } = await gatewayConnection(origin);
  const at = { origin, connection };
  const upstream = async () => (await simulator.report()).data;

  const fields = ["site.importCode", "product.importCode"];
  const { rows } = await post("/query", { collection: "product", query: own, fields });
  const properties = ["connection", "environment", "state", "tenant", "clientId", "version"];
  const lookup = (/** @type {any} */ [site, product]) => ({
    functionId: "LOOKUP",
    args: ["product", own, "currentPrice", fields.join(", "), site, product],
  });
  const query = (/** @type {string} */ clause) => ({
    functionId: "QUERY",
    args: ["site", clause, "importCode", 0, 1],
  });
  const status = (/** @type {string} */ property) => ({ functionId: "STATUS", args: [property] });

  /** @type {Record<string, (index: number) => Call>} */
  const bursts = {
    "QUERY, equal": () => query(own),
    // One slice answers all of them.
    "QUERY, one code apart": (index) => ({
      functionId: "QUERY",
      args: [
        "product",
        `${own}+(site.importCode=${rows[index % rows.length][0]})`,
        "product.name, currentPrice",
        0,
      ],
    }),
    // Each needs its own request, so this measures the gateway.
    "QUERY, different": (index) => query(`(importCode=${1000 + index})`),
    "LOOKUP, equal": () => lookup(rows[0]),
    "LOOKUP, different": (index) => lookup(rows[index % rows.length]),
    "STATUS, equal": () => status("state"),
    "STATUS, different": (index) => status(properties[index % properties.length] ?? ""),
  };

  console.log(`\n${cells} cells; medians of ${runs} runs, each in a new workbook`);
  // The mean includes garbage collection, mostly of objects of office.js and the host.
  console.log("µs a call: the median one, and (the mean)\n");
  console.log(
    "| | calls to the gateway | to the Data API | µs a call: new | known | constant | burst ms | floor ms | ratio |",
  );
  console.log("|---|---|---|---|---|---|---|---|---|");
  for (const [name, callAt] of Object.entries(bursts)) {
    const calls = Array.from({ length: cells }, (_, index) => callAt(index));
    const before = await upstream();
    /** @type {Record<string, number[]>} */
    const took = Object.fromEntries(
      ["ours", "miss", "hit", "call", "missMean", "hitMean", "constant", "bare"].map((what) => [what, []]),
    );
    let asked = 0;
    let reached = 0;
    for (let run = 0; run < runs; run++) {
      const ours = await openPage({ ...at, script: builtAddin });
      const first = await ours.burst(calls);
      if (run === 0) [asked, reached] = [first.requests.length, (await upstream()) - before];
      const again = await ours.burst(calls);
      ours.close();
      const floor = await openPage({ ...at, script: constants });
      const constant = await floor.burst(calls);
      floor.close();
      took.ours?.push(first.last);
      took.miss?.push(median(first.calls));
      took.hit?.push(median(again.calls));
      took.call?.push(median(constant.calls));
      took.missMean?.push(mean(first.calls));
      took.hitMean?.push(mean(again.calls));
      took.constant?.push(constant.last);
      const { path = "", body } = first.requests[0] ?? {};
      const parsed = body === undefined ? undefined : JSON.parse(body);
      const begun = performance.now();
      await post(path, parsed);
      took.bare?.push(performance.now() - begun);
    }
    const of = (/** @type {string} */ what) => median(took[what] ?? []);
    const floor = of("constant") + of("bare");
    const micro = (/** @type {string} */ what) => (1000 * of(what)).toFixed(1);
    const figures = [
      `${micro("miss")} (${micro("missMean")})`,
      `${micro("hit")} (${micro("hitMean")})`,
      micro("call"),
      of("ours").toFixed(0),
      floor.toFixed(0),
      (of("ours") / floor).toFixed(2),
    ];
    console.log(`| ${name} | ${asked} | ${reached} | ${figures.join(" | ")} |`);
  }

  const different = Array.from({ length: cells }, (_, index) => lookup(rows[index % rows.length]));
  const ways = {
    "constant functions": constants,
    ours: builtAddin,
    "Microsoft’s pattern": batchingPattern(connection.ticket),
  };
  for (const hidden of [false, true]) {
    console.log(`\n${cells} different LOOKUP, pane ${hidden ? "hidden" : "shown"}: ms to the last cell\n`);
    /** @type {Record<string, number[]>} */
    const took = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
    for (let run = 0; run < runs; run++) {
      for (const [name, script] of Object.entries(ways)) {
        const page = await openPage({ ...at, script, hidden });
        took[name]?.push((await page.burst(different)).last);
        page.close();
      }
    }
    for (const [name, values] of Object.entries(took))
      console.log(`${name.padEnd(22)} ${median(values).toFixed(0)}`);
  }
});

/** @param {number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
}
