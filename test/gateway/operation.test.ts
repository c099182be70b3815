import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answered, TestGateway } from "./support/gateway.ts";
import { errorOf } from "./support/gateway.ts";
import { connectBody } from "./support/own-environment.ts";
import { sendJson, sendStatus } from "./support/upstream.ts";
import { holdPrices, startVendor, type Vendor } from "./support/vendor.ts";

let vendor: Vendor;

beforeEach(async () => {
  vendor = await startVendor();
});

afterEach(() => vendor.close());

const queryBody = { collection: "price", query: "(limit=1)", fields: ["price"] };
const query = (gateway: TestGateway, ticket: string): Promise<Answered> =>
  gateway.call("POST", "/api/v1/query", { ticket, body: queryBody });

describe("stopping", () => {
  it("tells the platform, keeps serving during the delay, and lets running calls finish", async () => {
    const { arrived, release } = holdPrices(vendor);
    await vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const running = query(gateway, ticket);
        await arrived;
        const stopped = gateway.close();
        expect(await gateway.call("GET", "/health/ready")).toMatchObject({
          status: 503,
          body: { status: "unavailable" },
        });
        expect((await gateway.call("GET", "/health/live")).status).toBe(200);
        expect((await gateway.call("GET", "/api/v1/status", { ticket })).status).toBe(200);
        // From here on, only the running call keeps the service from stopping.
        await expect
          .poll(() => gateway.call("GET", "/health/live").catch(() => "refused"), { timeout: 5000 })
          .toBe("refused");
        release();
        expect(await running).toMatchObject({ status: 200, body: { rows: [[1.459]] } });
        await stopped;
        expect(gateway.log()).toContain('"msg":"stopped"');
      },
      { variables: { KAL_STOP_DELAY: "1" } },
    );
  });
});

describe("the time for a whole call", () => {
  it("ends the call with the reason, however many pages remain", async () => {
    vendor.answerData = ({ path }, response) => {
      if (path.startsWith("/api/status")) return sendStatus(response, "echoed");
      // Every page is full and continues the previous one: an endless slice.
      const first = Number(/\(offset=(\d+)\)/.exec(path)?.[1] ?? 0);
      const documents = Array.from({ length: 1000 }, (_, at) => ({
        id: { entityId: String(first + at) },
        data: {},
      }));
      sendJson(response, 200, documents);
    };
    await vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const answer = await gateway.call("POST", "/api/v1/query", { ticket, body: { collection: "price" } });
        expect(answer.status).toBe(504);
        expect(errorOf(answer)).toMatchObject({
          code: "KAL_TIMEOUT",
          message: "The whole answer took longer than 1 s.",
        });
      },
      { variables: { KAL_PULL_TIMEOUT: "1" } },
    );
  });
});

describe("a request id", () => {
  it("is the same in the answer, its header and every line of the log", async () => {
    vendor.answerData = ({ path }, response) =>
      path.startsWith("/api/status") ? sendStatus(response, "echoed") : response.writeHead(500).end();
    await vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const answer = await query(gateway, ticket);
        const { requestId } = errorOf(answer);
        expect(answer.headers["x-request-id"]).toBe(requestId);
        const lines = gateway
          .log()
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as Record<string, unknown>)
          .filter((line) => line["requestId"] === requestId);
        expect(lines.map(({ msg }) => msg)).toEqual([
          "refused by the Data API",
          "asking the Data API once more",
          "refused by the Data API",
          "asking the Data API once more",
          "refused by the Data API",
          "request",
        ]);
        expect(lines.at(-1)).toMatchObject({
          route: "/api/v1/query",
          status: 502,
          code: "KAL_UPSTREAM_DOWN",
        });
      },
      { pause: async () => undefined },
    );
  });
});
