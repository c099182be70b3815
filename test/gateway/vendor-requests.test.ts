/**
 * The requests of the vendor's public Postman collection and the queries of its two Python samples, unchanged. The
 * gateway must return the same as a direct call to the Data API.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { type Caller, connect } from "../unit/simulator/call.ts";

let simulator: Simulator;
let gateway: TestGateway;
let ticket: string;
let byHand: Caller;

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 60 });
  gateway = await startTestGateway({ sampleEnvironment: simulator.environment });
  ({ ticket } = await gateway.connect({ environment: "sample" }));
  byHand = await connect(simulator);
});

afterAll(async () => {
  await gateway.close();
  await simulator.close();
});

const proposed =
  "(entityVariant=Proposed)+(status.exported=true)+(exportedTime>=2020-06-01)+(orderBy=exportedTime)+(direction=descending)";

/** Purpose, collection and query of each request. */
const requests = [
  ["all own sites", "site", "(entityVariant=Own)+(limit=0)"],
  ["all competitors' sites (which ask for own ones)", "site", "(entityVariant=Own)+(limit=0)"],
  ["all products", "product", "(entityVariant=Global)+(limit=0)"],
  [
    "the most recent own price",
    "price",
    "(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=1)",
  ],
  [
    "the most recent own prices",
    "price",
    "(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=100)",
  ],
  [
    "the next most recent own prices",
    "price",
    "(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=100)+(offset=100)",
  ],
  [
    "the most recent competitors' prices",
    "price",
    "(entityVariant=Competitor)+(orderBy=createdOn)+(direction=descending)+(limit=100)",
  ],
  ["exported proposed prices since a day", "price", proposed],
] as const;

describe("the vendor's own requests", () => {
  it.each(requests)("%s", async (_, collection, query) => {
    const fields = ["entityId", "createdOn", "entityVariant"];
    const { status, body } = await gateway.call<QueryAnswer>("POST", "/api/v1/query", {
      ticket,
      body: { collection, query, fields },
    });
    expect(status).toBe(200);
    // The API returns 1,000 documents by default; KAL returns all unless limited.
    const whole = query.includes("limit=") ? query : `${query}+(limit=0)`;
    const documents = await byHand.documents(`/${collection}?query=${whole.replace(">", "%3E")}`);
    expect(documents.length).toBeGreaterThan(0);
    const expected = documents.map(({ id }) => [id.entityId, id.createdOn, id.entityVariant]);
    // Without orderBy, the API guarantees no order.
    const inOrder = (rows: readonly unknown[][]) =>
      query.includes("orderBy") ? rows : rows.map(String).sort();
    expect(inOrder(body.rows)).toEqual(inOrder(expected));
  });

  it("the status, without the token that it echoes", async () => {
    const { status, body, text } = await gateway.call<{ customerId: string }>("GET", "/api/v1/status", {
      ticket,
    });
    const answer = (await (await byHand.get("/status")).json()) as { tenantId: string; token: string };
    expect(status).toBe(200);
    expect(body.customerId).toBe(answer.tenantId);
    expect(text).not.toContain("eyJ");
  });
});

it("names, prices and times of own products come in one request, which takes two merges by hand", async () => {
  const fields = ["site.name", "product.name", "currentPrice", "currentPriceEffectiveTime"];
  const { body } = await gateway.call<QueryAnswer>("POST", "/api/v1/query", {
    ticket,
    body: { collection: "product", query: "(entityVariant=Own)", fields },
  });
  const all = async (path: string) => await byHand.documents(`${path}+(limit=0)`);
  const names = (documents: Awaited<ReturnType<typeof all>>) =>
    new Map(documents.map(({ id, data }) => [id.entityId, data["name"]]));
  const siteNames = names(await all("/site?query=(entityVariant=Own)"));
  const productNames = names(await all("/product?query=(entityVariant=Global)"));
  const products = await all("/product?query=(entityVariant=Own)");
  const referenced = (value: unknown) => (value as { entityId: string }).entityId;
  const expected = products.map(({ data }) => [
    siteNames.get(referenced(data["site"])),
    productNames.get(referenced(data["product"])),
    data["currentPrice"] ?? null,
    data["currentPriceEffectiveTime"] ?? null,
  ]);
  expect(body.rows.map(String).sort()).toEqual(expected.map(String).sort());
  expect(body.columns.map(({ type }) => type)).toEqual(["text", "text", "number", "datetime"]);
});
