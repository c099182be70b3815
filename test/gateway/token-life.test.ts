import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorOf } from "./support/gateway.ts";
import { connectBody } from "./support/own-environment.ts";
import { sendJson, sendStatus, sendToken } from "./support/upstream.ts";
import { connect, startVendor, type Vendor } from "./support/vendor.ts";

let vendor: Vendor;

beforeEach(async () => {
  vendor = await startVendor();
});

afterEach(() => vendor.close());

describe("a token", () => {
  it("is requested once for fifty calls that need one", () => {
    let time = Date.now();
    return vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        time += 3_600_000;
        const held: (() => void)[] = [];
        vendor.answerToken = (_, response) => held.push(() => sendToken(response, "late"));
        const calls = Array.from({ length: 50 }, () => gateway.call("GET", "/api/v1/status", { ticket }));
        await expect.poll(() => held.length).toBe(1);
        held[0]!();
        for (const { status } of await Promise.all(calls)) expect(status).toBe(200);
        expect(vendor.tokenRequests()).toHaveLength(2);
        expect(
          new Set(
            vendor
              .dataRequests()
              .slice(1)
              .map(({ headers }) => headers.authorization),
          ),
        ).toEqual(new Set(["Bearer late"]));
      },
      { now: () => time },
    );
  });

  it.each([
    ["a number", 3599],
    ["text", "3599"],
  ])("may have a lifetime that is %s", (_, lifetime) => {
    let time = Date.now();
    return vendor.run(
      async (gateway) => {
        vendor.answerToken = (_request, response) => sendToken(response, `again`, lifetime);
        const { ticket } = await gateway.connect(connectBody);
        time += 2_000_000;
        await gateway.call("GET", "/api/v1/status", { ticket });
        expect(vendor.tokenRequests()).toHaveLength(1);
      },
      { now: () => time },
    );
  });

  it("is renewed in the background after 80 % of its lifetime", () => {
    let time = Date.now();
    return vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        time += 0.81 * 3_599_000;
        vendor.answerToken = (_, response) => sendJson(response, 500, {});
        expect((await gateway.call("GET", "/api/v1/status", { ticket })).status).toBe(200);
        await expect.poll(() => vendor.tokenRequests().length).toBe(2);
        expect((await gateway.call("GET", "/api/v1/status", { ticket })).status).toBe(200);
        expect(vendor.tokenRequests()).toHaveLength(2);

        time += 60_000;
        vendor.answerToken = (_, response) => sendToken(response, "renewed");
        await gateway.call("GET", "/api/v1/status", { ticket });
        await expect
          .poll(async () => {
            await gateway.call("GET", "/api/v1/status", { ticket });
            return vendor.dataRequests().at(-1)?.headers.authorization;
          })
          .toBe("Bearer renewed");
        expect(vendor.tokenRequests()).toHaveLength(3);
      },
      { now: () => time },
    );
  });

  it("refused early by the Data API is replaced once for all refused calls", () =>
    vendor.run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      vendor.answerData = ({ headers }, response) => {
        if (headers.authorization === "Bearer token-1")
          sendJson(response, 401, { message: "Access denied." });
        else sendStatus(response, "echoed");
      };
      const calls = Array.from({ length: 20 }, () => gateway.call("GET", "/api/v1/status", { ticket }));
      for (const { status } of await Promise.all(calls)) expect(status).toBe(200);
      expect(vendor.tokenRequests()).toHaveLength(2);
    }));

  it("refused twice by the Data API ends the call with an error", () =>
    vendor.run(async (gateway) => {
      vendor.answerData = (_, response) => sendJson(response, 401, { message: "Access denied." });
      const answer = await connect(gateway);
      expect([answer.status, errorOf(answer).code]).toEqual([403, "KAL_FORBIDDEN"]);
      expect(errorOf(answer).message).toMatch(/refuses these credentials/);
      expect(vendor.dataRequests()).toHaveLength(2);
      expect(vendor.tokenRequests()).toHaveLength(2);
    }));

  it("refused again and again is replaced only once, however many cells call", () =>
    vendor.run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      vendor.answerData = (_, response) => sendJson(response, 401, { message: "Access denied." });
      for (let cell = 0; cell < 20; cell++) {
        const answer = await gateway.call("GET", "/api/v1/status", { ticket });
        expect([answer.status, errorOf(answer).code]).toEqual([403, "KAL_FORBIDDEN"]);
      }
      expect(vendor.tokenRequests()).toHaveLength(2);
    }));

  it("that is no longer issued is requested once, however many cells call", () => {
    let time = Date.now();
    return vendor.run(
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        time += 3_600_000;
        vendor.answerToken = (_, response) =>
          sendJson(response, 401, { error: "invalid_client", error_codes: [7000222] });
        for (let cell = 0; cell < 20; cell++) {
          const answer = await gateway.call("GET", "/api/v1/status", { ticket });
          expect([answer.status, errorOf(answer).code]).toEqual([401, "KAL_SECRET_EXPIRED"]);
        }
        expect(vendor.tokenRequests()).toHaveLength(2);
      },
      { now: () => time },
    );
  });
});
