/** What one caller's stalled, aborted or endless requests cost other callers (R16). */
import { setMaxListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type Answered, errorOf, type TestGateway } from "./support/gateway.ts";
import { connectBody } from "./support/own-environment.ts";
import { sendJson, sendStatus } from "./support/upstream.ts";
import { startVendor, type Vendor } from "./support/vendor.ts";

/** Long, because only the outcome matters and a busy machine may be slow. */
const patient = { timeout: 30_000 };

let vendor: Vendor;

beforeEach(async () => {
  vendor = await startVendor();
});

afterEach(() => vendor.close());

/** Answers the status and holds all other requests for the test. @returns the responses that are still open. */
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

describe("callers who wait", () => {
  it("hold only a connection: their bodies are read when it is their turn", () =>
    vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const held = hold();
        const working = lookup(gateway, ticket, "(price>1)");
        await expect.poll(() => held.size, patient).toBe(1);
        // Not JSON: parsing it fails.
        const waiting = gateway.call("POST", "/api/v1/lookup", { ticket, body: "{".repeat(900_000) });
        let answered = false;
        void waiting.then(() => (answered = true));
        expect((await gateway.call("GET", "/health/live")).status).toBe(200);
        expect(answered).toBe(false);
        vendor.answerData = (_, response) => sendJson(response, 200, []);
        for (const response of held) sendJson(response, 200, []);
        expect((await working).status).toBe(200);
        expect((await waiting).status).toBe(400);
      },
      { variables: { KAL_CONCURRENCY: "1" } },
    ));

  it("are refused if there are too many, with the time to try again", () =>
    vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const held = hold();
        const leaving = new AbortController();
        // All callers share one abort signal.
        setMaxListeners(0, leaving.signal);
        const calls = Array.from({ length: 2002 }, (_, at) =>
          lookup(gateway, ticket, `(price>${at})`, leaving.signal),
        );
        // A computer may not accept so many connections at once, so some may be cut before they are served.
        const refused = await Promise.any(calls);
        expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "10"]);
        expect(errorOf(refused).code).toBe("KAL_THROTTLED");
        expect(held.size).toBeLessThanOrEqual(1);
        leaving.abort();
        await Promise.allSettled(calls);
      },
      { variables: { KAL_CONCURRENCY: "1" } },
    ));

  it("do not block others with a body that does not arrive", () =>
    vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const timers = vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
        onTestFinished(() => void vi.useRealTimers());
        const socket = connect(gateway.port, "127.0.0.1");
        socket.on("error", () => undefined);
        socket.write(
          `POST /api/v1/lookup HTTP/1.1\r\nhost: localhost:${gateway.port}\r\nx-kal-request: 1\r\n` +
            `authorization: Bearer ${ticket}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`,
        );
        // The timer of its body runs: it has the only slot.
        await expect.poll(() => timers.getTimerCount(), patient).toBeGreaterThan(0);
        let status: number | undefined;
        void gateway.call("GET", "/api/v1/status", { ticket }).then((answer) => (status = answer.status));
        timers.advanceTimersByTime(29_000);
        expect(socket.destroyed).toBe(false);
        await expect
          .poll(() => {
            timers.advanceTimersByTime(1000);
            return status;
          }, patient)
          .toBe(200);
        socket.destroy();
      },
      { variables: { KAL_CONCURRENCY: "1" } },
    ));
});

describe("callers who do not read", () => {
  it("do not block others when they read nothing", () =>
    vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const many = Array.from({ length: 30_000 }, (_, at) => ({
          id: { entityId: `p${at}` },
          data: { price: 1, comment: `${at} `.padEnd(400, "x") },
        }));
        vendor.answerData = ({ path }, response) =>
          sendJson(
            response,
            200,
            path.includes("offset") ? [] : path.includes("limit=1)") ? [many[0]] : many,
          );
        const sockets = Array.from({ length: 2 }, (_, at) => {
          const body = JSON.stringify({ collection: "price", query: `(price>0.${at})`, fields: ["comment"] });
          const socket = connect(gateway.port, "localhost").on("error", () => undefined);
          socket.pause();
          socket.write(
            `POST /api/v1/query HTTP/1.1\r\nhost: localhost:${gateway.port}\r\nx-kal-request: 1\r\n` +
              `authorization: Bearer ${ticket}\r\ncontent-type: application/json\r\n` +
              `content-length: ${body.length}\r\n\r\n${body}`,
          );
          return socket;
        });
        try {
          await expect
            .poll(() => vendor.dataRequests().filter(({ path }) => path.includes("limit=0)")).length, patient)
            .toBe(2);
          const other = await gateway.call("POST", "/api/v1/query", {
            ticket,
            body: { collection: "price", query: "(limit=1)", fields: ["comment"] },
          });
          expect(other).toMatchObject({ status: 200, body: { rowCount: 1 } });
        } finally {
          for (const socket of sockets) socket.destroy();
        }
      },
      { variables: { KAL_CONCURRENCY: "2" } },
    ));
});

describe("callers who leave", () => {
  it("leave no running pull, however many they are", () =>
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
  /** Milliseconds: below every single limit, although the requests of one call take longer in total. */
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

  it.each(Object.entries(operations))("ends a %s whose requests together take too long", (_, operation) =>
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

  it("ends connecting to an identity provider that does not answer", () =>
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
