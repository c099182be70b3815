/** The service's clock is set back, or its computer sleeps: cached data must age all the same. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { publicCase } from "../support/public-cases.ts";
import type { TestGateway } from "./support/gateway.ts";
import { connectBody } from "./support/own-environment.ts";
import { sendJson, sendStatus, sendToken } from "./support/upstream.ts";
import { startVendor, type Vendor } from "./support/vendor.ts";

const hour = 3_600_000;
let vendor: Vendor;
let time: number;

beforeEach(async () => {
  time = Date.now();
  vendor = await startVendor();
});

afterEach(() => vendor.close());

const run = (use: (gateway: TestGateway) => Promise<void>) =>
  vendor.run(use, { now: () => time, pause: async () => undefined, variables: { KAL_MAX_AGE: "300" } });

/** The Data API has one price with this amount; undefined: it fails. */
function serve(price: number | undefined): void {
  vendor.answerData = ({ path }, response) => {
    if (path.startsWith("/api/status")) return sendStatus(response, "echoed");
    if (price === undefined) return void response.writeHead(500).end();
    if (path.includes("offset=")) return sendJson(response, 200, []);
    sendJson(response, 200, [{ id: { entityId: "1" }, data: { price } }]);
  };
}

/** The result of looking up the price: the value, or the error's code. */
async function lookUp(gateway: TestGateway, ticket: string, maxAge?: number): Promise<unknown> {
  const { body } = await gateway.call("POST", "/api/v1/lookup", {
    ticket,
    body: {
      collection: "price",
      keys: ["entityId"],
      requests: [{ field: "price", values: [["1"]] }],
      ...(maxAge === undefined ? {} : { maxAge }),
    },
  });
  const { results, error } = body as { results?: [[{ value: unknown }]]; error?: { code: string } };
  return results?.[0][0].value ?? error?.code;
}

publicCase("A13", async () => {
  const shown: unknown[] = [];
  await run(async (gateway) => {
    serve(1.459);
    const { ticket } = await gateway.connect(connectBody);
    shown.push(await lookUp(gateway, ticket));
    serve(1.479);
    time -= 2 * hour;
    shown.push(await lookUp(gateway, ticket, 0));
    // After repeated failures the service sends an API no requests for fifteen seconds.
    serve(undefined);
    for (let call = 0; call < 20; call++) await lookUp(gateway, ticket, 0);
    serve(1.499);
    time -= 2 * hour;
    shown.push(await lookUp(gateway, ticket, 0));
    time += 16_000;
    shown.push(await lookUp(gateway, ticket, 0));
  });
  return shown.join(", ");
});

it("a cached slice expires after five minutes even if the clock was set back", () =>
  run(async (gateway) => {
    serve(1.459);
    const { ticket } = await gateway.connect(connectBody);
    await lookUp(gateway, ticket);
    serve(1.479);
    time -= 2 * hour;
    expect(await lookUp(gateway, ticket)).toBe(1.459);
    time += 301_000;
    expect(await lookUp(gateway, ticket)).toBe(1.479);
  }));

it("a token expires after its hour even if the clock was set back", () =>
  run(async (gateway) => {
    serve(1.459);
    const { ticket } = await gateway.connect(connectBody);
    time -= 2 * hour;
    await lookUp(gateway, ticket, 0);
    expect(vendor.tokenRequests()).toHaveLength(1);
    time += hour;
    await lookUp(gateway, ticket, 0);
    expect(vendor.tokenRequests()).toHaveLength(2);
  }));

it("after a night's sleep, yesterday's token and slice have expired", () =>
  run(async (gateway) => {
    serve(1.459);
    const { ticket } = await gateway.connect(connectBody);
    await lookUp(gateway, ticket);
    serve(1.479);
    vendor.answerToken = (_, response) => sendToken(response, "of today");
    time += 7.9 * hour;
    expect(await lookUp(gateway, ticket)).toBe(1.479);
    expect(vendor.dataRequests().at(-1)?.headers.authorization).toBe("Bearer of today");
  }));
