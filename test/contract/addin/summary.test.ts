/**
 * KAL.SUMMARY: groups and figures of a slice.
 */
import { expect, it } from "vitest";
import { isoOf } from "../../../src/kalibrate/serial-date.ts";
import { dataRequests, errorOf, openExcel, startService, valuesOf } from "./kal.ts";

const own = "(entityVariant=Own)";

it("spills groups in order with correct figures", async () => {
  const { call } = await openExcel({ service: await startService() });
  const rows = valuesOf(await call("QUERY", "product", own, "site.importCode, currentPrice", 0));
  const bySite = new Map<string, number[]>();
  for (const [site, price] of rows) {
    if (typeof price !== "number") continue;
    bySite.set(String(site), [...(bySite.get(String(site)) ?? []), price]);
  }
  const [heading, ...groups] = valuesOf(
    await call("SUMMARY", "product", own, "site.importCode", "count(currentPrice), max(currentPrice)"),
  );
  expect(heading).toEqual(["site.importCode", "count(currentPrice)", "max(currentPrice)"]);
  expect(groups).toEqual(
    [...bySite].sort().map(([site, prices]) => [site, prices.length, Math.max(...prices)]),
  );
});

it("takes its arguments from ranges, and shows no headings, names or labels", async () => {
  const { call } = await openExcel({ service: await startService() });
  const filters = [["entityVariant", "=", "Own"]];
  const by = [["brand.name"], ["day(createdOn)"], [null]];
  const rows = async (headers: number | null) =>
    valuesOf(await call("SUMMARY", "site", filters, by, [["count", "distinct('importCode')"]], headers, 2));
  expect(await rows(0)).toHaveLength(2);
  expect((await rows(1))[0]).toEqual(["brand.name", "day(createdOn)", "count", "distinct(importCode)"]);
  expect((await rows(2))[0]).toEqual(["Brand name", "Created on (day)", "Count", "Different: Code"]);
  expect(valuesOf(await call("SUMMARY", "site", own, "", "count", 0))).toEqual([[30]]);
});

it("makes one request for equal cells, and shows days as dates", async () => {
  const service = await startService();
  const { host } = await openExcel({ service });
  const args = ["price", own, "day(effectiveTime)", "count, timeavg(price)"];
  const before = dataRequests(service).length;
  const calls = host.invokeAll(Array.from({ length: 50 }, () => ({ functionId: "SUMMARY", args })));
  const answers = await Promise.all(calls.map(({ result }) => result));
  expect(new Set(answers.map((answer) => JSON.stringify(valuesOf(answer)))).size).toBe(1);
  expect(dataRequests(service).length - before).toBeLessThan(4);
  const [, first] = valuesOf(answers[0]!);
  expect(first?.[0]).toBeGreaterThan(46_000);
});

it("gives the average Diesel price in force per brand and day of 30 days in one formula", async () => {
  const { call } = await openExcel({ service: await startService() });
  const diesel = `${own}+(product.product.name=Diesel)`;
  const fields = "site.brand.name, site.importCode, effectiveTime, price";
  const rows = valuesOf(await call("QUERY", "price", diesel, fields, 0)) as [
    string,
    string,
    number,
    number,
  ][];
  const today = Math.floor(Date.now() / 86_400_000) + 25_569;
  const window = `(effectiveTime>=${isoOf(today - 30)!})+(effectiveTime<${isoOf(today)!})`;
  const found = valuesOf(
    await call(
      "SUMMARY",
      "price",
      `${diesel}+${window}`,
      "site.brand.name, day(effectiveTime)",
      "timeavg(price)",
      0,
    ),
  );
  // Own prices change on the hour, so that they can be counted hour by hour, in whole thousandths.
  const sums = new Map<string, { thousandths: number; hours: number }>();
  for (const site of new Set(rows.map(([, code]) => code))) {
    const history = rows.filter(([, code]) => code === site).sort((a, b) => a[2] - b[2]);
    for (let hour = (today - 30) * 24; hour < today * 24; hour += 1) {
      const inForce = history.findLast(([, , time]) => Math.round(time * 24) <= hour);
      if (!inForce) continue;
      const key = `${inForce[0]} ${Math.floor(hour / 24)}`;
      const { thousandths, hours } = sums.get(key) ?? { thousandths: 0, hours: 0 };
      sums.set(key, { thousandths: thousandths + Math.round(inForce[3] * 1000), hours: hours + 1 });
    }
  }
  const expected = [...sums].map(([key, { thousandths, hours }]) => [key, (thousandths / hours).toFixed(6)]);
  expect(expected.length).toBeGreaterThan(29);
  expect(
    found
      .map(([brand, day, average]) => [
        `${String(brand)} ${String(day)}`,
        (Number(average) * 1000).toFixed(6),
      ])
      .sort(),
  ).toEqual(expected.sort());
});

it("says what is wrong", async () => {
  const { call } = await openExcel({ service: await startService() });
  const error = async (...args: unknown[]) => errorOf(await call("SUMMARY", ...args));
  expect(await error("price", own, "dya(effectiveTime)", "count")).toMatch(
    /Did you mean “day”.*KAL_QUERY_INVALID/,
  );
  expect(await error("price", own, "", "")).toMatch(/Measures: there are none.*KAL_QUERY_INVALID/);
  expect(await error("site", own, "", "avg(name)")).toMatch(
    /“name” holds text, for example “.*KAL_FIELD_TYPE/,
  );
  expect(await error("site", own, "alternateImportCodes", "count")).toMatch(
    /“alternateImportCodes” holds several values.*KAL_FIELD_TYPE/,
  );
  expect(await error("price", own, "", "cuont, medain(price)")).toMatch(
    /Measures, item 1, position 1.*KAL_QUERY_INVALID/,
  );
  expect(await error("price", own, "", "count, medain(price)")).toMatch(
    /position 8.*“medain”.*Did you mean “median”.*KAL_QUERY_INVALID/,
  );
  expect(await error("price", own, "site.nowhere", "count")).toMatch(/nowhere.*KAL_FIELD_UNKNOWN/);
  expect(await error("price", own, "", "average(price)")).toMatch(/Did you mean “avg”.*KAL_QUERY_INVALID/);
  expect(await error("price", own, "count(price)", "count")).toMatch(
    /no function “count”.*KAL_QUERY_INVALID/,
  );
  expect(await error("price", own, "day(source)", "count")).toMatch(/“source” holds text.*KAL_FIELD_TYPE/);
  expect(await error("price", own, "", "timeavg(source)")).toMatch(/“source” holds text.*KAL_FIELD_TYPE/);
  expect(await error("price", own, "price.name", "count")).toMatch(/KAL_FIELD_UNKNOWN/);
  expect(await error("price", own, "entityId, hour(effectiveTime)", "timeavg(price)")).toMatch(
    /rows: too much for one formula.*KAL_TOO_LARGE/,
  );
  expect(await error("price", "(limit=5)", "", "count")).toMatch(/position 2.*“limit”.*KAL_QUERY_INVALID/);
});
