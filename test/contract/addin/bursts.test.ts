/** Thousands of cells at once: all are correct, and the number of calls stays small. */
import { expect, it, vi } from "vitest";
import { openExcel, startService, valuesOf } from "./kal.ts";

const own = "(entityVariant=Own)";

it.each([5000, 50_000])("%i cells of each function are right, with one call for each", async (many) => {
  const service = await startService({ ownSites: 40 });
  const asked = vi.fn(fetch);
  const { call, host } = await openExcel({ service, fetch: asked });
  const fields = "site.importCode, product.importCode, currentPrice";
  const prices = valuesOf(await call("QUERY", "product", own, fields, 0));
  const burst = async (callAt: (index: number) => { functionId: string; args: unknown[] }) => {
    asked.mockClear();
    const calls = Array.from({ length: many }, (_, index) => callAt(index));
    const results = await Promise.all(host.invokeAll(calls as never).map(({ result }) => result));
    return { values: results.map((cells) => valuesOf(cells)[0]?.[0]), calls: asked.mock.calls.length };
  };
  const lookup = (at: number) => {
    const [site, product] = prices[at % prices.length]!;
    return {
      functionId: "LOOKUP",
      args: ["product", own, "currentPrice", "site.importCode, product.importCode", site, product],
    };
  };

  const different = await burst(lookup);
  expect(different.calls).toBeLessThanOrEqual(2);
  expect(different.values).toEqual(different.values.map((_, at) => prices[at % prices.length]![2]));
  const equal = await burst(() => lookup(0));
  expect(equal).toEqual({ values: equal.values.map(() => prices[0]![2]), calls: 0 });

  const query = await burst(() => ({ functionId: "QUERY", args: ["site", own, "importCode", 0, 1] }));
  expect(query.calls).toBe(1);
  expect(new Set(query.values).size).toBe(1);
  expect(query.values[0]).toMatch(/^\d+$/);

  const properties = ["state", "connection", "environment"];
  const status = await burst((at) => ({ functionId: "STATUS", args: [properties[at % 3]] }));
  expect(status.calls).toBe(1);
  const shown = ["connected", "sample", "sample"];
  expect(status.values).toEqual(status.values.map((_, at) => shown[at % 3]));
});

it("5,000 queries that differ in one code are right, with one call and one slice for all", async () => {
  const service = await startService({ ownSites: 60 });
  const asked = vi.fn(fetch);
  const { call, host } = await openExcel({ service, fetch: asked });
  const fields = "site.importCode, product.product.name, currentPrice";
  const prices = valuesOf(await call("QUERY", "product", own, fields, 0));
  const codes = [...new Set(prices.map(([code]) => String(code))), "nowhere"];
  asked.mockClear();
  service.simulator.clearRequests();
  const calls = Array.from({ length: 5000 }, (_, at) => ({
    functionId: "QUERY",
    args: ["product", `${own}+(site.importCode=${codes[at % codes.length]})`, fields, 0],
  }));
  const results = await Promise.all(host.invokeAll(calls as never).map(({ result }) => result));
  expect(asked.mock.calls.length).toBeLessThanOrEqual(2);
  expect(service.simulator.requests.length).toBeLessThanOrEqual(12);
  const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row)).sort();
  results.forEach((cells, at) => {
    const code = codes[at % codes.length];
    if (code === "nowhere") expect(cells).toEqual([[expect.objectContaining({ error: "#N/A" })]]);
    else expect(sorted(valuesOf(cells))).toEqual(sorted(prices.filter(([own]) => String(own) === code)));
  });
});

// office.js adds about 130 characters to an error, so one result can hold at most about 15,000 of them.
it("shows 12,000 misses in one range as #N/A without texts instead of refusing all", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const codes = Array.from({ length: 12_000 }, (_, at) => [`nowhere${at}`]);
  const cells = await call("LOOKUP", "site", own, "name", "importCode", codes);
  expect(cells).toHaveLength(12_000);
  expect(new Set(cells.map(([cell]) => JSON.stringify(cell))).size).toBe(1);
  expect(cells[0]).toEqual([expect.objectContaining({ error: "#N/A" })]);
});
