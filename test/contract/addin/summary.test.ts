/**
 * KAL.SUMMARY: groups and figures of a slice.
 */
import { expect, it } from "vitest";
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
  expect(await error("price", "(limit=5)", "", "count")).toMatch(/position 2.*“limit”.*KAL_QUERY_INVALID/);
});
