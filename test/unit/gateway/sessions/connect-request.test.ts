import { describe, expect, it } from "vitest";
import { createEnvironments } from "../../../../src/gateway/environments.ts";
import { connectionFor } from "../../../../src/gateway/sessions/connection-for.ts";
import { readConnectRequest } from "../../../../src/gateway/sessions/connect-request.ts";
import { builtInEnvironments } from "../../../../src/kalibrate/environments.ts";
import type { KalError } from "../../../../src/kalibrate/errors.ts";
import type { ConnectRequest } from "../../../../src/kalibrate/gateway-api.ts";
import { connectionWith } from "../support.ts";

const environments = createEnvironments({
  environments: [
    {
      id: "sample",
      label: "Sample data",
      apiBaseUrl: "http://127.0.0.1:4100/api",
      authority: "http://127.0.0.1:4100",
      tenant: "0b8f3c1e-5d27-4a6f-9b13-2c4d5e6f7a80",
      credentials: { clientId: "sample", clientSecret: "no-secret", scope: "api://sample/.default" },
    },
    {
      id: "eu",
      label: "Europe",
      apiBaseUrl: "https://eu.example.com/api",
      authority: "https://login.example.com",
    },
    {
      id: "us",
      label: "America",
      apiBaseUrl: "https://us.example.com/api",
      authority: "https://login.example.com",
      tenant: "us.onmicrosoft.com",
      clientId: "us-client",
      scope: "api://us/.default",
    },
    ...builtInEnvironments,
  ],
  allowedApiHosts: ["*.example.com", "data.example.org"],
  allowLoopback: true,
});
const credentials = { clientId: "a-client", clientSecret: "planted-secret", scope: "api://x/.default" };
const tenant = "example.onmicrosoft.com";

const read = (request: ConnectRequest, typed = true) => readConnectRequest(request, environments, typed);

function errorOf(request: ConnectRequest, typed = true): KalError {
  try {
    read(request, typed);
  } catch (error) {
    return error as KalError;
  }
  throw new Error("accepted");
}

describe("a request to connect", () => {
  it("needs only the environment for sample data", () => {
    expect(read({ environment: "sample" })).toEqual({
      name: "sample",
      label: "Sample data",
      at: { environment: "sample" },
    });
  });

  it("may contain its own credentials for sample data", () => {
    expect(read({ environment: "sample", ...credentials }).credentials).toEqual(credentials);
  });

  it("takes client id and scope from an environment that has them, unless it contains its own", () => {
    const { clientSecret } = credentials;
    expect(read({ environment: "us", clientSecret }).credentials).toEqual({
      clientId: "us-client",
      clientSecret,
      scope: "api://us/.default",
    });
    expect(read({ environment: "us", ...credentials }).credentials).toEqual(credentials);
    expect(errorOf({ environment: "us" }).message).toBe("Missing: clientSecret.");
  });

  it("leaves the tenant to an environment that fixes it", () => {
    expect(read({ environment: "sandpit", ...credentials })).toEqual({
      name: "sandpit",
      label: "Sandpit (test)",
      at: { environment: "sandpit" },
      credentials,
    });
  });

  it("is trimmed, because pasted values contain spaces", () => {
    const pasted = {
      environment: " sandpit\n",
      clientId: "\ta-client ",
      clientSecret: " planted-secret\r\n",
      scope: " api://x/.default ",
      tenant: "  ",
      label: " prod ",
    };
    expect(read(pasted)).toMatchObject({ name: "prod", credentials, at: { environment: "sandpit" } });
    expect(read(pasted)).not.toHaveProperty("tenant");
  });

  it.each([
    ["https://data.example.org/api", "data.example.org"],
    ["https://eu2.data.example.com", "eu2.data.example.com"],
    ["http://127.0.0.1:4200/api", "127.0.0.1"],
    ["http://[::1]:4200/api", "localhost"],
    ["http://localhost:4200", "localhost"],
  ])("takes the name from a base URL's host: %s is %s", (apiBaseUrl, name) => {
    expect(read({ apiBaseUrl, tenant, ...credentials }).name).toBe(name);
  });

  it("keeps a typed base URL, and resolves a configured one to its environment", () => {
    expect(read({ apiBaseUrl: "https://data.example.org", tenant, ...credentials }).at).toEqual({
      apiBaseUrl: "https://data.example.org/api",
    });
    expect(read({ apiBaseUrl: "https://eu.example.com/api/", tenant, ...credentials }).at).toEqual({
      environment: "eu",
    });
  });

  it.each<[string, ConnectRequest, string, RegExp]>([
    [
      "neither environment nor base URL",
      { ...credentials, tenant },
      "KAL_REQUEST_INVALID",
      /either environment or/,
    ],
    [
      "both",
      { environment: "eu", apiBaseUrl: "https://eu.example.com", ...credentials },
      "KAL_REQUEST_INVALID",
      /not both/,
    ],
    [
      "an unknown environment",
      { environment: "prod", ...credentials },
      "KAL_REQUEST_INVALID",
      /sample, eu, us, sandpit/,
    ],
    ["no credentials", { environment: "sandpit" }, "KAL_REQUEST_INVALID", /clientId, clientSecret, scope/],
    [
      "a blank secret",
      { environment: "sandpit", ...credentials, clientSecret: " " },
      "KAL_REQUEST_INVALID",
      /: clientSecret\./,
    ],
    [
      "half of the credentials for sample data",
      { environment: "sample", clientId: "x" },
      "KAL_REQUEST_INVALID",
      /scope/,
    ],
    [
      "no tenant where none is fixed",
      { environment: "eu", ...credentials },
      "KAL_REQUEST_INVALID",
      /Missing: tenant/,
    ],
    [
      "tenant common",
      { environment: "eu", ...credentials, tenant: "common" },
      "KAL_TENANT_UNKNOWN",
      /tenant/,
    ],
    [
      "a tenant that climbs",
      { environment: "eu", ...credentials, tenant: "../x" },
      "KAL_TENANT_UNKNOWN",
      /tenant/,
    ],
    ["a label with a colon", { environment: "sample", label: "a:b" }, "KAL_REQUEST_INVALID", /label/],
    ["a label with a space", { environment: "sample", label: "a b" }, "KAL_REQUEST_INVALID", /label/],
    ["a long label", { environment: "sample", label: "x".repeat(41) }, "KAL_REQUEST_INVALID", /label/],
    [
      "a foreign host",
      { apiBaseUrl: "https://example.net", tenant, ...credentials },
      "KAL_HOST_REFUSED",
      /example\.net/,
    ],
  ])("is refused with %s", (_, request, code, message) => {
    const error = errorOf(request);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(`${error.message} ${error.hint}`).not.toContain("planted-secret");
  });

  it("may be limited to the organisation's connections", () => {
    expect(errorOf({ environment: "sandpit", ...credentials }, false).code).toBe("KAL_FORBIDDEN");
    expect(read({ environment: "sample" }, false).name).toBe("sample");
  });
});

describe("connectionFor", () => {
  const connection = connectionWith();
  const session = { id: "i", ticket: "t", connection, expiresAt: 0 };

  it.each([undefined, "test", "TEST"])("returns the session's connection for %j", (name) => {
    expect(connectionFor(session, name)).toBe(connection);
  });

  it.each([
    ["no name", ""],
    ["another", "production"],
    ["a part of it", "tes"],
    ["a long text", "x".repeat(5000)],
  ])("never uses it instead of %s", (_, name) => {
    let error: KalError | undefined;
    try {
      connectionFor(session, name);
    } catch (thrown) {
      error = thrown as KalError;
    }
    expect(error?.code).toBe("KAL_CONNECTION_UNKNOWN");
    expect(error?.message).toContain(`“${name.slice(0, 60)}`);
    expect(error!.message.length).toBeLessThan(200);
  });
});
