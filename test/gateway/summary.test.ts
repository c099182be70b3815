import { describe, expect, it } from "vitest";
import type { QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { errorOf } from "./support/gateway.ts";
import { useSample } from "./support/sample.ts";

const sample = useSample({ ownSites: 20 });
const summary = (body: object) =>
  sample.gateway.call<QueryAnswer>("POST", "/api/v1/summary", { ticket: sample.ticket, body });

const day = 86_400_000;
const clockOf = (text: string) => Date.parse(`${text.slice(0, 19)}Z`);
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const dayText = (clock: number) => new Date(clock).toISOString().slice(0, 10);

/** All own prices, as rows of brand, product, site, time and price. */
async function ownPrices() {
  const fields = ["site.brand.name", "product.product.name", "site.importCode", "effectiveTime", "price"];
  const { body } = await sample.query({ collection: "price", query: "(entityVariant=Own)", fields });
  return (body.rows as [string, string, string, string, number][]).map(
    ([brand, product, site, time, price]) => ({
      brand,
      product,
      site,
      clock: clockOf(time),
      price,
    }),
  );
}

describe("POST /api/v1/summary", () => {
  it("returns the average price in force per brand and day, as computed minute by minute", async () => {
    const prices = (await ownPrices()).filter(({ product }) => product === "Diesel");
    const to = Math.floor(Date.now() / day) * day;
    const from = to - 30 * day;
    const { status, body } = await summary({
      collection: "price",
      query: `(entityVariant=Own)+(effectiveTime>=${dayText(from)})+(effectiveTime<${dayText(to)})`,
      by: ["product.product.name", "site.brand.name", "day(effectiveTime)"],
      measures: ["count", "timeavg(price)"],
    });
    expect(status).toBe(200);
    const sites = grouped(prices, ({ brand, site }) => `${brand} ${site}`);
    const expected: unknown[][] = [];
    for (const brand of [...new Set(prices.map((price) => price.brand))].sort()) {
      for (let start = from; start < to; start += day) {
        let [thousandths, minutes] = [0, 0];
        const ofBrand = [...sites.values()].filter(([one]) => one?.brand === brand);
        for (const history of ofBrand) {
          for (let clock = start; clock < start + day; clock += 60_000) {
            const before = history.filter((item) => item.clock <= clock);
            if (before.length === 0) continue;
            const latest = before.reduce((a, b) => (a.clock >= b.clock ? a : b));
            thousandths += Math.round(latest.price * 1000);
            minutes += 1;
          }
        }
        const count = prices.filter(
          (price) => price.brand === brand && price.clock >= start && price.clock < start + day,
        ).length;
        if (minutes > 0)
          expected.push([brand, dayText(start), count, (thousandths / 1000 / minutes).toFixed(9)]);
      }
    }
    const diesel = (body.rows as unknown[][]).filter(([product]) => product === "Diesel");
    expect(expected.length).toBeGreaterThan(29);
    expect(
      diesel.map(([, brand, date, count, average]) => [brand, date, count, Number(average).toFixed(9)]),
    ).toEqual(expected);
    expect(body.columns).toEqual([
      { name: "product.product.name", label: "Product name", type: "text" },
      { name: "site.brand.name", label: "Site brand name", type: "text" },
      { name: "day(effectiveTime)", label: "Effective (day)", type: "date" },
      { name: "count", label: "Count", type: "number" },
      { name: "timeavg(price)", label: "Average over time: Price", type: "number" },
    ]);
  });

  it("agrees with the rows in every other figure", async () => {
    const prices = await ownPrices();
    const { body } = await summary({
      collection: "price",
      query: "(entityVariant=Own)",
      by: ["product.product.name"],
      measures: [
        "count",
        "distinct(site.importCode)",
        "sum(price)",
        "min(price)",
        "max(price)",
        "median(price)",
      ],
    });
    const expected = [...grouped(prices, ({ product }) => product)].sort().map(([product, some]) => {
      const sorted = some.map(({ price }) => Math.round(price * 1000)).sort((a, b) => a - b);
      const middle = [sorted[Math.floor((sorted.length - 1) / 2)]!, sorted[Math.floor(sorted.length / 2)]!];
      return [
        product,
        some.length,
        new Set(some.map(({ site }) => site)).size,
        sorted.reduce((a, b) => a + b) / 1000,
        sorted[0]! / 1000,
        sorted.at(-1)! / 1000,
        (middle[0]! + middle[1]!) / 2000,
      ];
    });
    expect(body.rows).toEqual(expected);
  });

  it("returns one row without groups, and at most the requested number of groups", async () => {
    const prices = await ownPrices();
    const all = { collection: "price", query: "(entityVariant=Own)", measures: ["count"] };
    expect((await summary({ ...all, by: [] })).body.rows).toEqual([[prices.length]]);
    const some = await summary({ ...all, by: ["site.importCode", "hourofday(effectiveTime)"], limit: 3 });
    expect(some.body).toMatchObject({ rowCount: 3 });
  });

  it("repeats columns that are asked for twice, and groups by a date as it is", async () => {
    const { body } = await summary({
      collection: "price",
      query: "(entityVariant=Own)",
      by: [" EffectiveTime ", "effectiveTime"],
      measures: [" Count , COUNT ( Price ), count"],
      limit: 2,
    });
    expect(body.columns.map(({ name, type }) => [name, type])).toEqual([
      ["effectiveTime", "datetime"],
      ["effectiveTime", "datetime"],
      ["count", "number"],
      ["count(price)", "number"],
      ["count", "number"],
    ]);
    for (const [first, second, ...counts] of body.rows) {
      expect(second).toBe(first);
      expect(new Set(counts).size).toBe(1);
    }
  });

  it("has nothing in a window that ends before it begins, or that is yet to come", async () => {
    const windows = [
      "(effectiveTime>=2026-12-01)+(effectiveTime<2026-11-01)",
      "(effectiveTime>=2099-01-01)",
      "(effectiveTime<1999-01-01)",
    ];
    for (const window of windows) {
      const asked = {
        collection: "price",
        query: `(entityVariant=Own)+${window}`,
        measures: ["count", "timeavg(price)"],
      };
      expect((await summary({ ...asked, by: [] })).body.rows).toEqual([[0, null]]);
      expect((await summary({ ...asked, by: ["day(effectiveTime)"] })).body.rows).toEqual([]);
    }
  });

  it.each([
    ["an order in the query", { query: "(limit=5)" }, "KAL_QUERY_INVALID", /position 2: “limit”/],
    ["an unknown function", { measures: ["medain(price)"] }, "KAL_QUERY_INVALID", /Did you mean “median”/],
    ["an unknown span", { by: ["dya(effectiveTime)"] }, "KAL_QUERY_INVALID", /position 1: .*“dya”.*“day”/],
    [
      "a group by objects",
      { collection: "site", by: ["alternateImportCodes"] },
      "KAL_FIELD_TYPE",
      /“alternateImportCodes” holds several values/,
    ],
    [
      "an average over time of text",
      { measures: ["timeavg(source)"] },
      "KAL_FIELD_TYPE",
      /“source” holds text/,
    ],
    ["a sum of references", { measures: ["sum(site)"] }, "KAL_FIELD_TYPE", /“site” holds text/],
    ["blanks as measures", { measures: [" , "] }, "KAL_QUERY_INVALID", /there are none/],
    ["a sum of text", { measures: ["sum(source)"] }, "KAL_FIELD_TYPE", /“source” holds text, for example “/],
    ["a day of a number", { by: ["day(price)"] }, "KAL_FIELD_TYPE", /“price” holds a number, for example “/],
    ["an unknown field", { by: ["site.brnad.name"] }, "KAL_FIELD_UNKNOWN", /brnad/],
    ["an unknown measure's field", { measures: ["sum(prize)"] }, "KAL_FIELD_UNKNOWN", /Did you mean “price”/],
    ["personal data", { by: ["user"] }, "KAL_FORBIDDEN", /personal/],
    ["an unknown variant", { query: "(entityVariant=Onw)" }, "KAL_NO_ROWS", /Own/],
    [
      "a time where none is",
      { collection: "site", query: "", measures: ["last(name)"] },
      "KAL_QUERY_INVALID",
      /site/,
    ],
    ["no measure", { measures: [] }, "KAL_QUERY_INVALID", /there are none/],
    ["more than fits", { by: ["entityId"], maxChars: 1000 }, "KAL_TOO_LARGE", /rows/],
    ["a limit below 0", { limit: -1 }, "KAL_REQUEST_INVALID", /limit/],
    ["a wrong now", { now: "yesterday" }, "KAL_REQUEST_INVALID", /yesterday/],
  ])("refuses %s", async (_, more, code, message) => {
    const answered = await summary({
      collection: "price",
      query: "(entityVariant=Own)",
      by: [],
      measures: ["count"],
      ...more,
    });
    expect(errorOf(answered)).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});
