/**
 * `POST /api/v1/market`: own sites' prices beside those of their competitors.
 */
import { describe, expect, it } from "vitest";
import type { QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import type { TableValue } from "../../src/kalibrate/table.ts";
import { errorOf } from "./support/gateway.ts";
import { useSample } from "./support/sample.ts";

const sample = useSample({ ownSites: 40 }, { KAL_MAX_AGE: "300" });
const market = (body: object) =>
  sample.gateway.call<QueryAnswer>("POST", "/api/v1/market", { ticket: sample.ticket, body });

type Value = Exclude<TableValue, object>;
type Row = Record<string, Value>;

/** The rows of a table as objects. */
function rowsOf({ columns, rows }: Pick<QueryAnswer, "columns" | "rows">): Row[] {
  const read = (row: readonly TableValue[]) =>
    columns.map(({ name }, at) => [name, row[at] as Value] as const);
  return rows.map((row) => Object.fromEntries(read(row)));
}

async function records(collection: string, query: string, fields: string[]): Promise<Row[]> {
  return rowsOf((await sample.query({ collection, query, fields })).body);
}

/** The sample's sites and the products that they sell, read by queries. */
async function network() {
  const siteFields = [
    "entityId",
    "importCode",
    "name",
    "brand.name",
    "latitude",
    "longitude",
    "competitorSites",
  ];
  const productFields = [
    "entityId",
    "site",
    "product.importCode",
    "product.name",
    "currentPrice",
    "currentPriceEffectiveTime",
  ];
  const both = ["Own", "Competitor"].map((variant) => `(entityVariant=${variant})`);
  const [own = [], competitors = []] = await Promise.all(
    both.map((query) => records("site", query, siteFields)),
  );
  const sold = await Promise.all(both.map((query) => records("product", query, productFields)));
  return { own, competitors, sold: sold.flat() };
}

/** The expected market, computed directly from the definition. */
function expected(
  { competitors, sold }: Awaited<ReturnType<typeof network>>,
  ours: Row,
  now: number,
  priceOf: (product: Row) => readonly [price: Value, time: Value] = (product) => [
    product["currentPrice"]!,
    product["currentPriceEffectiveTime"]!,
  ],
): TableValue[][] {
  const named = String(ours["competitorSites"]).split(", ");
  const around = [ours, ...competitors.filter(({ entityId }) => named.includes(String(entityId)))];
  const codes = [...new Set(sold.map((product) => String(product["product.importCode"])))].sort();
  return codes.flatMap((code) => {
    const offers = around.flatMap((site) =>
      sold
        .filter((product) => product["site"] === site["entityId"] && product["product.importCode"] === code)
        .map((product) => ({
          site,
          product,
          price: priceOf(product)[0] as number,
          time: priceOf(product)[1] as string,
        })),
    );
    const ourPrice = offers.find(({ site }) => site === ours)?.price;
    return offers
      .sort((a, b) =>
        a.site === ours
          ? -1
          : b.site === ours
            ? 1
            : a.price - b.price || (a.site["importCode"]! < b.site["importCode"]! ? -1 : 1),
      )
      .map(({ site, product, price, time }) => [
        ours["importCode"]!,
        code,
        product["product.name"]!,
        site["importCode"]!,
        site["name"]!,
        site["brand.name"]!,
        site === ours,
        price,
        ourPrice === undefined ? null : Math.round((price - ourPrice) * 1000) / 1000,
        1 + offers.filter((offer) => offer.price < price).length,
        time,
        Math.round((now - Date.parse(`${time.slice(0, 19)}Z`)) / 36_000) / 100,
        Math.round(kilometres(ours, site) * 100) / 100,
      ]);
  });
}

/** By the law of cosines, which is exact enough beyond a few metres. */
function kilometres(a: Row, b: Row): number {
  if (a === b) return 0;
  const [latA = 0, latB = 0, lonA = 0, lonB = 0] = [
    a["latitude"],
    b["latitude"],
    a["longitude"],
    b["longitude"],
  ].map((degrees) => (Number(degrees) * Math.PI) / 180);
  const cosine = Math.sin(latA) * Math.sin(latB) + Math.cos(latA) * Math.cos(latB) * Math.cos(lonA - lonB);
  return 6371 * Math.acos(Math.min(1, cosine));
}

const now = "2099-01-01T12:00:00";
const nowClock = Date.parse(`${now}Z`);

it("is correct for one site, product by product", async () => {
  const data = await network();
  const ours = data.own[3]!;
  const { status, body } = await market({ sites: [String(ours["importCode"])], now });
  expect(status).toBe(200);
  const rows = expected(data, ours, nowClock);
  expect(body.rows).toEqual(rows);
  expect(rows.length).toBeGreaterThan(8);
  expect(body.columns.map(({ name, type }) => [name, type])).toEqual([
    ["market", "text"],
    ["productCode", "text"],
    ["product", "text"],
    ["siteCode", "text"],
    ["site", "text"],
    ["brand", "text"],
    ["own", "boolean"],
    ["price", "number"],
    ["difference", "number"],
    ["rank", "number"],
    ["effectiveTime", "datetime"],
    ["ageHours", "number"],
    ["distanceKm", "number"],
  ]);
});

it("serves all sites in one call from one pull, by code, name and id", async () => {
  const data = await network();
  const ways = ["importCode", "name", "entityId"];
  const sites = data.own.map((site, at) => String(site[ways[at % 3]!]));
  sample.simulator.clearRequests();
  const { body } = await market({ sites, now, maxAge: 300 });
  expect(body.rows).toEqual(data.own.flatMap((ours) => expected(data, ours, nowClock)));
  const paths = sample.simulator.requests.map(({ path }) => path);
  expect(paths.filter((path) => path.endsWith("/product")).length).toBeLessThan(6);
  sample.simulator.clearRequests();
  await market({ sites: sites.slice(0, 1), now, maxAge: 300 });
  expect(sample.simulator.requests).toEqual([]);
});

it("can be limited to some products", async () => {
  const data = await network();
  const { body } = await market({
    sites: [String(data.own[0]!["importCode"])],
    products: ["diesel", "UNL"],
    now,
  });
  expect([...new Set(body.rows.map(([, code]) => code))]).toEqual(["DSL", "UNL"]);
  expect(body.rows).toEqual(
    expected(data, data.own[0]!, nowClock).filter(([, code]) => code === "DSL" || code === "UNL"),
  );
});

it("shows with a moment what was in force then, and its age", async () => {
  const data = await network();
  const moment = `${new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10)}T08:00:00`;
  const prices = (
    await Promise.all(
      ["Own", "Competitor"].map((variant) =>
        records("price", `(entityVariant=${variant})`, ["product", "price", "effectiveTime"]),
      ),
    )
  ).flat();
  const inForce = (product: Row) => {
    const history = prices.filter(
      (price) => price["product"] === product["entityId"] && price["effectiveTime"]! <= moment,
    );
    const last = history.reduce((a, b) => (a["effectiveTime"]! >= b["effectiveTime"]! ? a : b));
    return [last["price"]!, last["effectiveTime"]!] as const;
  };
  const some = data.own.slice(0, 6);
  const { body } = await market({ sites: some.map((site) => String(site["importCode"])), moment });
  expect(body.rows).toEqual(some.flatMap((ours) => expected(data, ours, Date.parse(`${moment}Z`), inForce)));
});

describe("refuses", () => {
  it.each([
    ["a site that does not exist", { sites: ["1001", "9999"] }, "KAL_NO_ROWS", /no own site “9999”/],
    ["a competitor's site", { sites: ["C00001"] }, "KAL_NO_ROWS", /no own site “C00001”/],
    [
      "a product that does not exist",
      { products: ["Dieesel"] },
      "KAL_NO_ROWS",
      /“Dieesel”.*Did you mean “Diesel”/,
    ],
    [
      "a product that no competitor sells",
      { products: ["ADB"] },
      "KAL_NO_ROWS",
      /None of the \d+ competitors.*ADB/,
    ],
    ["a moment before all data", { moment: "1999-01-01" }, "KAL_NO_ROWS", /has a price at 1999-01-01/],
    ["a moment that is no date", { moment: "soon" }, "KAL_REQUEST_INVALID", /“moment”.*soon/],
    ["a wrong now", { now: "soon" }, "KAL_REQUEST_INVALID", /“now”/],
    ["no site", { sites: [] }, "KAL_REQUEST_INVALID", /sites/],
  ])("%s", async (_, more, code, message) => {
    const answered = await market({ sites: ["1001"], ...more });
    expect(errorOf(answered)).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});
