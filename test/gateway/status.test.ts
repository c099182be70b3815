import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Status } from "../../src/kalibrate/gateway-api.ts";
import { errorOf, type TestGateway } from "./support/gateway.ts";
import { connectBody, planted, plantedTenant, withOwnEnvironment } from "./support/own-environment.ts";
import {
  isTokenRequest,
  sendJson,
  sendStatus,
  sendToken,
  startUpstream,
  type Upstream,
} from "./support/upstream.ts";

/** Not a JWT, so it can be removed only by comparing it with the known token. */
const opaqueToken = "opaque0token0of0the0identity0provider";
let upstream: Upstream;
let status: { readonly code: number; readonly body: unknown };

beforeEach(async () => {
  status = { code: 200, body: {} };
  upstream = await startUpstream((request, response) => {
    if (isTokenRequest(request)) sendToken(response, opaqueToken);
    else if (status.code === 0) sendStatus(response, opaqueToken);
    else sendJson(response, status.code, status.body);
  });
});

afterEach(() => upstream.close());

const run = (use: (gateway: TestGateway) => Promise<void>) =>
  withOwnEnvironment({ authority: upstream.origin, api: upstream.origin }, use);
const connect = (gateway: TestGateway) =>
  gateway.call<{ status: Status }>("POST", "/api/v1/session", { body: connectBody });

describe("the status", () => {
  it("has selected fields of the Data API's", () =>
    run(async (gateway) => {
      status = { code: 0, body: undefined };
      const { ticket } = await gateway.connect(connectBody);
      const { body } = await gateway.call<Status>("GET", "/api/v1/status", { ticket });
      expect(body).toEqual({
        connection: "own",
        environment: "own",
        state: "connected",
        tenant: plantedTenant,
        clientId: planted.clientId,
        customerId: "9c3f7a10-1111-4222-8333-444455556666",
        audience: "api://data.example.com/1",
        issuer: "https://sts.windows.net/0b8f3c1e-5d27-4a6f-9b13-2c4d5e6f7a80/",
        version: "1.0",
        expirationTime: "2026-05-01T13:00:00+00:00",
        latency: expect.any(Number) as number,
        gatewayVersion: expect.any(String) as string,
      });
    }));

  it("contains no token, whatever field one is in", () =>
    run(async (gateway) => {
      const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
      status = {
        code: 200,
        body: {
          token: opaqueToken,
          bearer: opaqueToken,
          audience: `aud ${opaqueToken}`,
          issuer: `iss ${jwt}`,
          version: { token: opaqueToken },
          clientId: `${planted.clientSecret}!`,
          tenantId: ["x", jwt],
          expirationTime: null,
        },
      };
      const { text, body } = await connect(gateway);
      expect(text).not.toMatch(/opaque|eyJ|planted/);
      expect(body.status).toMatchObject({ audience: "aud …", issuer: "iss …", version: "", customerId: "" });
    }));

  it("does not repeat the API's token field, even if it is another token", () =>
    run(async (gateway) => {
      status = { code: 200, body: { token: "another0token", issuer: "iss another0token" } };
      const { text, body } = await connect(gateway);
      expect(text).not.toContain("another0token");
      expect(body.status.issuer).toBe("iss …");
    }));

  it("is empty if the API says nothing, and truncated if it says too much", () =>
    run(async (gateway) => {
      status = { code: 200, body: { version: 2, issuer: "x".repeat(5000) } };
      const { body } = await connect(gateway);
      expect(body.status).toMatchObject({ version: "2", audience: "", clientId: planted.clientId });
      expect(body.status.issuer).toHaveLength(300);
    }));

  it.each<[string, number, unknown]>([
    ["a list", 200, []],
    ["text", 200, "ok"],
    ["nothing there", 404, { message: "Resource not found." }],
    ["a bad request", 400, { message: "No." }],
  ])("says that there is no Data API if the answer is %s", (_, code, body) =>
    run(async (gateway) => {
      status = { code, body };
      const answer = await connect(gateway);
      expect([answer.status, errorOf(answer).code]).toEqual([502, "KAL_UPSTREAM_INVALID"]);
      expect(errorOf(answer).message).toBe(`There is no Kalibrate Data API at ${upstream.origin}/api.`);
    }),
  );
});
