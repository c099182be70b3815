/** Answers over time from histories that the sample does not have. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Answered } from "./support/gateway.ts";
import { errorOf } from "./support/gateway.ts";
import { sendJson, sendStatus } from "./support/upstream.ts";
import { connect, startVendor, type Vendor } from "./support/vendor.ts";

let vendor: Vendor;
beforeAll(async () => (vendor = await startVendor()));
afterAll(() => vendor.close());

interface Price {
  readonly at: string;
  readonly price: number;
  readonly product?: string;
}

/** Makes a call while the Data API has these prices of one site. */
async function ask(prices: readonly Price[], route: string, body: object): Promise<Answered> {
  const documents = prices.map(({ at, price, product = "p1" }, number) => ({
    id: { entityId: `e${number}`, entityVariant: "Own" },
    data: { effectiveTime: at, price, site: { entityId: "s1" }, product: { entityId: product } },
  }));
  vendor.answerData = ({ path }, response) => {
    if (path.startsWith("/api/status")) return sendStatus(response, "echoed");
    const isPrice = path.startsWith("/api/price") && !path.includes("offset");
    sendJson(response, 200, isPrice ? documents : []);
  };
  let answered: Answered | undefined;
  await vendor.run(
    async (gateway) => {
      const { ticket } = (await connect(gateway)).body as { ticket: string };
      answered = await gateway.call("POST", `/api/v1/${route}`, { ticket, body });
    },
    { variables: { KAL_ANSWER_MEMORY: "64" } },
  );
  return answered!;
}

const summary = (measures: string[], by: string[] = [], now = "2026-12-01T00:00:00+00:00") => ({
  collection: "price",
  by,
  measures,
  now,
});

it("takes the true time between records of different zones, and clock time where one has none", async () => {
  // By the clocks three hours pass, in truth one.
  const zoned = [
    { at: "2026-11-20T08:00:00+00:00", price: 1 },
    { at: "2026-11-20T11:00:00+02:00", price: 2 },
    { at: "2026-11-20T12:00:00+02:00", price: 5 },
  ];
  const until = (now: string) => summary(["last(price)", "timeavg(price)"], [], now);
  expect((await ask(zoned, "summary", until("2026-11-20T10:00:00+00:00"))).body).toMatchObject({
    rows: [[5, 1.5]],
  });
  const mixed = [...zoned.slice(0, 2), { at: "2026-11-20T12:00:00", price: 5 }];
  // Three hours of the first price, one of the second.
  expect((await ask(mixed, "summary", until("2026-11-20T12:00:00"))).body).toMatchObject({
    rows: [[5, 1.25]],
  });
  expect((await ask(mixed, "summary", summary(["count"], ["day(effectiveTime)"]))).body).toMatchObject({
    rows: [["2026-11-20", 3]],
  });
  const asOf = (moment: string) => ({
    collection: "price",
    keys: ["product"],
    requests: [{ field: "price", values: [["p1"]], moments: [moment] }],
  });
  expect((await ask(zoned, "as-of", asOf("2026-11-20T09:30:00Z"))).body).toMatchObject({
    results: [[{ value: 2 }]],
  });
  expect((await ask(mixed, "as-of", asOf("2026-11-20T11:30:00"))).body).toMatchObject({
    results: [[{ value: 2 }]],
  });
});

it("refuses ten million groups before they are made", async () => {
  const prices = ["p1", "p2", "p3"].map((product) => ({ at: "1500-01-01T00:00:00", price: 1, product }));
  const answered = await ask(
    prices,
    "summary",
    summary(["timeavg(price)"], ["product", "hour(effectiveTime)"]),
  );
  expect(errorOf(answered)).toMatchObject({ code: "KAL_TOO_LARGE" });
});

it("passes over a price that was never set, and a date that is none", async () => {
  const prices = [
    { at: "0001-01-01T00:00:00", price: 9 },
    { at: "2026-11-20T00:00:00", price: 1 },
  ];
  const both = summary(["count", "timeavg(price)"], ["day(effectiveTime)"], "2026-11-21T00:00:00");
  expect((await ask(prices, "summary", both)).body).toMatchObject({
    rows: [
      ["2026-11-20", 1, 1],
      [null, 1, null],
    ],
  });
  const wrong = [...prices, { at: "20/11/2026", price: 2 }];
  expect(errorOf(await ask(wrong, "summary", both))).toMatchObject({
    code: "KAL_FIELD_TYPE",
    message: expect.stringContaining("“20/11/2026”") as string,
  });
});
