import { request } from "undici";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { type TestGateway, startTestGateway } from "./support/gateway.ts";
import { connectBody, planted } from "./support/own-environment.ts";
import { sendJson } from "./support/upstream.ts";
import { startVendor, type Vendor } from "./support/vendor.ts";

let vendor: Vendor;

beforeEach(async () => {
  vendor = await startVendor();
});

afterEach(() => vendor.close());

const variables = { KAL_METRICS_PORT: "0" };

async function scrape({ metricsPort }: TestGateway, path = "/metrics") {
  const answer = await request(`http://127.0.0.1:${metricsPort}${path}`);
  return { status: answer.statusCode, type: answer.headers["content-type"], text: await answer.body.text() };
}

/** The value of the metric's line with all of these labels. */
function valueOf(text: string, name: string, labels: Record<string, string>): number | undefined {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = text
    .split("\n")
    .find((text) => text.startsWith(`${name}{`) && wanted.every((label) => text.includes(label)));
  return line === undefined ? undefined : Number(line.split(" ").at(-1));
}

it("count requests, upstream calls, token requests and breakers, without labels that name a client", () =>
  vendor.run(
    async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      const query = () => gateway.call("POST", "/api/v1/query", { ticket, body: { collection: "price" } });
      vendor.answerData = (_, response) => sendJson(response, 200, []);
      await query();
      await gateway.call("GET", "/api/v1/secret-looking-path?ticket=x", { ticket });
      vendor.answerData = (_, response) => response.writeHead(500).end();
      for (let call = 0; call < 21; call++) await query();

      const { status, type, text } = await scrape(gateway);
      expect(status).toBe(200);
      expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
      const route = { method: "POST", route: "/api/v1/query" };
      expect(valueOf(text, "kal_request_seconds_count", { ...route, status: "200" })).toBe(1);
      expect(
        valueOf(text, "kal_request_seconds_count", { ...route, status: "502", code: "KAL_UPSTREAM_DOWN" }),
      ).toBe(21);
      const answered = { environment: "own", outcome: "ok" };
      expect(valueOf(text, "kal_upstream_seconds_count", answered)).toBeGreaterThanOrEqual(2);
      const down = { environment: "own", outcome: "KAL_UPSTREAM_DOWN" };
      expect(valueOf(text, "kal_upstream_seconds_count", down)).toBeGreaterThan(20);
      expect(valueOf(text, "kal_token_request_seconds_count", { environment: "own", outcome: "ok" })).toBe(1);
      expect(valueOf(text, "kal_breakers_open", { environment: "own" })).toBe(1);
      expect(text).toContain("nodejs_eventloop_lag_p99_seconds");
      for (const secret of [...Object.values(planted), ticket, "secret-looking-path", "token-1"])
        expect(text).not.toContain(secret);
    },
    { variables, pause: async () => undefined },
  ));

it("count answers by their source", async () => {
  const simulator = await startSimulator({ ownSites: 2 });
  const gateway = await startTestGateway({ sampleEnvironment: simulator.environment, variables });
  try {
    const { ticket } = await gateway.connect({ environment: "sample" });
    const body = { collection: "site", query: "(entityVariant=Own)", fields: ["brand.name"] };
    for (let call = 0; call < 3; call++) await gateway.call("POST", "/api/v1/query", { ticket, body });
    const { text } = await scrape(gateway);
    const answers = (kind: string, origin: string) =>
      valueOf(text, "kal_shared_answers_total", { kind, origin }) ?? 0;
    expect(answers("query", "pull")).toBe(3);
    expect(answers("references", "pull")).toBeGreaterThan(0);
    expect(answers("references", "memory")).toBe(2 * answers("references", "pull"));
  } finally {
    await gateway.close();
    await simulator.close();
  }
});

it("are only on their own port", () =>
  vendor.run(
    async (gateway) => {
      expect((await gateway.call("GET", "/metrics")).status).toBe(404);
      expect((await scrape(gateway, "/")).status).toBe(404);
      expect((await scrape(gateway, "/metrics?x")).status).toBe(404);
      expect(
        (await request(`http://127.0.0.1:${gateway.metricsPort}/metrics`, { method: "POST" })).statusCode,
      ).toBe(404);
    },
    { variables },
  ));

it("are off if no port is set", () =>
  vendor.run(async (gateway) => {
    expect(gateway.metricsPort).toBeUndefined();
  }));

it("report their own settings when they cannot listen, and leave nothing running", async () => {
  const first = await startTestGateway({ variables });
  try {
    const taken = { KAL_METRICS_PORT: String(first.metricsPort) };
    await expect(startTestGateway({ variables: taken })).rejects.toThrow("KAL_METRICS_PORT");
    // Reserved for documentation (RFC 5737), so no computer has this address.
    const notHere = { ...variables, KAL_METRICS_BIND: "192.0.2.1" };
    await expect(startTestGateway({ variables: notHere })).rejects.toThrow("KAL_METRICS_BIND");
  } finally {
    await first.close();
  }
});
