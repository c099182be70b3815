import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatTicket, newTicket } from "../../src/gateway/sessions/ticket.ts";
import { errorCodes } from "../../src/kalibrate/errors.ts";
import type { ErrorAnswer } from "../../src/kalibrate/gateway-api.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { publicCase } from "../support/public-cases.ts";
import { codeOf, send as sendTo } from "./support/send.ts";

let simulator: Simulator;
let gateway: TestGateway;
let ticket: string;

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 5 });
  gateway = await startTestGateway({
    sampleEnvironment: simulator.environment,
    variables: { KAL_ORIGIN: "https://kal.example.com" },
  });
  ({ ticket } = await gateway.connect({ environment: "sample" }));
});

afterAll(async () => {
  await gateway.close();
  await simulator.close();
});

const send = (path: string, headers: Record<string, string>, more: { method?: string } = {}) =>
  sendTo(path, headers, { port: gateway.port, ...more });
const own = () => ({ host: `localhost:${gateway.port}`, "x-kal-request": "1" });

publicCase("D2", async () => {
  const statusOf = async (path: string, host: string) => (await send(path, { ...own(), host })).status;
  const health = [
    await statusOf("/health/live", "10.1.2.3:4213"),
    await statusOf("/health/live", "kal.example.com:443"),
  ];
  const page = "/api/v1/environments";
  return `health ${health.join(", ")}; the pane under its own name with :443: ${await statusOf(page, "kal.example.com:443")}, under the address: ${await statusOf(page, "10.1.2.3:4213")}`;
});

describe("the host name", () => {
  it.each([
    "localhost:PORT",
    "LOCALHOST:PORT",
    "127.0.0.1:PORT",
    "[::1]:PORT",
    "kal.example.com",
    "kal.example.com:443",
    "KAL.Example.com:443",
  ])("may be %s", async (host) => {
    const headers = { ...own(), host: host.replace("PORT", String(gateway.port)) };
    expect((await send("/api/v1/environments", headers)).status).toBe(200);
  });

  it.each(["10.1.2.3:4213", "evil.example", "[fd00::7]:80", "kal.example.com.", ""])(
    "may be %j for a probe, which learns nothing",
    async (host) => {
      for (const path of ["/health/live", "/health/ready"]) {
        const answer = await send(path, { host });
        expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
      }
    },
  );

  it.each([
    "evil.example",
    "evil.example:PORT",
    "localhost",
    "localhost:1",
    "localhost.evil.example:PORT",
    "127.0.0.1",
    "0.0.0.0:PORT",
    "127.0.0.2:PORT",
    "kal.example.com:PORT",
    "kal.example.com:80",
    "kal.example.com:0443",
    "kal.example.com:",
    "kal.example.com.",
    "kal.example.com.:443",
    "[::1]",
    "[::1]:1",
    "[::2]:PORT",
    "::1",
    "x@localhost:PORT",
    "",
  ])("may not be %j, for no page and no call", async (host) => {
    for (const path of ["/health/", "/taskpane.html", "/api/v1/environments", "/nowhere"]) {
      const answer = await send(path, { ...own(), host: host.replace("PORT", String(gateway.port)) });
      expect(answer.status).toBe(421);
      expect(codeOf(answer)).toBe("KAL_REQUEST_INVALID");
    }
  });

  it("may not be given twice, even if one is our own", async () => {
    const [name, other] = [`localhost:${gateway.port}`, "evil.example"];
    for (const host of [
      [name, other],
      [other, name],
      [name, name],
    ]) {
      const answer = await sendTo(
        "/api/v1/environments",
        { "x-kal-request": "1", Host: host },
        { port: gateway.port },
      );
      expect(answer.status).toBe(421);
    }
  });

  it("may not be missing", async () => {
    const answer = await send("/health/live", {});
    expect(answer.status).toBe(400);
  });
});

describe("the origin", () => {
  const call = (headers: Record<string, string>) => send("/api/v1/environments", { ...own(), ...headers });

  it.each([
    "http://localhost:PORT",
    "http://127.0.0.1:PORT",
    "http://[::1]:PORT",
    "https://kal.example.com",
    "https://kal.example.com:443",
  ])("may be %s", async (origin) => {
    expect((await call({ origin: origin.replace("PORT", String(gateway.port)) })).status).toBe(200);
  });

  it.each([
    "null",
    "https://evil.example",
    "https://localhost:PORT",
    "http://kal.example.com",
    "https://kal.example.com.evil.example",
    "https://kal.example.com:8443",
    "https://kal.example.com:80",
    "http://kal.example.com:443",
    "https://excel.officeapps.live.com",
  ])("may not be %s", async (origin) => {
    const answer = await call({ origin: origin.replace("PORT", String(gateway.port)) });
    expect([answer.status, codeOf(answer)]).toEqual([403, "KAL_REQUEST_INVALID"]);
  });

  it.each(["cross-site", "same-site", "none"])("may not be %s according to the browser", async (site) => {
    expect((await call({ "sec-fetch-site": site })).status).toBe(403);
    expect((await send("/health/live", { ...own(), "sec-fetch-site": site })).status).toBe(200);
  });

  it("may be same-origin according to the browser", async () => {
    expect((await call({ "sec-fetch-site": "same-origin" })).status).toBe(200);
  });

  it("is not allowed by a preflight", async () => {
    const headers = { ...own(), origin: "https://evil.example", "access-control-request-method": "POST" };
    const answer = await send("/api/v1/session", headers, { method: "OPTIONS" });
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});

describe("every call to the API", () => {
  it.each(["", "0", "2", "true"])("carries X-KAL-Request: 1, not %j", async (value) => {
    const headers = { ...own(), authorization: `Bearer ${ticket}`, "x-kal-request": value };
    for (const path of ["/api/v1/environments", "/api/v1/status", "/api/v1/nowhere", "/api/"]) {
      expect((await send(path, headers)).status).toBe(403);
    }
  });

  it("is recognised however its path is written", async () => {
    for (const path of ["/%61pi/v1/environments", "/api/v1/%65nvironments"]) {
      expect((await send(path, { host: own().host })).status).toBe(403);
    }
    for (const path of ["/%61pi/v1/connections", "/api/v1/connections?x", "/api/v1/connections#x"]) {
      const answer = await send(path, own());
      expect([answer.status, codeOf(answer)]).toEqual([401, "KAL_NOT_CONNECTED"]);
    }
  });

  it.each([
    ["nothing", undefined, "KAL_NOT_CONNECTED"],
    ["another scheme", "Basic a2FsOmthbA==", "KAL_NOT_CONNECTED"],
    ["no ticket", "Bearer ", "KAL_NOT_CONNECTED"],
    ["something else", "Bearer eyJhbGciOiJub25lIn0.e30.", "KAL_SESSION_ENDED"],
    ["a ticket nobody was given", `Bearer ${formatTicket(newTicket())}`, "KAL_SESSION_ENDED"],
  ])("is refused with 401 for %s", async (_, authorization, code) => {
    const answer = await send("/api/v1/connections", {
      ...own(),
      ...(authorization ? { authorization } : {}),
    });
    expect([answer.status, codeOf(answer)]).toEqual([401, code]);
    expect(answer.headers["www-authenticate"]).toBe("Bearer");
  });

  it("is answered without CORS headers or cookies, and must not be cached", async () => {
    const answer = await send("/api/v1/connections", {
      ...own(),
      authorization: `Bearer ${ticket}`,
      origin: "https://kal.example.com",
    });
    expect(answer.status).toBe(200);
    const names = Object.keys(answer.headers);
    expect(names.filter((name) => name.startsWith("access-control") || name === "set-cookie")).toEqual([]);
    expect(answer.headers).toMatchObject({
      "cache-control": "no-store",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
  });

  it("carries an id of its own", async () => {
    const answers = await Promise.all(
      [1, 2].map(() => send("/api/v1/connections", { ...own(), "x-request-id": "mine" })),
    );
    const ids = answers.map(({ headers }) => headers["x-request-id"]);
    expect(new Set(ids).size).toBe(2);
    for (const { headers, text } of answers) {
      expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
      expect((JSON.parse(text) as ErrorAnswer).error.requestId).toBe(headers["x-request-id"]);
    }
  });

  it("to a route that does not exist is answered in JSON", async () => {
    for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH"]) {
      const answer = await send("/api/v1/nowhere", own(), { method });
      expect([answer.status, codeOf(answer)]).toEqual([404, "KAL_REQUEST_INVALID"]);
    }
  });
});

it("every error answer has a code of the catalogue", async () => {
  for (const path of [
    "/api/v1/nowhere",
    "/api/v1/status",
    "/api/v1/status?connection=a&connection=b",
    "/%ff",
  ]) {
    expect(errorCodes).toContain(codeOf(await send(path, own())));
  }
});

describe("health", () => {
  it.each(["/health/live", "/health/ready"])("%s needs no ticket and reveals nothing", async (path) => {
    const answer = await send(path, { host: own().host });
    expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
  });
});

it("if a trusted proxy says neither http nor https, the connection's own scheme counts", async () => {
  const behind = await startTestGateway({ variables: { KAL_TRUSTED_PROXY: "127.0.0.1,::1" } });
  try {
    for (const protocol of ["a b", "javascript", "HTTP", "[", "http"]) {
      const headers = {
        host: `localhost:${behind.port}`,
        "x-kal-request": "1",
        "x-forwarded-proto": protocol,
      };
      expect((await sendTo("/api/v1/environments", headers, { port: behind.port })).status).toBe(200);
    }
  } finally {
    await behind.close();
  }
});
