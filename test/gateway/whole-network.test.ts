/**
 * Answers over time on the whole sample: 250 sites, with the odd cases that every network has.
 */
import { expect, it } from "vitest";
import type { LookupAnswer, QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { errorOf } from "./support/gateway.ts";
import { useSample } from "./support/sample.ts";

const sample = useSample({});
const post = <Answer>(route: string, body: object) =>
  sample.gateway.call<Answer>("POST", `/api/v1/${route}`, { ticket: sample.ticket, body });

const hour = 3_600_000;
const day = 24 * hour;
const clockOf = (text: string) => Date.parse(`${text.slice(0, 19)}Z`);
const dayText = (clock: number) => new Date(clock).toISOString().slice(0, 10);

interface Price {
  readonly brand: string;
  readonly site: string;
  readonly clock: number;
  readonly written: string;
  /** Thousandths; null for a record without a price. */
  readonly price: number | null;
}

/** The own prices of a product, the earliest first; of one time and site the one that was written last is last. */
async function pricesOf(product: string): Promise<Price[]> {
  const fields = ["site.brand.name", "site.importCode", "effectiveTime", "updatedOn", "price"];
  const query = `(entityVariant=Own)+(product.product.name=${product})`;
  const { rows } = (await sample.query({ collection: "price", query, fields })).body;
  return (rows as [string, string, string, string, number | null][])
    .map(([brand, site, time, written, price]) => ({
      brand,
      site,
      clock: clockOf(time),
      written,
      price: price === null ? null : Math.round(price * 1000),
    }))
    .sort((a, b) => a.clock - b.clock || (a.written < b.written ? -1 : 1));
}

const grouped = <T>(items: readonly T[], keyOf: (item: T) => string) => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
};

/** Averages in force by group and day, counted hour by hour: own prices change on the hour. */
function averages(prices: readonly Price[], groupOf: (price: Price) => string, from: number, to: number) {
  const sums = new Map<string, { thousandths: number; hours: number }>();
  for (const history of grouped(prices, ({ site }) => site).values()) {
    for (let clock = from; clock < to; clock += hour) {
      const inForce = history.findLast((price) => price.clock <= clock);
      if (inForce?.price == null) continue;
      const key = `${groupOf(inForce)} ${dayText(clock)}`;
      const sum = sums.get(key) ?? { thousandths: 0, hours: 0 };
      sums.set(key, { thousandths: sum.thousandths + inForce.price, hours: sum.hours + 1 });
    }
  }
  return new Map(
    [...sums].map(([key, { thousandths, hours }]) => [key, (thousandths / 1000 / hours).toFixed(9)]),
  );
}

async function summarised(product: string, by: string, from: number, to: number) {
  const bounds = `(effectiveTime>=${dayText(from)})+(effectiveTime<${dayText(to)})`;
  const { status, body } = await post<QueryAnswer>("summary", {
    collection: "price",
    query: `(entityVariant=Own)+(product.product.name=${product})+${bounds}`,
    by: [by, "day(effectiveTime)"],
    measures: ["timeavg(price)"],
  });
  expect(status).toBe(200);
  const rows = body.rows as [string, string, number | null][];
  return new Map(
    rows.flatMap(([group, date, average]) =>
      average === null ? [] : [[`${group} ${date}`, average.toFixed(9)] as const],
    ),
  );
}

it("gives the average Diesel price in force per brand and day of 30 days as counted hour by hour", async () => {
  const to = Math.floor(Date.now() / day) * day;
  const from = to - 30 * day;
  const expected = averages(await pricesOf("Diesel"), ({ brand }) => brand, from, to);
  expect(expected.size).toBeGreaterThan(80);
  expect(await summarised("Diesel", "site.brand.name", from, to)).toEqual(expected);
});

it("counts corrections once, skips the days without a price, and leaves tomorrow's prices out", async () => {
  const to = Math.floor(Date.now() / day) * day + 3 * day;
  const from = to - 31 * day;
  const prices = (await pricesOf("Super Unleaded")).filter(({ site }) =>
    ["1065", "1135", "1205"].includes(site),
  );
  expect(prices.some(({ price }) => price === null)).toBe(true);
  expect(prices.some(({ clock }) => clock > Date.now())).toBe(true);
  const now = Math.floor(Date.now() / hour) * hour;
  const expected = averages(prices, ({ site }) => site, from, now);
  const found = await summarised("Super Unleaded", "site.importCode", from, to);
  const today = dayText(now);
  for (const [key, average] of found) {
    // The running hour of today is not whole.
    if (/^1(?:065|135|205) /.test(key) && !key.endsWith(today))
      expect([key, average]).toEqual([key, expected.get(key)]);
  }
  const ofOdd = (keys: Iterable<string>) =>
    [...keys].filter((key) => /^1(?:065|135|205) /.test(key) && !key.endsWith(today));
  expect(ofOdd(found.keys()).sort()).toEqual(ofOdd(expected.keys()).sort());
});

it("gives a board of 250 sites by 24 hours from one pull", async () => {
  const prices = await pricesOf("Diesel");
  const histories = grouped(prices, ({ site }) => site);
  const start = Math.floor(Date.now() / day) * day - 2 * day;
  const cells = [...histories.keys()].flatMap((site) =>
    Array.from({ length: 24 }, (_, hours) => ({ site, clock: start + hours * hour })),
  );
  expect(cells).toHaveLength(6000);
  sample.simulator.clearRequests();
  const { body } = await post<LookupAnswer>("as-of", {
    collection: "price",
    query: "(entityVariant=Own)",
    keys: ["site.importCode", "product.product.name"],
    requests: [
      {
        field: "price",
        values: cells.map(({ site }) => [site, "Diesel"]),
        moments: cells.map(({ clock }) => new Date(clock).toISOString().slice(0, 19)),
      },
    ],
  });
  const expected = cells.map(({ site, clock }) => {
    const inForce = histories.get(site)?.findLast((price) => price.clock <= clock);
    return { value: inForce?.price == null ? null : inForce.price / 1000 };
  });
  expect(body.results).toEqual([expected]);
  const paths = sample.simulator.requests.map(({ path }) => path);
  const pages = Math.ceil(
    (await sample.query({ collection: "price", query: "(entityVariant=Own)", fields: ["price"] })).body
      .rowCount / 1000,
  );
  expect(paths.filter((path) => path.endsWith("/price")).length).toBeLessThanOrEqual(pages + 1);
});

it("gives the market of all sites in one call; a site without competitors shows its own prices among them", async () => {
  const { rows: sites } = (
    await sample.query({ collection: "site", query: "(entityVariant=Own)", fields: ["importCode"] })
  ).body;
  const codes = sites.flat().map(String);
  const { body } = await post<QueryAnswer>("market", { sites: codes, products: ["Diesel"] });
  expect(new Set(body.rows.map(([market]) => market)).size).toBe(250);
  expect(body.rows.filter(([market]) => market === "1069")).toHaveLength(1);
  const unseen = body.rows.filter((row) => row[7] === null);
  expect(unseen.length).toBeGreaterThan(0);
  for (const row of unseen) expect([row[8], row[9], row[10], row[11]]).toEqual([null, null, null, null]);

  expect(errorOf(await post("market", { sites: ["1069"] }))).toMatchObject({
    code: "KAL_NO_ROWS",
    message: "No competitors are entered for site 1069.",
  });
});
