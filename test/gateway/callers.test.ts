/**
 * What one caller's stalled, aborted or endless requests cost the others (R16).
 */
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answered, errorOf, type TestGateway } from "./support/gateway.ts";
import { connectBody } from "./support/own-environment.ts";
import { sendJson, sendStatus } from "./support/upstream.ts";
import { startVendor, type Vendor } from "./support/vendor.ts";

/** A busy machine may take its time; what is waited for must only happen. */
const patient = { timeout: 30_000 };

let vendor: Vendor;

beforeEach(async () => {
  vendor = await startVendor();
});

afterEach(() => vendor.close());

/** Answers the status, and leaves all other answers to the test. @returns those that are still waited for. */
function hold() {
  const held = new Set<ServerResponse>();
  vendor.answerData = ({ path }, response) => {
    if (path.startsWith("/api/status")) return sendStatus(response, "echoed");
    held.add(response);
    response.once("close", () => held.delete(response));
  };
  return held;
}

const lookup = (gateway: TestGateway, ticket: string, query: string, signal?: AbortSignal) =>
  gateway.call("POST", "/api/v1/lookup", {
    ticket,
    body: {
      collection: "price",
      query,
      keys: ["entityId"],
      requests: [{ field: "price", values: [["1"]] }],
    },
    ...(signal && { signal }),
  });

describe("callers who leave", () => {
  it("leave no pull behind, however many they are", () =>
    vendor.run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      const held = hold();
      for (let round = 0; round < 3; round++) {
        const callers = Array.from({ length: 50 }, () => new AbortController());
        const calls = callers.map(({ signal }, at) =>
          lookup(gateway, ticket, `(price>${round}.${at + 1})`, signal),
        );
        await expect.poll(() => held.size, patient).toBe(16);
        for (const caller of callers) caller.abort();
        await Promise.allSettled(calls);
        await expect.poll(() => held.size, patient).toBe(0);
      }
    }));
});

describe("the deadline of a call", () => {
  /** Milliseconds: below each single limit, while the requests of one call take longer together. */
  const slow = 600;

  const site = (at: number) => ({
    id: { entityId: `s${at}`, entityVariant: "Own" },
    data: { name: `Site ${at}`, brand: { entityId: "b1" } },
  });

  const operations: Readonly<Record<string, (gateway: TestGateway, ticket: string) => Promise<Answered>>> = {
    query: (gateway, ticket) =>
      gateway.call("POST", "/api/v1/query", { ticket, body: { collection: "site", fields: ["name"] } }),
    "query with names": (gateway, ticket) =>
      gateway.call("POST", "/api/v1/query", {
        ticket,
        body: { collection: "site", query: "(limit=5)", fields: ["brand.name"], maxAge: 0 },
      }),
    lookup: (gateway, ticket) =>
      gateway.call("POST", "/api/v1/lookup", {
        ticket,
        body: {
          collection: "site",
          query: "(limit=5)",
          keys: ["name"],
          requests: [{ field: "brand.name", values: [["Site 1"]] }],
        },
      }),
    fields: (gateway, ticket) =>
      gateway.call("POST", "/api/v1/fields", { ticket, body: { collection: "site", query: "(colour=red)" } }),
  };

  it.each(Object.entries(operations))("ends a %s whose requests take long together", (_, operation) =>
    vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        vendor.answerData = ({ path }, response) => {
          const sites = Array.from({ length: 120 }, (_one, at) => site(at));
          const offset = Number(/\(offset=(\d+)\)/.exec(path)?.[1] ?? 0);
          const limit = Number(/\(limit=(\d+)\)/.exec(path)?.[1] ?? 0) || Infinity;
          const isEmpty = path.includes("colour") || (path.includes("reference") && !path.includes("Brand"));
          const elements = isEmpty ? [] : sites.slice(offset, offset + limit);
          setTimeout(() => sendJson(response, 200, elements), slow);
        };
        expect(errorOf(await operation(gateway, ticket))).toMatchObject({
          code: "KAL_TIMEOUT",
          message: "The whole answer took longer than 1 s.",
        });
      },
      { variables: { KAL_PULL_TIMEOUT: "1" } },
    ),
  );

  it("ends connecting to an identity provider that says nothing", () =>
    vendor.run(
      async (gateway) => {
        vendor.answerToken = () => undefined;
        const answer = await gateway.call("POST", "/api/v1/session", { body: connectBody });
        expect([answer.status, errorOf(answer).message]).toEqual([
          504,
          "The whole answer took longer than 1 s.",
        ]);
      },
      { variables: { KAL_PULL_TIMEOUT: "1", KAL_TOKEN_TIMEOUT: "30" } },
    ));
});
