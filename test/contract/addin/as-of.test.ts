/** KAL.ASOF: values in force at a moment. */
import { expect, it } from "vitest";
import { dataRequests, errorOf, openExcel, startService, valuesOf } from "./kal.ts";

const own = "(entityVariant=Own)";
const keys = "site.importCode, product.product.name";

it("makes a grid of sites by moments from one pull", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const fields = "site.importCode, product.product.name, effectiveTime, price";
  const rows = valuesOf(await call("QUERY", "price", own, fields, 0)) as [string, string, number, number][];
  const diesel = rows.filter(([, product]) => product === "Diesel");
  const sites = [...new Set(diesel.map(([site]) => site))];
  const day = Math.floor(Math.max(...diesel.map(([, , time]) => time))) - 3;
  const moments = Array.from({ length: 24 }, (_, hour) => day + hour / 24);
  const before = dataRequests(service).length;
  const grid = valuesOf(
    await call(
      "ASOF",
      "price",
      own,
      "price",
      keys,
      [moments],
      sites.map((site) => [site]),
      [["Diesel"]],
    ),
  );
  const expected = sites.map((site) =>
    moments.map((moment) => {
      // Tolerance: serials of moments and of records are computed in different ways.
      const history = diesel.filter(([code, , time]) => code === site && time < moment + 1e-7);
      return history.reduce((a, b) => (a[2] >= b[2] ? a : b))[3];
    }),
  );
  expect(grid).toEqual(expected);
  const asked = dataRequests(service).slice(before);
  expect(asked.filter((text) => /\/price\?/.test(text)).length).toBeLessThan(3);
});

it("combines the cells of a calculation in one call, and accepts now, text and empty moments", async () => {
  const service = await startService();
  const { call, host } = await openExcel({ service });
  const [[site] = []] = valuesOf(await call("QUERY", "price", own, "site.importCode", 0, 1)) as string[][];
  const of = (moment: string | null) => ({
    functionId: "ASOF",
    args: ["price", own, "price", keys, moment, site!, "Diesel"],
  });
  const calls = host.invokeAll(
    ["now", "today-1", "2099-01-01 08:00", null, "1999-01-01", "30/11/2026"].map(of),
  );
  const [now, yesterday, later, empty, never, wrong] = await Promise.all(calls.map(({ result }) => result));
  expect(valuesOf(now!)[0]?.[0]).toBeGreaterThan(0.5);
  expect(valuesOf(yesterday!)[0]?.[0]).toBeGreaterThan(0.5);
  expect(valuesOf(later!)[0]?.[0]).toBeGreaterThan(0.5);
  expect(valuesOf(empty!)).toEqual([[""]]);
  expect(errorOf(never!)).toMatch(/^#N\/A .*KAL_NO_MATCH/);
  expect(errorOf(wrong!)).toMatch(/2026-11-30.*30\/11\/2026.*KAL_ARGUMENT_INVALID/);
});

it("fills a board of 250 sites by 24 hours, 6,000 cells, from one call and one pull", async () => {
  const service = await startService({ ownSites: 250 });
  const asked: string[] = [];
  const counted: typeof fetch = (address, init) => {
    asked.push(new URL(address instanceof Request ? address.url : address, service.origin).pathname);
    return fetch(address, init);
  };
  const { host } = await openExcel({ service, fetch: counted });
  const today = Math.floor(Date.now() / 86_400_000) + 25_569;
  const cells = Array.from({ length: 250 }, (_, site) =>
    Array.from({ length: 24 }, (_, hour) => ({
      functionId: "ASOF",
      args: ["price", own, "price", keys, today - 2 + hour / 24, String(1001 + site), "Diesel"],
    })),
  ).flat();
  const before = dataRequests(service).length;
  const results = await Promise.all(host.invokeAll(cells).map(({ result }) => result));
  expect(results).toHaveLength(6000);
  for (const result of results) expect(valuesOf(result)[0]?.[0]).toBeGreaterThan(1);
  expect(asked.filter((path) => path.endsWith("/as-of"))).toHaveLength(1);
  const pulls = dataRequests(service)
    .slice(before)
    .filter((text) => text.includes("/price?") && text.includes("limit=0"));
  expect(pulls).toHaveLength(1);
});

it("says what is wrong", async () => {
  const { call } = await openExcel({ service: await startService() });
  const error = async (query: string, field: string, ...values: unknown[]) =>
    errorOf(await call("ASOF", "price", query, field, keys, "2026-11-20", ...values));
  expect(await error(`${own}+(limit=5)`, "price", "1001", "Diesel")).toMatch(
    /“limit” is not possible.*KAL_QUERY_INVALID/,
  );
  expect(await error(own, "prize", "1001", "Diesel")).toMatch(/Did you mean “price”.*KAL_FIELD_UNKNOWN/);
  expect(await error(own, "site.nowhere", "1001", "Diesel")).toMatch(/nowhere.*KAL_FIELD_UNKNOWN/);
  expect(await error(own, "price", "9999", "Diesel")).toMatch(/^#N\/A .*KAL_NO_MATCH/);
});
