/**
 * `POST /api/v1/as-of`: what was in force at a moment, for any number of cells.
 */
import { expect, it } from "vitest";
import type { LookupAnswer } from "../../src/kalibrate/gateway-api.ts";
import { errorOf } from "./support/gateway.ts";
import { useSample } from "./support/sample.ts";

const sample = useSample({ ownSites: 30 });
const own = { collection: "price", query: "(entityVariant=Own)" };
const asOf = (body: object) =>
  sample.gateway.call<LookupAnswer>("POST", "/api/v1/as-of", {
    ticket: sample.ticket,
    body: { ...own, ...body },
  });

it("returns all sites by 24 hours from one pull", async () => {
  const fields = ["site.importCode", "product.product.name", "effectiveTime", "price"];
  const { body } = await sample.query({ ...own, fields });
  const prices = (body.rows as [string, string, string, number][]).filter(
    ([, product]) => product === "Diesel",
  );
  const sites = [...new Set(prices.map(([site]) => site))];
  const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  const hours = Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, "0")}:00:00`);
  const cells = sites.flatMap((site) => hours.map((moment) => ({ site, moment })));
  const before = sample.simulator.requests.length;
  const answer = await asOf({
    keys: ["site.importCode", "product.product.name"],
    requests: [
      {
        field: "price",
        values: cells.map(({ site }) => [site, "Diesel"]),
        moments: cells.map(({ moment }) => moment),
      },
    ],
  });
  expect(answer.status).toBe(200);
  const expected = cells.map(({ site, moment }) => {
    const history = prices.filter(([code, , time]) => code === site && time <= moment);
    const latest = history.reduce((a, b) => (a[2] >= b[2] ? a : b));
    return { value: latest[3] };
  });
  expect(cells.length).toBeGreaterThan(600);
  expect(answer.body.results).toEqual([expected]);
  const asked = sample.simulator.requests.slice(before).map(({ path }) => path);
  expect(asked.filter((path) => path.endsWith("/price")).length).toBeLessThan(3);
});

it("reports an error in one of them, and answers the others", async () => {
  const keys = ["site.importCode", "product.product.name"];
  const { body } = await sample.query({ ...own, fields: [...keys, "effectiveTime"], limit: 1 });
  const [site, product, time] = body.rows[0]!;
  const values = [site, product];
  const [first] = (
    await asOf({
      keys,
      requests: [
        {
          field: "effectiveTime",
          values: [values, values, values, values, ["none", product]],
          moments: [time, "next week", "", "1999-01-01", time],
        },
      ],
    })
  ).body.results;
  expect(first).toMatchObject([
    { value: time },
    { error: { code: "KAL_REQUEST_INVALID", message: "“next week” is not a date or date-time." } },
    { missing: true },
    { missing: true },
    { missing: true },
  ]);
});

it("uses the query's order if it is a date, otherwise the collection's own time", async () => {
  const { body } = await sample.query({
    collection: "site",
    query: "(entityVariant=Own)",
    fields: ["importCode"],
    limit: 1,
  });
  const code = body.rows[0]![0];
  const requests = [{ field: "importCode", values: [[code]], moments: ["2099-01-01"] }];
  const of = (query: string) => asOf({ collection: "site", query, keys: ["importCode"], requests });
  expect((await of("(entityVariant=Own)+(orderBy=createdOn)")).body.results).toEqual([[{ value: code }]]);
  expect(errorOf(await of("(entityVariant=Own)+(orderBy=name)"))).toMatchObject({
    code: "KAL_QUERY_INVALID",
    hint: expect.stringContaining("orderBy=createdOn") as string,
  });
});

it("does not choose between several series", async () => {
  const { body } = await sample.query({ ...own, fields: ["site.importCode"], limit: 1 });
  const requests = [{ field: "price", values: [[body.rows[0]![0]]], moments: ["2099-01-01"] }];
  const [[result] = []] = (await asOf({ keys: ["site.importCode"], requests })).body.results;
  expect((result as { matches: number }).matches).toBeGreaterThan(1);
});

it.each([
  [
    "a limit, because the record in force could be missing",
    { query: "(entityVariant=Own)+(limit=5)" },
    "KAL_QUERY_INVALID",
    /position 22: “limit”/,
  ],
  [
    "a field that does not exist",
    { requests: [{ field: "prize", values: [], moments: [] }] },
    "KAL_FIELD_UNKNOWN",
    /“price”/,
  ],
  ["a key that leads nowhere", { keys: ["site.nowhere"] }, "KAL_FIELD_UNKNOWN", /nowhere/],
  [
    "values without a moment each",
    { requests: [{ field: "price", values: [["1001"]], moments: [] }] },
    "KAL_REQUEST_INVALID",
    /1 values but 0 moments/,
  ],
])("refuses %s", async (_, more, code, message) => {
  const requests = [{ field: "price", values: [["1001"]], moments: ["2026-11-20"] }];
  const answered = await asOf({ keys: ["site.importCode"], requests, ...more });
  expect(errorOf(answered)).toMatchObject({ code, message: expect.stringMatching(message) as string });
});
