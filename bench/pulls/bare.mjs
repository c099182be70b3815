/** The least work possible: fetch, JSON.parse, take eight values of each document. Run as a separate process. */
import { Agent, request } from "undici";

const [way, origin, total] = process.argv.slice(2);
const dispatcher = new Agent({ connections: 6 });
const columns = [
  "name",
  "importCode",
  "active",
  "currentPrice",
  "currentPriceEffectiveTime",
  "attributeNumber1",
  "textAttribute0",
];
/** @type {unknown[][]} */
const rows = [];

/** @param {number} limit @param {number} offset */
async function page(limit, offset) {
  const { body } = await request(`${origin}/api/product?query=(limit=${limit})+(offset=${offset})`, {
    dispatcher,
  });
  for (const { id, data } of JSON.parse(await body.text()))
    rows.push([id.entityId, ...columns.map((name) => data[name])]);
}

const offsets = Array.from({ length: Math.ceil(Number(total) / 1000) }, (_, index) => index * 1000);
const begun = process.cpuUsage();
const started = performance.now();
if (way === "one request") await page(0, 0);
else {
  const workers = way === "six in parallel" ? 6 : 1;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let offset = offsets.shift(); offset !== undefined; offset = offsets.shift())
        await page(1000, offset);
    }),
  );
}
const milliseconds = performance.now() - started;
if (rows.length !== Number(total)) throw new Error(`${rows.length} rows`);
const { user, system } = process.cpuUsage(begun);
process.send?.({ milliseconds, cpu: (user + system) / 1000, peak: process.resourceUsage().maxRSS / 1024 });
await dispatcher.close();
