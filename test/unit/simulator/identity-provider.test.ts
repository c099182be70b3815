import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator.ts";
import { requestToken, tokenOf } from "./call.ts";

let simulator: Simulator;
const start = new Date("2026-03-11T10:20:30Z");

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 1, now: () => start });
});

afterAll(() => simulator.close());

describe("a token", () => {
  it("comes in Entra's envelope", async () => {
    const answer = await requestToken(simulator);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toContain("no-store");
    expect(await answer.json()).toEqual({
      token_type: "Bearer",
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
    });
  });

  it("carries the claims of a version 1.0 application token", async () => {
    const token = await tokenOf(simulator);
    const { tenant, credentials } = simulator.environment;
    const seconds = start.getTime() / 1000;
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: "JWT", alg: "RS256" });
    expect(decodeJwt(token)).toMatchObject({
      aud: credentials.scope.replace("/.default", ""),
      iss: `https://sts.windows.net/${tenant}/`,
      appid: credentials.clientId,
      tid: tenant,
      ver: "1.0",
      nbf: seconds - 300,
      exp: seconds + 3599,
    });
    expect(credentials.scope).toMatch(/^api:\/\/[\w.]+\/[0-9a-f-]{36}\/\.default$/);
  });

  it("is given whatever the letter case of tenant, client id and path", async () => {
    const { tenant, credentials } = simulator.environment;
    const answer = await requestToken(
      simulator,
      { client_id: credentials.clientId.toUpperCase() },
      { tenant: tenant.toUpperCase() },
    );
    expect(answer.status).toBe(200);
  });
});

/** Changes to a valid request, with Entra's answer to each. */
const refusals: {
  what: string;
  change?: Record<string, string | undefined>;
  tenant?: string;
  headers?: Record<string, string>;
  client?: "expired";
  status: number;
  error: string;
  code: number;
}[] = [
  {
    what: "a wrong secret",
    change: { client_secret: "guess" },
    status: 401,
    error: "invalid_client",
    code: 7000215,
  },
  { what: "an expired secret", client: "expired", status: 401, error: "invalid_client", code: 7000222 },
  {
    what: "no secret",
    change: { client_secret: undefined },
    status: 401,
    error: "invalid_client",
    code: 7000216,
  },
  {
    what: "an unknown client",
    change: { client_id: "00000000-0000-4000-8000-000000000000" },
    status: 400,
    error: "unauthorized_client",
    code: 700016,
  },
  {
    what: "no client",
    change: { client_id: undefined },
    status: 400,
    error: "invalid_request",
    code: 900144,
  },
  {
    what: "an unknown tenant",
    tenant: "00000000-0000-4000-8000-000000000000",
    status: 400,
    error: "invalid_request",
    code: 90002,
  },
  { what: "a malformed tenant", tenant: "no%20tenant", status: 400, error: "invalid_request", code: 900023 },
  {
    what: "two scopes",
    change: { scope: "api://a/.default api://b/.default" },
    status: 400,
    error: "invalid_scope",
    code: 70011,
  },
  {
    what: "a scope without /.default",
    change: { scope: "api://data.example/x" },
    status: 400,
    error: "invalid_scope",
    code: 1002012,
  },
  {
    what: "an unknown resource",
    change: { scope: "api://elsewhere.example/00000000-0000-4000-8000-000000000000/.default" },
    status: 400,
    error: "invalid_resource",
    code: 500011,
  },
  { what: "no scope", change: { scope: undefined }, status: 400, error: "invalid_request", code: 90014 },
  {
    what: "no grant type",
    change: { grant_type: undefined },
    status: 400,
    error: "invalid_request",
    code: 900144,
  },
  {
    what: "another grant type",
    change: { grant_type: "password" },
    status: 400,
    error: "unsupported_grant_type",
    code: 70003,
  },
  {
    what: "an Origin header",
    headers: { origin: "https://localhost:3000" },
    status: 400,
    error: "invalid_request",
    code: 9002326,
  },
];

describe("refuses", () => {
  it.each(refusals)(
    "$what with $code",
    async ({ change = {}, tenant, headers, client, status, error, code }) => {
      const answer = await requestToken(simulator, change, {
        ...(tenant === undefined ? {} : { tenant }),
        ...(headers === undefined ? {} : { headers }),
        ...(client === undefined ? {} : { credentials: simulator.credentials[client] }),
      });
      expect(answer.status).toBe(status);
      const body = (await answer.json()) as Record<string, string>;
      expect(body).toEqual({
        error,
        error_description: expect.stringMatching(
          /^AADSTS\d+: .+\r\nTrace ID: [0-9a-f-]{36}\r\nCorrelation ID: [0-9a-f-]{36}\r\nTimestamp: 2026-03-11 10:20:30Z$/,
        ) as string,
        error_codes: [code],
        timestamp: "2026-03-11 10:20:30Z",
        trace_id: expect.any(String) as string,
        correlation_id: expect.any(String) as string,
        error_uri: `${simulator.origin}/error?code=${String(code)}`,
      });
      expect(body["error_description"]).toContain(`AADSTS${String(code)}:`);
    },
  );

  it("a body that is no form, like an empty form", async () => {
    const answer = await fetch(`${simulator.origin}/${simulator.environment.tenant}/oauth2/v2.0/token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ grant_type: "client_credentials" }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error_codes: [900144] });
  });

  it("with the caller's correlation id where one was sent", async () => {
    const id = "6f2c1d0e-8b7a-4c59-9e31-d0a4b5c6e7f8";
    const answer = await requestToken(
      simulator,
      { client_secret: "guess" },
      { headers: { "client-request-id": id } },
    );
    expect(await answer.json()).toMatchObject({ correlation_id: id });
  });

  it("without ever repeating the secret", async () => {
    const answer = await requestToken(simulator, { client_secret: "canary-7319" });
    expect(await answer.text()).not.toContain("canary-7319");
    expect(JSON.stringify(simulator.requests)).not.toContain("canary-7319");
  });
});
