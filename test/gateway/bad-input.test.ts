import { once } from "node:events";
import net from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { errorOf, startTestGateway, type TestGateway } from "./support/gateway.ts";

let simulator: Simulator;
let gateway: TestGateway;

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 5 });
  gateway = await startTestGateway({ sampleEnvironment: simulator.environment });
});

afterAll(async () => {
  await gateway.close();
  await simulator.close();
});

const connect = (body: unknown, headers: Record<string, string> = {}) =>
  gateway.call("POST", "/api/v1/session", { body, headers });
const typed = {
  environment: "sandpit",
  tenant: "example.com",
  clientId: "a-client",
  clientSecret: "planted-secret",
  scope: "api://x/.default",
};
const megabyte = "planted-".repeat(125_000);

describe("a body that cannot be used", () => {
  it.each<[string, unknown, number, RegExp]>([
    ["no JSON", "{not json, planted", 400, /not valid JSON/],
    ["nothing", "", 400, /empty/],
    ["a list", "[]", 400, /The request must be object/],
    ["null", "null", 400, /The request must be object/],
    ["a number in a text's place", { ...typed, clientSecret: 7 }, 400, /clientSecret must be string/],
    ["an object in a text's place", { ...typed, scope: { planted: 1 } }, 400, /scope must be string/],
    ["an unknown field", { ...typed, planted: "planted" }, 400, /a field that is not known/],
    ["a prototype", '{"environment":"sample","__proto__":{"remember":true}}', 400, /./],
    ["a constructor", '{"environment":"sample","constructor":{"prototype":{}}}', 400, /./],
    ["deep nesting", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, 400, /The request must be object/],
    [
      "a megabyte in a field",
      { ...typed, clientSecret: megabyte },
      400,
      /clientSecret must not have more than 16384/,
    ],
    ["a megabyte in another", { ...typed, label: megabyte }, 400, /label must not have more than 200/],
    ["more than a megabyte", { ...typed, clientSecret: megabyte + megabyte }, 413, /too large/],
  ])("is refused by name: %s", async (_, body, status, message) => {
    const answer = await connect(body, { "content-type": "application/json" });
    expect(answer.status).toBe(status);
    expect(errorOf(answer).code).toBe("KAL_REQUEST_INVALID");
    expect(errorOf(answer).message).toMatch(message);
    expect(answer.text).not.toContain("planted");
    expect(answer.text.length).toBeLessThan(500);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml"])(
    "is refused as %s, which pages of other origins could send",
    async (type) => {
      const answer = await connect(JSON.stringify({ environment: "sample" }), { "content-type": type });
      expect([answer.status, errorOf(answer).code]).toEqual([415, "KAL_REQUEST_INVALID"]);
    },
  );

  it("is refused for changing a secret too", async () => {
    const { ticket } = await gateway.connect({ environment: "sample" });
    for (const body of [{}, { clientSecret: megabyte }, { secret: "planted" }]) {
      const answer = await gateway.call("PUT", "/api/v1/session/secret", { ticket, body });
      expect([answer.status, errorOf(answer).code]).toEqual([400, "KAL_REQUEST_INVALID"]);
      expect(answer.text).not.toContain("planted");
    }
  });
});

describe("an address that cannot be used", () => {
  it.each([
    "/%ff",
    "/api/v1/%zz",
    "/%00",
    `/${"x".repeat(10_000)}`,
    "/api/v1/status?connection=a&connection=b",
  ])("is refused: %s", async (path) => {
    const answer = await gateway.call("GET", path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
});

/** Sends raw bytes. */
async function raw(text: string, then: (socket: net.Socket) => void | Promise<void>): Promise<void> {
  const socket = net.connect({ host: "127.0.0.1", port: gateway.port });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(text);
  await then(socket);
  socket.destroy();
}

const head = (length: number) =>
  `POST /api/v1/session HTTP/1.1\r\nHost: localhost:${gateway.port}\r\nX-KAL-Request: 1\r\n` +
  `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

describe("a caller who disconnects", () => {
  it("in the middle of a body causes no error", async () => {
    await raw(`${head(1000)}{"environment":`, (socket) => void socket.end());
    await expect.poll(() => gateway.log()).toMatch(/"route":"\/api\/v1\/session".*the caller went away/);
    expect((await connect({ environment: "sample" })).status).toBe(200);
  });

  it("while the Data API works cancels that work", async () => {
    const { ticket } = await gateway.connect({ environment: "sample" });
    simulator.clearRequests();
    simulator.faults.add({ kind: "slow", delay: 60_000, path: "/api/status" });
    try {
      const controller = new AbortController();
      const call = gateway.call("GET", "/api/v1/status", { ticket, signal: controller.signal });
      await expect.poll(() => simulator.requests.length).toBe(1);
      controller.abort();
      await expect(call).rejects.toThrow();
      await expect.poll(() => simulator.requests[0]?.aborted).toBe(true);
    } finally {
      simulator.faults.clear();
    }
  });

  it("during a POST too", async () => {
    simulator.clearRequests();
    simulator.faults.add({ kind: "slow", delay: 60_000, path: "/api/status" });
    try {
      const body = '{"environment":"sample"}';
      await raw(head(body.length) + body, () =>
        expect.poll(() => simulator.requests.at(-1)?.path).toBe("/api/status"),
      );
      await expect.poll(() => simulator.requests.at(-1)?.aborted).toBe(true);
      expect(gateway.log()).not.toContain("unforeseen error");
    } finally {
      simulator.faults.clear();
    }
  });
});

it("bytes that are not HTTP end the connection, not the service", async () => {
  for (const bytes of ["\0\u0001\u0002", "GET\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n"]) {
    await raw(bytes, async (socket) => {
      socket.resume();
      await once(socket, "close");
    });
  }
  expect((await gateway.call("GET", "/health/live")).status).toBe(200);
  expect(gateway.log()).not.toContain("unforeseen error");
});

it("a body may be as long as the service's setting says", async () => {
  const strict = await startTestGateway({
    sampleEnvironment: simulator.environment,
    variables: { KAL_BODY_LIMIT: "1024" },
  });
  try {
    const ask = async (label: string) =>
      (await strict.call("POST", "/api/v1/session", { body: { environment: "sample", label } })).status;
    expect([await ask("short"), await ask("x".repeat(1024))]).toEqual([200, 413]);
  } finally {
    await strict.close();
  }
});
