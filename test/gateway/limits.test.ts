/** Limits that keep one caller from using up resources shared by all. */
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorOf, type TestGateway } from "./support/gateway.ts";
import { connectBody } from "./support/own-environment.ts";
import { sendJson, sendStatus, sendToken } from "./support/upstream.ts";
import { startVendor, type Vendor } from "./support/vendor.ts";

let vendor: Vendor;

beforeEach(async () => {
  vendor = await startVendor();
});

afterEach(() => vendor.close());

const status = (gateway: TestGateway, ticket: string, signal?: AbortSignal) =>
  gateway.call("GET", "/api/v1/status", { ticket, ...(signal ? { signal } : {}) });

describe("requests at once", () => {
  /** Holds the Data API's answers for the test. */
  function hold(): ServerResponse[] {
    const held: ServerResponse[] = [];
    vendor.answerData = (_, response) => void held.push(response);
    return held;
  }

  it("wait in a queue beyond the limit; none is refused", () =>
    vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const held = hold();
        const calls = Array.from({ length: 10 }, () => status(gateway, ticket));
        for (let answered = 0; answered < 10; answered++) {
          await expect.poll(() => held.length).toBeGreaterThan(answered);
          expect(held.length).toBeLessThanOrEqual(answered + 3);
          sendStatus(held[answered]!, "echoed");
        }
        for (const answer of await Promise.all(calls)) expect(answer.status).toBe(200);
      },
      { variables: { KAL_CONCURRENCY: "3" } },
    ));

  it("free their place when their caller disconnects, queued or running", () =>
    vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const held = hold();
        const callers = [new AbortController(), new AbortController(), new AbortController()];
        const calls = callers.map(({ signal }) => status(gateway, ticket, signal));
        await expect.poll(() => held.length).toBe(1);
        for (const caller of callers) caller.abort();
        await Promise.allSettled(calls);
        const last = status(gateway, ticket);
        await expect.poll(() => held.length).toBe(2);
        sendStatus(held[1]!, "echoed");
        expect((await last).status).toBe(200);
        expect(held).toHaveLength(2);
      },
      { variables: { KAL_CONCURRENCY: "1" } },
    ));

  it("do not delay another credential, or disconnecting", () =>
    vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const other = await gateway.connect({ ...connectBody, clientSecret: "another-secret" });
        const held = hold();
        const waiting = [status(gateway, ticket), status(gateway, ticket)];
        await expect.poll(() => held.length).toBe(1);
        const others = status(gateway, other.ticket);
        await expect.poll(() => held.length).toBe(2);
        expect((await gateway.call("GET", "/api/v1/connections", { ticket })).status).toBe(200);
        expect((await gateway.call("DELETE", "/api/v1/session", { ticket })).status).toBe(204);
        for (const response of held) sendStatus(response, "echoed");
        vendor.answerData = (_, response) => sendStatus(response, "echoed");
        for (const answer of await Promise.all([...waiting, others])) expect(answer.status).toBe(200);
      },
      { variables: { KAL_CONCURRENCY: "1" } },
    ));
});

describe("requests in a minute", () => {
  it("are limited per session, and the answer says when to try again", () => {
    let time = Date.now();
    return vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const other = await gateway.connect(connectBody);
        const answers = [];
        for (let call = 0; call < 11; call++)
          answers.push(await gateway.call("GET", "/api/v1/connections", { ticket }));
        const last = answers.pop()!;
        for (const answer of answers) expect(answer.status).toBe(200);
        expect([last.status, last.headers["retry-after"]]).toEqual([429, "6"]);
        expect(errorOf(last)).toMatchObject({ code: "KAL_THROTTLED", retryable: true, retryAfter: 6 });
        expect((await gateway.call("GET", "/api/v1/connections", other)).status).toBe(200);
        time += 6100;
        expect((await gateway.call("GET", "/api/v1/connections", { ticket })).status).toBe(200);
      },
      { variables: { KAL_SESSION_RATE: "10" }, now: () => time },
    );
  });

  it("are limited for all sessions of one credential", () => {
    const time = Date.now();
    return vendor.run(
      async (gateway) => {
        const statuses = [];
        for (let session = 0; session < 11; session++) {
          const { ticket } = await gateway.connect(connectBody);
          statuses.push((await gateway.call("GET", "/api/v1/connections", { ticket })).status);
        }
        expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
        const { ticket } = await gateway.connect({ ...connectBody, clientSecret: "another-secret" });
        expect((await gateway.call("GET", "/api/v1/connections", { ticket })).status).toBe(200);
      },
      { variables: { KAL_CONNECTION_RATE: "10" }, now: () => time },
    );
  });
});

describe("failed attempts to connect", () => {
  const wrong = (index: number) => ({ ...connectBody, clientSecret: `guess-${index}` });
  const connect = (gateway: TestGateway, body: object, headers: Record<string, string> = {}) =>
    gateway.call("POST", "/api/v1/session", { body, headers });

  beforeEach(() => {
    vendor.answerToken = ({ body }, response) => {
      const secret = new URLSearchParams(body).get("client_secret");
      if (secret?.startsWith("guess"))
        sendJson(response, 401, { error: "invalid_client", error_codes: [7000215] });
      else sendToken(response, "good");
    };
  });

  it("are slowed down after thirty from one address, but never lock out a correct credential, even after a restart", async () => {
    const pauses: number[] = [];
    const pause = async (milliseconds: number) => void pauses.push(milliseconds);
    for (let start = 0; start < 2; start++) {
      pauses.length = 0;
      await vendor.run(
        async (gateway) => {
          for (let guess = 0; guess < 30; guess++) {
            expect(errorOf(await connect(gateway, wrong(guess))).code).toBe("KAL_SECRET_INVALID");
          }
          expect(pauses).toEqual([]);
          const connected = await connect(gateway, connectBody);
          expect(connected.status).toBe(200);
          expect(pauses).toEqual([1000]);
          const { ticket } = connected.body as { ticket: string };
          const replaced = await gateway.call("PUT", "/api/v1/session/secret", {
            ticket,
            body: { clientSecret: "guess-31" },
          });
          expect(errorOf(replaced).code).toBe("KAL_SECRET_INVALID");
          expect(pauses).toEqual([1000, 1000]);
          // A credential that has already worked is not delayed.
          expect((await connect(gateway, connectBody)).status).toBe(200);
          expect(pauses).toHaveLength(2);
        },
        { pause },
      );
    }
  });

  it("with one credential are refused after ten", () =>
    vendor.run(async (gateway) => {
      const codes = [];
      for (let attempt = 0; attempt < 11; attempt++) {
        codes.push(errorOf(await connect(gateway, wrong(0))).code);
      }
      expect(codes).toEqual([...Array.from({ length: 10 }, () => "KAL_SECRET_INVALID"), "KAL_THROTTLED"]);
      expect(vendor.tokenRequests()).toHaveLength(10);
      expect((await connect(gateway, connectBody)).status).toBe(200);
    }));

  it.each([
    ["believed from a proxy that is trusted", { KAL_TRUSTED_PROXY: "127.0.0.0/8,::1" }, 0],
    ["not believed from anybody else", {}, 1],
  ])("are counted by X-Forwarded-For, %s", async (_, variables, expected) => {
    let pauses = 0;
    await vendor.run(
      async (gateway) => {
        await connect(gateway, wrong(0), { "x-forwarded-for": "192.0.2.1" });
        await connect(gateway, wrong(1), { "x-forwarded-for": "192.0.2.2" });
      },
      { variables: { KAL_FAILED_CONNECTS: "1", ...variables }, pause: async () => void (pauses += 1) },
    );
    expect(pauses).toBe(expected);
  });
});
