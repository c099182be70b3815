/** KAL.LOOKUP: thousands of cells over one slice. */
import { expect, it } from "vitest";
import type { Argument, ScalarArgument } from "../../../src/workbench/excel-host/arguments.ts";
import { excel2021 } from "../../../src/workbench/excel-host/requirement-sets.ts";
import { dataRequests, errorOf, openExcel, startService, valuesOf } from "./kal.ts";

const own = "(entityVariant=Own)";

/** Site codes, product codes and prices, as returned by one query. */
async function priceList(call: Awaited<ReturnType<typeof openExcel>>["call"]) {
  const fields = "site.importCode, product.importCode, currentPrice, currentPriceEffectiveTime";
  return valuesOf(await call("QUERY", "product", own, fields, 0)) as [string, string, number, number][];
}

const currentPrice = (site: Argument, product: Argument): Argument[] => [
  "product",
  own,
  "currentPrice",
  "site.importCode, product.importCode",
  site,
  product,
];

it("finds the value of the record with its keys", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const [[site, product, price] = ["", "", 0, 0]] = await priceList(call);
  expect(valuesOf(await call("LOOKUP", ...currentPrice(site, product)))).toEqual([[price]]);
  // As cells contain them: a code that Excel turned into a number, extra spaces, other letter case.
  expect(valuesOf(await call("LOOKUP", ...currentPrice(Number(site), ` ${product.toLowerCase()} `)))).toEqual(
    [[price]],
  );
});

it("answers 5,000 cells correctly with one call to the service", async () => {
  const service = await startService({ ownSites: 130 });
  const { call, host } = await openExcel({ service });
  const prices = await priceList(call);
  const before = service.simulator.requests.length;
  const wanted = Array.from({ length: 5000 }, (_, at) => prices[at % prices.length]!);
  const calls = wanted.map(([site, product]) => ({
    functionId: "LOOKUP",
    args: [...currentPrice(site, product)],
  }));
  const cells = await Promise.all(host.invokeAll(calls).map(({ result }) => result));
  expect(cells.map((cell) => valuesOf(cell)[0]?.[0])).toEqual(wanted.map(([, , price]) => price));
  const asked = service.simulator.requests.slice(before).filter(({ path }) => path === "/api/product");
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(Math.ceil(prices.length / 1000) + 1);
  const lookups = service.log().filter((line) => line.includes("/api/v1/lookup"));
  expect(lookups).toHaveLength(1);
});

it("makes a grid of a column and a row", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const prices = await priceList(call);
  const sites = [...new Set(prices.map(([site]) => site))].slice(0, 5);
  const products = [...new Set(prices.map(([, product]) => product))].slice(0, 3);
  const cells = valuesOf(
    await call(
      "LOOKUP",
      ...currentPrice(
        sites.map((site) => [site]),
        [products],
      ),
    ),
  );
  expect(cells).toHaveLength(5);
  sites.forEach((site, row) =>
    products.forEach((product, column) => {
      const found = prices.find(([one, other]) => one === site && other === product);
      if (found) expect(cells[row]?.[column]).toBe(found[2]);
      else expect(cells[row]?.[column]).toMatch(/^#N\/A No record matches/);
    }),
  );
});

it("returns several fields side by side, dates as dates", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const [[site, product, price, since] = ["", "", 0, 0]] = await priceList(call);
  const cells = await call(
    "LOOKUP",
    "product",
    own,
    "currentPrice, currentPriceEffectiveTime, site.name",
    "site.importCode, product.importCode",
    site,
    product,
  );
  expect(valuesOf(cells)[0]?.slice(0, 2)).toEqual([price, since]);
  expect(cells[0]?.[1]).toMatchObject({ numberFormat: "yyyy-mm-dd hh:mm" });
});

it("returns an empty text for an empty key, #N/A for a miss", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const codes = [[""], [null], [0], ["no such code"]];
  const cells = valuesOf(await call("LOOKUP", "site", own, "name", "importCode", codes));
  expect(cells.slice(0, 3)).toEqual([[""], [""], [""]]);
  expect(cells[3]?.[0]).toMatch(/^#N\/A No record matches “no such code”.*KAL_NO_MATCH/);
  expect(errorOf(await call("LOOKUP", "site", own, "name", "importCode", "nowhere"))).toMatch(/^#N\/A /);
  for (const single of ["", null, 0, "  ", "\u200B\u00A0\uFEFF"]) {
    expect(valuesOf(await call("LOOKUP", "site", own, "name", "importCode", single))).toEqual([[""]]);
  }
});

it("refuses a number of more than 15 digits as a key, because Excel has replaced the rest by zeros", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  for (const key of [90071992547409900, -1e15, [[1e15]]]) {
    expect(errorOf(await call("LOOKUP", "site", own, "name", "importCode", key))).toMatch(
      /^#VALUE! Excel keeps only 15 digits of a number.*Format the cell as text.*KAL_ARGUMENT_INVALID/,
    );
  }
  const most = errorOf(await call("LOOKUP", "site", own, "name", "importCode", 999_999_999_999_999));
  expect(most).toMatch(/^#N\/A No record matches “999999999999999”/);
});

it("shows an error only for the unreadable keys of a range, and finds the others", async () => {
  const service = await startService();
  const behaviours = { errorsInRanges: "passed" } as const;
  const { call } = await openExcel({ service, behaviours });
  const codes = valuesOf(await call("QUERY", "site", own, "importCode", 0, 2)).flat() as string[];
  const picture = {
    type: "WebImage",
    basicType: "Error",
    basicValue: "#VALUE!",
    address: "https://a",
  } as const;
  const keys: ScalarArgument[] = [codes[0]!, 1e15, { error: "#REF!" }, picture, null, codes[1]!];
  const shown = [codes[0], /Excel keeps only 15 digits/, /shows #REF!/, /\(WebImage\)/, "", codes[1]].map(
    (item) => (item instanceof RegExp ? (expect.stringMatching(item) as string) : item),
  );
  const column = await call(
    "LOOKUP",
    "site",
    own,
    "importCode",
    "importCode",
    keys.map((key) => [key]),
  );
  expect(valuesOf(column)).toEqual(shown.map((item) => [item]));
  const row = await call("LOOKUP", "site", own, "importCode", "importCode", [keys]);
  expect(valuesOf(row)).toEqual([shown]);
  // A key shared by all positions fails them all; a key in the row of a grid fails its column.
  const grid = await call(
    "LOOKUP",
    ...["site", own, "importCode", "importCode, importCode"],
    codes.map((key) => [key]),
    [[codes[0]!, { error: "#N/A" }]],
  );
  const refused = expect.stringMatching(/shows #N\/A/) as string;
  expect(valuesOf(grid)).toEqual([
    [codes[0], refused],
    [expect.stringMatching(/^#N\/A No record matches/) as string, refused],
  ]);
});

it("fails a whole range for one key if Excel cannot show errors within an array", async () => {
  const service = await startService();
  const { call } = await openExcel({ service, requirementSets: excel2021 });
  const cells = await call("LOOKUP", "site", own, "name", "importCode", [["1001"], [1e15]]);
  expect(errorOf(cells)).toMatch(/^#VALUE! Excel keeps only 15 digits/);
});

it("returns the first of several records if the query has an order, otherwise says how many there are", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const [[site] = ["", "", 0, 0]] = await priceList(call);
  const any = errorOf(await call("LOOKUP", "product", own, "currentPrice", "site.importCode", site));
  expect(any).toMatch(/^#VALUE! \d+ records match.*orderBy.*KAL_AMBIGUOUS/);
  const latest = `${own}+(orderBy=effectiveTime)+(direction=descending)`;
  const first = valuesOf(await call("QUERY", "price", `${latest}+(site.importCode=${site})`, "price", 0));
  const found = valuesOf(await call("LOOKUP", "price", latest, "price", "site.importCode", site));
  expect(found[0]?.[0]).toBeTypeOf("number");
  expect(first.length).toBeGreaterThan(0);
});

it("refuses a whole column, which Excel could never receive", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const column = Array.from({ length: 700_000 }, () => [""]);
  expect(errorOf(await call("LOOKUP", "site", own, "name", "importCode", column))).toMatch(
    /^#VALUE! The result has 700,000 cells.*KAL_TOO_LARGE/,
  );
});

it("requests nothing again that is cached", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const [[site, product] = ["", "", 0, 0]] = await priceList(call);
  await call("LOOKUP", ...currentPrice(site, product));
  const before = dataRequests(service).length;
  await call("LOOKUP", ...currentPrice(site, product));
  await call("LOOKUP", ...currentPrice(site, "another"));
  expect(dataRequests(service)).toHaveLength(before);
});

it.each([
  ["too few values", ["site", own, "name", "importCode, name", "1"], "2 keys", "KAL_ARGUMENT_INVALID"],
  [
    "ranges that do not fit",
    ["site", own, "name", "importCode, name", [["1"], ["2"]], [["a"], ["b"], ["c"]]],
    "2×1, 3×1",
    "KAL_ARGUMENT_INVALID",
  ],
  [
    "several fields with a range",
    ["site", own, "name, postCode", "importCode", [["1"], ["2"]]],
    "single value",
    "KAL_ARGUMENT_INVALID",
  ],
  ["no field", ["site", own, "", "importCode", "1"], "“field” is missing", "KAL_ARGUMENT_INVALID"],
  ["no keys", ["site", own, "name", "", "1"], "“keys” is missing", "KAL_ARGUMENT_INVALID"],
  [
    "values where keys belong",
    ["site", own, "importCode", 1250, "name"],
    "“1250” in “keys” cannot be the name of a field",
    "KAL_FIELD_UNKNOWN",
  ],
  ["a mistyped key", ["site", own, "name", "importCod", "1"], "importCode", "KAL_FIELD_UNKNOWN"],
  ["a mistyped field", ["site", own, "nane", "importCode", "1"], "name", "KAL_FIELD_UNKNOWN"],
  ["all fields at once", ["site", own, "*", "importCode", "1"], "not a single field", "KAL_FIELD_UNKNOWN"],
  [
    "a malformed query",
    ["site", "(entityVariant=Own", "name", "importCode", "1"],
    "position",
    "KAL_QUERY_INVALID",
  ],
  ["an unknown collection", ["sites", own, "name", "importCode", "1"], "“site”", "KAL_COLLECTION_UNKNOWN"],
])("says what is wrong with %s", async (_, args, words, code) => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const error = errorOf(await call("LOOKUP", ...args));
  expect(error).toMatch(/^#VALUE! /);
  expect(error).toContain(words);
  expect(error).toContain(code);
});
