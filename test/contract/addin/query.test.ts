import { expect, it } from "vitest";
import { excel2021 } from "../../../src/workbench/excel-host/requirement-sets.ts";
import { dataRequests, errorOf, openExcel, startService, valuesOf } from "./kal.ts";

const ownSites = ["site", "(entityVariant=Own)", "importCode, name, postCode"] as const;

it("spills a table with headings, in the columns' order", async () => {
  const service = await startService();
  const excel = await openExcel({ service });
  const [heading, ...rows] = valuesOf(await excel.call("QUERY", ...ownSites));
  expect(heading).toEqual(["importCode", "name", "postCode"]);
  expect(rows).toHaveLength(30);
  for (const [code, name, postCode] of rows) {
    expect(code).toMatch(/^\d+$/);
    expect(name).toMatch(/^[A-Z]/);
    expect(postCode).toMatch(/^[A-Z]{1,2}\d/);
  }
});

it("gives no headings, names or labels, and takes no more rows than the limit", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const rows = async (headers: number, limit: number) =>
    valuesOf(await call("QUERY", ...ownSites, headers, limit));
  expect(await rows(0, 2)).toHaveLength(2);
  expect((await rows(1, 2))[0]).toEqual(["importCode", "name", "postCode"]);
  expect((await rows(2, 2))[0]).toEqual(["Code", "Name", "Postcode"]);
});

it("shows dates as dates if Excel accepts them, otherwise as serials", async () => {
  const service = await startService();
  const ask = ["price", "(entityVariant=Own)+(limit=1)", "effectiveTime", 0] as const;
  const [[formatted] = []] = await (await openExcel({ service })).call("QUERY", ...ask);
  expect(formatted).toMatchObject({ value: expect.any(Number) as number, numberFormat: "yyyy-mm-dd hh:mm" });
  const [[plain] = []] = await (
    await openExcel({ service, requirementSets: excel2021 })
  ).call("QUERY", ...ask);
  expect(plain).toEqual({ value: (formatted as { value: number }).value });
});

it("shows names instead of ids in one formula", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const fields = "site.name, product.name, currentPrice, currentPriceEffectiveTime";
  const rows = valuesOf(await call("QUERY", "product", "(entityVariant=Own)", fields, 0));
  expect(rows.length).toBeGreaterThan(100);
  for (const [site, product, price, since] of rows) {
    expect(site).toMatch(/^[A-Z][a-z]/);
    expect(product).toMatch(/^[A-Z]/);
    expect(price).toBeGreaterThan(0.5);
    expect(since).toBeGreaterThan(40_000);
  }
});

it("takes the query from cells, with dates as serials", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const cells = [
    ["entityVariant", "=", "Own"],
    ["effectiveTime", ">=", 46_000],
    ["source", "=", ""],
    ["limit", "=", 3],
  ];
  expect(valuesOf(await call("QUERY", "price", cells, [["price", "effectiveTime"]]))).toHaveLength(4);
  expect(dataRequests(service)).toEqual([
    "/api/price?(entityVariant=Own)+(effectiveTime%3E=2025-12-09)+(orderBy=createdOn)+(direction=descending)+(limit=3)",
  ]);
});

it("takes a query as typed, with today by the analyst's clock", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const before = new Date();
  await call("QUERY", "price", "entityVariant=Own and effectiveTime >= today-7; limit=1", "price");
  const days = [before, new Date()].map(
    (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate() - 7),
  );
  const asked = days.map(
    (day) =>
      `(effectiveTime%3E=${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")})`,
  );
  const [request] = dataRequests(service);
  expect(asked.some((clause) => request?.includes(`(entityVariant=Own)+${clause}+`))).toBe(true);
});

it("makes one request for 200 equal calls", async () => {
  const service = await startService();
  const { call, host } = await openExcel({ service });
  // First a larger list from the same path: a shorter answer then needs no further request as proof.
  await call("QUERY", "site", "(entityVariant=Competitor)", "importCode");
  service.simulator.clearRequests();
  const calls = Array.from({ length: 200 }, () => ({ functionId: "QUERY", args: [...ownSites] }));
  const results = await Promise.all(host.invokeAll(calls).map(({ result }) => result));
  expect(new Set(results.map((cells) => JSON.stringify(cells))).size).toBe(1);
  expect(results[0]).toHaveLength(31);
  expect(dataRequests(service)).toHaveLength(1);
});

it("returns all of 3,500 documents", async () => {
  const service = await startService({ ownSites: 130 });
  const { call } = await openExcel({ service });
  const rows = valuesOf(await call("QUERY", "price", "(entityVariant=Own)", "entityId", 0, 3500));
  expect(rows).toHaveLength(3500);
  expect(new Set(rows.flat()).size).toBe(3500);
  const all = valuesOf(await call("QUERY", "price", "(entityVariant=Own)", "entityId", 0));
  expect(new Set(all.flat()).size).toBe(all.length);
  const first = new Set(all.flat());
  expect(rows.flat().every((id) => first.has(id))).toBe(true);
  // The simulator's answer without a limit shows how many there are.
  const { apiBaseUrl } = service.simulator;
  const token = await tokenOf(service.simulator);
  const bare = await fetch(`${apiBaseUrl}/price?query=(entityVariant=Own)+(limit=0)`, {
    headers: { Authorization: `Bearer ${token}`, "User-Agent": "KAL-Test" },
  });
  const documents = ((await bare.json()) as ({ id: { entityId: string } } | null)[]).filter(
    (item) => item !== null,
  );
  expect(new Set(documents.map(({ id }) => id.entityId.toLowerCase())).size).toBe(all.length);
});

async function tokenOf({
  environment,
}: {
  environment: {
    authority: string;
    tenant: string;
    credentials: { clientId: string; clientSecret: string; scope: string };
  };
}): Promise<string> {
  const { clientId, clientSecret, scope } = environment.credentials;
  const response = await fetch(`${environment.authority}/${environment.tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

it("never shows 0 for a missing value", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const rows = valuesOf(await call("QUERY", "product", "(entityVariant=Own)", "importCode, name", 0, 5));
  expect(rows).toEqual(Array.from({ length: 5 }, () => ["", ""]));
});

it("shows only the headings if nothing is selected, #N/A without headings", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  expect(valuesOf(await call("QUERY", "site", "(name=Nowhere)", "name"))).toEqual([["name"]]);
  expect(errorOf(await call("QUERY", "site", "(name=Nowhere)", "name", 0))).toMatch(/^#N\/A .*KAL_NO_ROWS/);
});

it.each([
  ["an unknown collection", ["prices"], "Did you mean “price”?", "KAL_COLLECTION_UNKNOWN"],
  ["a malformed query", ["price", "(entityVariant=Own"], "position 19", "KAL_QUERY_INVALID"],
  ["a mistyped field", ["price", "", "prise"], "Did you mean “price”?", "KAL_FIELD_UNKNOWN"],
  ["an impossible field", ["price", "", "a b"], "cannot be the name of a field", "KAL_FIELD_UNKNOWN"],
  ["wrong headers", ["price", "", "", 7], "“headers” must be 0", "KAL_ARGUMENT_INVALID"],
  ["a wrong limit", ["price", "", "", 1, -5], "“limit” must be", "KAL_ARGUMENT_INVALID"],
  ["no collection", [""], "“collection” is missing", "KAL_ARGUMENT_INVALID"],
  ["no connection", [":price"], "no connection before the colon", "KAL_ARGUMENT_INVALID"],
  ["another connection", ["production:price"], "“production” is not connected", "KAL_CONNECTION_UNKNOWN"],
  ["a megabyte", ["price", `(name=${"x".repeat(1_000_000)})`], "The query is too long", "KAL_QUERY_INVALID"],
])("says what is wrong with %s", async (_, args, words, code) => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const error = errorOf(await call("QUERY", ...args));
  expect(error).toMatch(/^#VALUE! /);
  expect(error).toContain(words);
  expect(error).toContain(code);
  expect(error.length).toBeLessThan(600);
});

it("refuses a result that Excel could not receive, and says how many rows it has", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const wide = Array.from({ length: 120 }, () => "entityId").join(",");
  expect(errorOf(await call("QUERY", "price", "(entityVariant=Own)", wide))).toMatch(
    /rows: too much.*KAL_TOO_LARGE/,
  );
});

it("filters by codes and names of what records refer to, in text and in cells, with few requests", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const fields = "site.importCode, product.product.name, price";
  const text =
    "(entityVariant=Own)+(site.importCode in 1001,1002)+(product.product.name=Diesel)+(effectiveTime>=today-90)";
  const cells = [
    ["entityVariant", "=", "Own", ""],
    ["site.importCode", "in", 1001, 1002],
    ["product.product.name", "=", "Diesel", ""],
    ["effectiveTime", ">=", "today-90", ""],
  ];
  const rows = valuesOf(await call("QUERY", "price", text, fields, 0));
  expect(new Set(rows.map(([code, name]) => [code, name].join(" ")))).toEqual(
    new Set(["1001 Diesel", "1002 Diesel"]),
  );
  // Two small slices. The rest ask for one record: what this API understands, and whether the slices are whole.
  const slices = () =>
    dataRequests(service).filter((path) => path.includes("/price") && !path.includes("(limit=1)"));
  const ofOneSite: unknown = expect.stringMatching(/site\.entityId=[0-9a-f-]{36}\)\+\(limit=0\)$/);
  expect(slices()).toEqual([ofOneSite, ofOneSite]);
  service.simulator.clearRequests();
  expect(valuesOf(await call("QUERY", "price", cells, fields, 0))).toEqual(rows);
  expect(slices()).toEqual([ofOneSite, ofOneSite]);
});
