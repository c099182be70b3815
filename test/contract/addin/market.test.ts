/**
 * KAL.MARKET: own sites' prices beside those of their competitors.
 */
import { expect, it } from "vitest";
import { dataRequests, errorOf, openExcel, startService, valuesOf } from "./kal.ts";

const columns = [
  "market",
  "productCode",
  "product",
  "siteCode",
  "site",
  "brand",
  "own",
  "price",
  "difference",
  "rank",
  "effectiveTime",
  "ageHours",
  "distanceKm",
];

it("spills the market of a site: ours first, then by price, with real dates and numbers", async () => {
  const { call } = await openExcel({ service: await startService() });
  const [heading, ...rows] = valuesOf(await call("MARKET", "1001", "Diesel"));
  expect(heading).toEqual(columns);
  const [ours, ...others] = rows;
  expect(ours?.slice(0, 4)).toEqual(["1001", "DSL", "Diesel", "1001"]);
  expect([ours?.[6], ours?.[8], ours?.[12]]).toEqual([true, 0, 0]);
  expect(others.length).toBeGreaterThan(2);
  const prices = others.map((row) => Number(row[7]));
  expect(prices).toEqual(prices.toSorted((a, b) => a - b));
  for (const row of others) {
    expect(row[6]).toBe(false);
    expect(row[8]).toBeCloseTo(Number(row[7]) - Number(ours?.[7]), 9);
    expect(row[10]).toBeGreaterThan(46_000);
    expect(row[12]).toBeGreaterThan(0);
  }
});

it("takes several sites and products from ranges in one call, and passes empty cells over", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const before = dataRequests(service).length;
  const sites = [["1001"], [null], [1002], [""], ["1001"]];
  const rows = valuesOf(await call("MARKET", sites, [["UNL", "Diesel"]], null, 0));
  expect([...new Set(rows.map(([market]) => market))]).toEqual(["1001", "1002"]);
  expect([...new Set(rows.map(([, code]) => code))]).toEqual(["DSL", "UNL"]);
  const once = dataRequests(service).length - before;
  await call("MARKET", "1003");
  // Sites and products are at hand.
  expect(dataRequests(service).length - before).toBe(once);
});

it("gives the market of all sites from a column that another formula fills", async () => {
  const { call } = await openExcel({ service: await startService() });
  const sites = valuesOf(await call("QUERY", "site", "(entityVariant=Own)", "importCode", 0));
  const rows = valuesOf(await call("MARKET", sites, "Diesel", null, 0));
  expect(new Set(rows.map(([market]) => market))).toEqual(new Set(sites.flat()));
  const [first] = sites.flat();
  // Without the age, which grows.
  const prices = (some: unknown[][]) => some.map((row) => row.slice(0, 11));
  expect(prices(rows.filter(([market]) => market === first))).toEqual(
    prices(valuesOf(await call("MARKET", first, "Diesel", null, 0))),
  );
});

it("shows what was in force at a moment: a date in a cell, text or relative", async () => {
  const { call } = await openExcel({ service: await startService() });
  const at = async (moment: unknown) => valuesOf(await call("MARKET", "1001", "Diesel", moment, 0));
  const week = await at("today-7");
  const [time] = week.map((row) => Number(row[10]));
  expect(week.every((row) => Number(row[10]) <= time! + 7)).toBe(true);
  expect(week.some((row) => row[7] !== null)).toBe(true);
  const now = await at("now");
  expect(now.map((row) => [row[3], row[7]])).toEqual((await at(null)).map((row) => [row[3], row[7]]));
});

it("has readable headings, and another connection by its name", async () => {
  const { call } = await openExcel({ service: await startService() });
  const [heading] = valuesOf(await call("MARKET", "1001", null, null, 2, "sample"));
  expect(heading).toEqual([
    "Market",
    "Product code",
    "Product",
    "Site code",
    "Site",
    "Brand",
    "Own",
    "Price",
    "Difference",
    "Rank",
    "Effective",
    "Age in hours",
    "Distance in km",
  ]);
  expect(errorOf(await call("MARKET", "1001", null, null, null, "none"))).toMatch(/KAL_CONNECTION_UNKNOWN/);
});

it.each([
  ["no site", [""], /^#VALUE! .*“site” is missing.*KAL_ARGUMENT_INVALID/],
  ["a site that does not exist", ["9999"], /^#N\/A .*no own site “9999”.*KAL_NO_ROWS/],
  [
    "a product that no competitor sells",
    ["1001", "ADB"],
    /^#N\/A .*None of the \d+ competitors.*KAL_NO_ROWS/,
  ],
  ["a product that does not exist", ["1001", "Desel"], /Did you mean “Diesel”.*KAL_NO_ROWS/],
  ["a moment before all data", ["1001", null, "1999-01-01"], /^#N\/A .*at 1999-01-01.*KAL_NO_ROWS/],
  ["a moment that is no date", ["1001", null, "soon"], /moment: expected .*soon.*KAL_ARGUMENT_INVALID/],
  ["several moments", ["1001", null, [["today"], ["today-1"]]], /not a range.*KAL_ARGUMENT_INVALID/],
  ["wrong headings", ["1001", null, null, 7], /“headers”.*KAL_ARGUMENT_INVALID/],
])("says what is wrong: %s", async (_, args, message) => {
  const { call } = await openExcel({ service: await startService() });
  expect(errorOf(await call("MARKET", ...args))).toMatch(message);
});
