/**
 * `POST /api/v1/records`: each figure is traced to its records.
 */
import { describe, expect, it } from "vitest";
import type { LookupAnswer, QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { errorOf } from "./support/gateway.ts";
import { useSample } from "./support/sample.ts";

const sample = useSample({ ownSites: 20 });
const post = <Answer = QueryAnswer>(route: string, body: object, headers = {}) =>
  sample.gateway.call<Answer>("POST", `/api/v1/${route}`, { ticket: sample.ticket, body, headers });

const own = { collection: "price", query: "(entityVariant=Own)" };
const day = 86_400_000;
const clockOf = (text: unknown) => Date.parse(`${String(text).slice(0, 19)}Z`);

/** A column of an answer. */
function column({ columns, rows }: QueryAnswer, name: string) {
  const at = columns.findIndex((each) => each.name === name);
  expect(at, name).toBeGreaterThanOrEqual(0);
  return rows.map((row) => row[at] as string | number | boolean | null);
}

it("are as many as the group's count says, for every group", async () => {
  const by = ["site.brand.name", "weekday(effectiveTime)"];
  const summary = (await post("summary", { ...own, by, measures: ["count", "max(price)"] })).body;
  expect(summary.rows.length).toBeGreaterThan(10);
  for (const [brand, weekday, count, most] of summary.rows) {
    const where = [
      { field: by[0], value: brand },
      { field: by[1], value: weekday },
    ];
    const { body } = await post("records", { ...own, where });
    expect(body.rowCount, JSON.stringify(where)).toBe(count);
    expect(Math.max(...column(body, "price").map(Number))).toBe(most);
  }
});

it("have all fields but personal data, or those that are asked for, in both forms", async () => {
  const body = { collection: "site", query: "(entityVariant=Own)", where: [], limit: 3 };
  const all = (await post("records", body)).body;
  expect(all.rowCount).toBe(3);
  expect(all.columns.length).toBeGreaterThan(80);
  expect(JSON.stringify(all.columns)).not.toContain("manager");
  const fields = ["name", "brand.name"];
  const some = (await post("records", { ...body, fields })).body;
  expect(some.columns.map(({ name }) => name)).toEqual(fields);
  const { text } = await post("records", { ...body, fields }, { accept: "application/x-ndjson" });
  expect(text.trim().split("\n").at(-1)).toBe('{"rowCount":3}');
});

it("are those of a lookup: compared as it compares", async () => {
  const products = { collection: "product", query: "(entityVariant=Own)" };
  const where = [
    { field: "site.importCode", value: 1001 },
    { field: "product.importCode", value: " dsl " },
  ];
  const { body } = await post("records", { ...products, where, fields: ["currentPrice"] });
  const keys = where.map(({ field }) => field);
  const lookup = await post<LookupAnswer>("lookup", {
    ...products,
    keys,
    requests: [{ field: "currentPrice", values: [where.map(({ value }) => value)] }],
  });
  expect(body.rows).toHaveLength(1);
  expect([[{ value: body.rows[0]?.[0] }]]).toEqual(lookup.body.results);
});

it("are with a moment those that were in force then", async () => {
  const moment = `${new Date(Date.now() - 4 * day).toISOString().slice(0, 10)}T08:00:00`;
  const keys = ["site.importCode", "product.product.name"];
  const asOf = await post<LookupAnswer>("as-of", {
    ...own,
    keys,
    requests: [{ field: "price", values: [["1002", "Diesel"]], moments: [moment] }],
  });
  const where = [
    { field: keys[0], value: "1002" },
    { field: keys[1], value: "Diesel" },
  ];
  const { body } = await post("records", { ...own, where, moment });
  expect([[{ value: column(body, "price")[0] }]]).toEqual(asOf.body.results);
  expect(body.rowCount).toBe(1);
  expect(String(column(body, "effectiveTime")[0]) <= moment).toBe(true);
  // One of each product of the site.
  const ofSite = (await post("records", { ...own, where: where.slice(0, 1), moment })).body;
  expect(new Set(column(ofSite, "product")).size).toBe(ofSite.rowCount);
  expect(ofSite.rowCount).toBeGreaterThan(2);
});

it("are behind an average over time also those that were in force meanwhile: they give the average again", async () => {
  const to = Math.floor(Date.now() / day) * day;
  const dayText = (clock: number) => new Date(clock).toISOString().slice(0, 10);
  const bounds = `(effectiveTime>=${dayText(to - 5 * day)})+(effectiveTime<${dayText(to)})`;
  const query = `${own.query}+(product.product.name=Diesel)+${bounds}`;
  const by = ["site.brand.name", "day(effectiveTime)"];
  const summary = (await post("summary", { ...own, query, by, measures: ["count", "timeavg(price)"] })).body;
  expect(summary.rows.length).toBeGreaterThan(9);
  for (const [brand, date, , average] of summary.rows as [string, string, number, number][]) {
    const where = [
      { field: by[0], value: brand },
      { field: by[1], value: date },
    ];
    const { body } = await post("records", { ...own, query, where, timeavg: "price" });
    const start = clockOf(`${date}T00:00:00`);
    const sites = column(body, "site");
    const times = column(body, "effectiveTime").map(clockOf);
    const prices = column(body, "price").map(Number);
    let [sum, milliseconds] = [0, 0];
    for (const site of new Set(sites)) {
      const history = [...sites.keys()]
        .filter((at) => sites[at] === site)
        .map((at) => ({ clock: times[at]!, price: prices[at]! }))
        .sort((a, b) => a.clock - b.clock);
      for (const [at, { clock, price }] of history.entries()) {
        const until = Math.min(history[at + 1]?.clock ?? Infinity, start + day);
        const held = Math.max(0, until - Math.max(clock, start));
        sum += price * held;
        milliseconds += held;
      }
    }
    expect(sum / milliseconds).toBeCloseTo(Number(average), 9);
  }
});

it("are those without a value where the value is null", async () => {
  const sites = { collection: "site", query: "(entityVariant=Own)" };
  const { body } = await post("summary", {
    ...sites,
    by: ["autoImplementGroup", "address5"],
    measures: ["count"],
  });
  const [group, absent, count] = body.rows[0]!;
  expect(absent).toBeNull();
  const where = [
    { field: "autoImplementGroup", value: group },
    { field: "address5", value: null },
  ];
  expect((await post("records", { ...sites, where, fields: ["name"] })).body.rowCount).toBe(count);
});

describe("refuse", () => {
  it.each([
    [
      "an unknown function",
      { where: [{ field: "dya(effectiveTime)", value: 1 }] },
      "KAL_QUERY_INVALID",
      /“day”/,
    ],
    [
      "several fields in one",
      { where: [{ field: "a, b", value: 1 }] },
      "KAL_REQUEST_INVALID",
      /not one field/,
    ],
    ["personal data", { where: [{ field: "user", value: "x" }] }, "KAL_FORBIDDEN", /personal/],
    [
      "a group over objects",
      { collection: "site", where: [{ field: "alternateImportCodes", value: null }] },
      "KAL_FIELD_TYPE",
      /several values/,
    ],
    ["a moment that is none", { moment: "soon" }, "KAL_REQUEST_INVALID", /“moment”/],
    ["an average of text", { timeavg: "source" }, "KAL_FIELD_TYPE", /“source” holds text/],
    ["an unknown field", { where: [{ field: "site.brnad.name", value: "x" }] }, "KAL_FIELD_UNKNOWN", /brnad/],
    ["a value that is an object", { where: [{ field: "price", value: {} }] }, "KAL_REQUEST_INVALID", /value/],
  ])("%s", async (_, more, code, message) => {
    const answered = await post("records", { ...own, where: [], ...more });
    expect(errorOf(answered)).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});
