/** Many queries as one call. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ErrorAnswer, QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { connectBody } from "./support/own-environment.ts";
import { sendJson, sendStatus } from "./support/upstream.ts";
import { startVendor, type Vendor } from "./support/vendor.ts";

type Part = QueryAnswer & ErrorAnswer & { index: number };

const batch = (gateway: TestGateway, ticket: string, requests: readonly unknown[]) =>
  gateway.call<{ answers: Part[] }>("POST", "/api/v1/batch", { ticket, body: { requests } });

/** The lines of a batch, as they come. */
async function* linesOf(
  gateway: TestGateway,
  ticket: string,
  requests: readonly unknown[],
  signal?: AbortSignal,
) {
  const response = await fetch(`http://localhost:${gateway.port}/api/v1/batch`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${ticket}`,
      "content-type": "application/json",
      "x-kal-request": "1",
      accept: "application/x-ndjson",
    },
    body: JSON.stringify({ requests }),
    ...(signal && { signal }),
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/x-ndjson");
  let pending = "";
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    const lines = (pending + decoder.decode(bytes, { stream: true })).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield JSON.parse(line) as Part;
  }
  expect(pending).toBe("");
}

async function readAll(lines: AsyncIterable<Part>): Promise<Part[]> {
  const read: Part[] = [];
  for await (const line of lines) read.push(line);
  return read;
}

describe("a batch at the sample data", () => {
  let simulator: Simulator;
  let gateway: TestGateway;
  let ticket: string;

  beforeAll(async () => {
    simulator = await startSimulator({ ownSites: 30 });
    gateway = await startTestGateway({ sampleEnvironment: simulator.environment });
    ({ ticket } = await gateway.connect({ environment: "sample" }));
  });
  beforeEach(() => simulator.clearRequests());
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });

  it("gives each query the answer that it gets alone, in order or by index", async () => {
    const { body: sites } = await gateway.call<QueryAnswer>("POST", "/api/v1/query", {
      ticket,
      body: { collection: "site", query: "(entityVariant=Own)", fields: ["importCode"] },
    });
    const requests = [
      ...sites.rows.map(([code]) => ({
        collection: "price",
        query: `(entityVariant=Own)+(site.importCode=${code as string})`,
        fields: ["product.product.name", "price", "effectiveTime"],
      })),
      { collection: "price", query: "(entityVariant=Own)+(site.importCode=nowhere)" },
      { collection: "site", query: "(limit=2)" },
      { collection: "nothing" },
      { collection: "price", query: "(" },
      { collection: "price", fields: [1] },
      { collection: "price", connection: "production" },
      5,
    ];
    const alone: Part[] = [];
    for (const body of requests)
      alone.push((await gateway.call<Part>("POST", "/api/v1/query", { ticket, body })).body);
    const { status, body } = await batch(gateway, ticket, requests);
    expect(status).toBe(200);
    const essence = ({ columns, rows, rowCount, error }: Part) => ({
      ...{ columns, rows, rowCount },
      error: error && { code: error.code, message: error.message, hint: error.hint },
    });
    expect(body.answers.map(essence)).toEqual(alone.map(essence));
    const lines: Part[] = [];
    for await (const line of linesOf(gateway, ticket, requests)) lines[line.index] = line;
    expect(lines.map(essence)).toEqual(alone.map(essence));
  });

  it("asks the Data API once for what many differ in, and tells who filtered what", async () => {
    const requests = Array.from({ length: 30 }, (_, at) => ({
      collection: "price",
      query: `(entityVariant=Own)+(site.importCode=${1000 + at})`,
      maxAge: 0,
    }));
    const { body } = await batch(gateway, ticket, requests);
    expect(body.answers.filter(({ rowCount }) => rowCount > 0).length).toBeGreaterThan(10);
    const answered = body.answers.find(({ rowCount }) => rowCount > 0);
    expect(answered).toMatchObject({
      sent: "(entityVariant=Own)",
      filteredHere: expect.stringContaining("(site.importCode=") as string,
    });
    const asked = simulator.requests.filter(({ path }) => path.includes("/price"));
    expect(asked.length).toBeLessThan(10);
  });

  it.each([
    ["no list", { requests: {} }],
    ["an empty list", { requests: [] }],
    ["too many", { requests: Array.from({ length: 10_001 }, () => ({})) }],
    ["something else beside", { requests: [{}], more: 1 }],
  ])("is refused as a whole with %s", async (_, body) => {
    const { status } = await gateway.call("POST", "/api/v1/batch", { ticket, body });
    expect(status).toBe(400);
  });

  it("takes 10,000 queries of a megabyte and more", async () => {
    const requests = Array.from({ length: 10_000 }, () => ({
      collection: "site",
      query: `(entityVariant=Own)+(importCode!=${"x".repeat(100)})`,
      fields: ["importCode"],
      limit: 1,
    }));
    const { status, body } = await batch(gateway, ticket, requests);
    expect(status).toBe(200);
    // They are one query, and count against the rate like one by one.
    expect(body.answers).toHaveLength(10_000);
  });
});

describe("a batch at a server that is slow", () => {
  let vendor: Vendor;
  beforeAll(async () => {
    vendor = await startVendor();
  });
  afterAll(() => vendor.close());

  const requests = [1, 2, 3].map((price) => ({
    collection: "price",
    query: `(price=${price})`,
    fields: ["price"],
  }));

  /** Answers at once, but for the first price until `release`. */
  function hold() {
    const held = new Set<() => void>();
    let isHeld = true;
    vendor.answerData = ({ path }, response) => {
      if (path.startsWith("/api/status")) return sendStatus(response, "echoed");
      const [, price] = /price=(\d)/.exec(path) ?? [];
      const answer = () =>
        sendJson(
          response,
          200,
          path.includes("offset") ? [] : [{ id: { entityId: "1" }, data: { price: Number(price) } }],
        );
      if (price !== "1" || !isHeld) return answer();
      held.add(answer);
      response.once("close", () => held.delete(answer));
    };
    const release = () => {
      isHeld = false;
      for (const answer of held) answer();
    };
    return { held, release };
  }

  it("sends the others meanwhile", () =>
    vendor.run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      const { release } = hold();
      const order: number[] = [];
      for await (const { index } of linesOf(gateway, ticket, requests)) {
        order.push(index);
        if (order.length === 2) release();
      }
      expect(order.slice(0, 2).sort()).toEqual([1, 2]);
      expect(order[2]).toBe(0);
    }));

  it("gives each query a deadline of its own", () =>
    vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        hold();
        const { status, body } = await batch(gateway, ticket, requests);
        expect(status).toBe(200);
        expect(body.answers[0]?.error.code).toBe("KAL_TIMEOUT");
        expect(body.answers.slice(1).map(({ rows }) => rows)).toEqual([[[2]], [[3]]]);
      },
      { variables: { KAL_PULL_TIMEOUT: "2" } },
    ));

  it("leaves the pulls running that others share when its caller leaves", () =>
    vendor.run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      const { held, release } = hold();
      const leaving = new AbortController();
      const left = readAll(linesOf(gateway, ticket, requests, leaving.signal)).catch(() => undefined);
      await expect.poll(() => held.size).toBe(1);
      const staying = gateway.call<QueryAnswer>("POST", "/api/v1/query", { ticket, body: requests[0] });
      // When a later call is answered, this one has been read.
      await gateway.call("POST", "/api/v1/query", { ticket, body: requests[1] });
      expect(held.size).toBe(1);
      leaving.abort();
      await left;
      release();
      expect((await staying).body).toMatchObject({ rows: [[1]], shared: "call" });
    }));

  it("leaves no pull running when its caller leaves", () =>
    vendor.run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      const { held } = hold();
      const again = new AbortController();
      const leftAlone = readAll(linesOf(gateway, ticket, requests, again.signal)).catch(() => undefined);
      await expect.poll(() => held.size).toBe(1);
      again.abort();
      await leftAlone;
      await expect.poll(() => held.size).toBe(0);
    }));

  it("goes on with one pull at a time for a credential that may have no more", () =>
    vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        hold();
        const { body } = await batch(gateway, ticket, requests.slice(1));
        expect(body.answers.map(({ rows }) => rows)).toEqual([[[2]], [[3]]]);
      },
      { variables: { KAL_CONCURRENCY: "1" } },
    ));

  it("counts each pull against the rate; those that are too many fail alone", () =>
    vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        hold();
        const many = Array.from({ length: 12 }, (_, at) => ({ ...requests[1], limit: at + 1 }));
        const { body } = await batch(gateway, ticket, many);
        const failed = body.answers.filter(({ error }) => error);
        expect(failed.length).toBeGreaterThan(0);
        expect(failed.length).toBeLessThan(12);
        for (const { error } of failed) expect(error.code).toBe("KAL_THROTTLED");
      },
      { variables: { KAL_SESSION_RATE: "10" } },
    ));
});
