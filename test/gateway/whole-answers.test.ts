/** From the Data API's answer to the table: no record is lost, and no incomplete answer passes for a complete one. */
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from "vitest";
import type { LookupAnswer, QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import type { Fault } from "../../src/simulator/fault.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { publicCase } from "../support/public-cases.ts";
import { errorOf, startTestGateway, type TestGateway } from "./support/gateway.ts";
import { sendJson, sendStatus } from "./support/upstream.ts";
import { connect, startVendor } from "./support/vendor.ts";

let simulator: Simulator;
let gateway: TestGateway;
let ticket: string;

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 60, nullEvery: 50 });
});

afterAll(() => simulator.close());

beforeEach(async () => {
  gateway = await startTestGateway({ sampleEnvironment: simulator.environment });
  ({ ticket } = await gateway.connect({ environment: "sample" }));
});

afterEach(async () => {
  simulator.faults.clear();
  await gateway.close();
});

const on = (...faults: Fault[]) => simulator.faults.add(...faults);
const prices = {
  collection: "price",
  query: "(entityVariant=Own)",
  fields: ["entityId", "price", "effectiveTime"],
};
const mixed = { collection: "price", fields: ["entityId", "entityVariant"] };
const sites = { collection: "site", query: "(entityVariant=Own)", fields: ["entityId"] };

const ask = (body: object) => gateway.call<QueryAnswer>("POST", "/api/v1/query", { ticket, body });

async function rowsOf(body: object): Promise<QueryAnswer["rows"]> {
  const answer = await ask(body);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body.rows;
}

const textsOf = (rows: QueryAnswer["rows"]) => rows.map((row) => JSON.stringify(row));

/** The result of a request: its number of rows, or its error. */
async function shownOf(body: object): Promise<string> {
  const answer = await ask(body);
  if (answer.status === 200) return `${answer.body.rowCount} rows`;
  const { code, message } = errorOf(answer);
  return `${code}: ${message}`;
}

describe("records that share an identity", () => {
  it.each<[string, ...Fault[]]>([
    ["in one answer"],
    ["in pages", { kind: "page-cap", cap: 130 }],
    ["in pages, in another order each time", { kind: "page-cap", cap: 1700 }, { kind: "unstable-order" }],
    ["where limit=0 is refused", { kind: "unlimited-refused" }],
  ])("all stay, %s", async (_, ...faults) => {
    on({ kind: "short", count: 600 }, { kind: "shared-identity", every: 5 });
    const expected = await rowsOf(prices);
    const ids = new Set(expected.map(([id]) => id));
    expect(ids.size).toBe(600);
    expect(expected.length).toBeGreaterThan(700);
    expect(new Set(textsOf(expected)).size).toBe(expected.length);
    on(...faults);
    const rows = await rowsOf(prices);
    expect(textsOf(rows).sort()).toEqual(textsOf(expected).sort());
  });

  publicCase("A1", async () => {
    on({ kind: "short", count: 1 }, { kind: "shared-identity", every: 1 });
    const rows = await rowsOf(prices);
    const times = new Set(rows.map(([, , time]) => time));
    return `${rows.length} rows of ${new Set(rows.map(([id]) => id)).size} id with ${times.size} times`;
  });

  publicCase("A2", async () => {
    on({ kind: "short", count: 1 }, { kind: "shared-id", every: 1 });
    const rows = await rowsOf(mixed);
    return rows
      .map(([, variant]) => variant as string)
      .sort()
      .join(" / ");
  });

  it("are counted if a newer version supersedes them, in both forms of the answer and in a lookup", async () => {
    on({ kind: "old-versions", every: 3 });
    const { body } = await ask(sites);
    expect(body.rowCount).toBe(60);
    expect(body.superseded).toBeGreaterThan(5);
    const lines = await gateway.call("POST", "/api/v1/query", {
      ticket,
      body: sites,
      headers: { accept: "application/x-ndjson" },
    });
    expect(JSON.parse(lines.text.split("\n")[0]!)).toMatchObject({ superseded: body.superseded });
    const lookup = await gateway.call<LookupAnswer>("POST", "/api/v1/lookup", {
      ticket,
      body: {
        ...{ collection: sites.collection, query: sites.query, keys: ["entityId"] },
        requests: [{ field: "name", values: [[body.rows[0]![0]]] }],
      },
    });
    expect(lookup.body.superseded).toBe(body.superseded);
  });
});

describe("what an answer says about itself", () => {
  publicCase("A3", async () => {
    const members = { errors: [{ code: "IX7", message: "The index is offline." }] };
    on({ kind: "envelope", name: "data", members }, { kind: "short", count: 0 });
    return shownOf(sites);
  });

  it.each<object>([
    { error: { message: "x" } },
    { success: false },
    { isSuccess: false },
    { status: "error" },
    { meta: { statusCode: 500 } },
  ])("is refused with %j, whatever list it holds", async (members) => {
    on({ kind: "envelope", name: "value", members: members as Record<string, unknown> });
    expect(await shownOf(sites)).toContain(
      "KAL_UPSTREAM_INVALID: The Kalibrate Data API says that its answer failed.",
    );
  });

  publicCase("A4", async () => {
    const cap: Fault = { kind: "page-cap", cap: 12 };
    const link = { "@odata.nextLink": "https://elsewhere.invalid/api/site?$skiptoken=12" };
    // Every truncated answer has the link; the last page has none.
    on(cap, { kind: "short", count: 20 }, { kind: "envelope", name: "value", members: link, times: 1 });
    on({ kind: "envelope", name: "value", total: "@odata.count" });
    const inEnvelope = await shownOf(sites);
    simulator.faults.clear();
    on(cap, { kind: "short", count: 20 });
    return `${inEnvelope}; ${await shownOf(sites)}`;
  });

  it.each(["@odata.count", "total", "totalCount", "recordCount"])(
    "is continued up to the total named %s, and our own limit does not count as incomplete",
    async (total) => {
      on({ kind: "page-cap", cap: 25 }, { kind: "envelope", name: "value", total });
      expect(await shownOf(sites)).toBe("60 rows");
      expect(await shownOf({ ...sites, limit: 5 })).toBe("5 rows");
      expect(await shownOf({ ...sites, query: `${sites.query}+(offset=40)` })).toBe("20 rows");
    },
  );

  it.each<Record<string, unknown>>([
    { totalPages: 2 },
    { page: { number: 0, totalPages: 2 } },
    { cursor: "abc" },
    { $skiptoken: "12" },
    { pageToken: "abc" },
    { paging: { cursors: { after: "abc" } } },
    { remaining: 8 },
  ])("is continued with %j, even at a server that gave longer answers before", async (members) => {
    expect(await shownOf(sites)).toBe("60 rows");
    on({ kind: "short", count: 20 }, { kind: "page-cap", cap: 12 });
    on({ kind: "envelope", name: "value", members });
    expect(await shownOf({ ...sites, query: `${sites.query}+(name!=x)` })).toBe("20 rows");
  });

  it("is an error if it announces more and nothing follows", async () => {
    on({ kind: "envelope", name: "value", members: { totalCount: 70 } });
    expect(await shownOf(sites)).toContain("says that there are more records, but does not send them");
    simulator.faults.clear();
    on({ kind: "envelope", name: "value", members: { hasMore: true } });
    expect(await shownOf(sites)).toContain("says that there are more records, but does not send them");
  });
});

describe("completeness is never assumed", () => {
  publicCase("A11", async () => {
    on({ kind: "null-for-nothing" });
    const before = simulator.requests.length;
    const shown = await shownOf(sites);
    expect(simulator.requests.length - before).toBeLessThan(40);
    return shown;
  });

  publicCase("A12", async () => {
    on({ kind: "page-cap", cap: 1000 }, { kind: "short", count: 1000 });
    const yesterday = await shownOf(prices);
    simulator.faults.clear();
    on({ kind: "page-cap", cap: 1000 }, { kind: "short", count: 1500 });
    return `${yesterday}, then ${await shownOf(prices)}`;
  });
});

describe("an answer whose headers say more than its body", () => {
  const documents = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      id: { entityId: `e${at}`, entityVariant: "Own" },
      data: {},
    }));

  /** The result for 20 records of which an answer holds 12, with these headers if more follow. */
  async function shownWith(headers: Record<string, string>, all: readonly object[] = documents(20)) {
    const vendor = await startVendor();
    vendor.answerData = ({ path }, response) => {
      if (path.startsWith("/api/status")) return sendStatus(response, "echoed");
      const numberOf = (word: string) => Number(new RegExp(`\\(${word}=(\\d+)\\)`).exec(path)?.[1] ?? 0);
      const end = numberOf("offset") + Math.min(12, numberOf("limit") || Infinity);
      const page = all.slice(numberOf("offset"), end);
      sendJson(response, 200, page, end < all.length ? headers : {});
    };
    let shown = "";
    await vendor
      .run(async (gateway) => {
        const { ticket } = (await connect(gateway)).body as { ticket: string };
        const answer = await gateway.call<QueryAnswer>("POST", "/api/v1/query", { ticket, body: sites });
        shown = answer.status === 200 ? `${answer.body.rowCount} rows` : errorOf(answer).message;
      })
      .finally(() => vendor.close());
    return shown;
  }

  it.each<Record<string, string>>([
    { Link: '<https://elsewhere.invalid/api/site?page=2>; rel="next"' },
    { "X-Total-Count": "20" },
    { "x-ms-continuation": "abc" },
    { "X-Pagination": '{"TotalCount":20}' },
    { "X-Total-Pages": "2" },
  ])("is continued with %j", async (headers) => {
    expect(await shownWith(headers)).toBe("20 rows");
  });

  it.each<object>([
    { error: { message: "The index is offline." } },
    { errors: [{ message: "The index is offline." }] },
  ])("is refused if its list holds nothing but %j", async (element) => {
    expect(await shownWith({}, [element])).toBe(
      "The Kalibrate Data API says that its answer failed. It says: The index is offline.",
    );
  });
});
