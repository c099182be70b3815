/**
 * The five settings of the vendor's own Excel template (base URL, scope, tenant, client id, secret) and nothing else,
 * with an API that shares no code with our simulator, over real https with verified certificates.
 */
import { once } from "node:events";
import type https from "node:https";
import type { AddressInfo } from "node:net";
import { Agent, buildConnector } from "undici";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ConnectAnswer, QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { makeCertificates } from "./support/certificates.ts";
import { errorOf, startTestGateway, type TestGateway } from "./support/gateway.ts";
import { apiHost, createWorld, loginHost, settings } from "./support/world.ts";

let world: https.Server;
let agent: Agent;
let gateway: TestGateway;

beforeAll(async () => {
  const certificates = await makeCertificates([apiHost, loginHost]);
  world = createWorld(certificates);
  world.listen({ host: "127.0.0.1", port: 0 });
  await once(world, "listening");
  const port = String((world.address() as AddressInfo).port);
  const connector = buildConnector({ ca: certificates.ca });
  agent = new Agent({
    // Every name resolves to the test's own server; the certificate is still checked against the name.
    connect: (options, done) =>
      connector({ ...options, hostname: "127.0.0.1", port, servername: options.hostname }, done),
  });
  gateway = await startTestGateway({ dispatcher: agent });
});

afterAll(async () => {
  await gateway.close();
  await agent.close();
  world.closeAllConnections();
  world.close();
});

const connect = (change: object = {}) =>
  gateway.call<ConnectAnswer>("POST", "/api/v1/session", { body: { ...settings, ...change } });

describe("the five settings", () => {
  it("are enough to connect and to read", async () => {
    const { status, body } = await connect();
    expect(status).toBe(200);
    expect(body.connection).toEqual({ name: apiHost, environment: apiHost, label: apiHost });
    expect(body.status).toMatchObject({
      tenant: settings.tenant,
      clientId: settings.clientId,
      customerId: "2f9d6b1c-7777-4888-9999-aaaabbbbcccc",
      version: "1.0",
      expirationTime: "2026-05-01T14:00:00+01:00",
    });

    const { ticket } = body;
    const query = { collection: "price", query: "(entityVariant=Own)", fields: ["price"] };
    const answer = await gateway.call<QueryAnswer>("POST", "/api/v1/query", { ticket, body: query });
    // Created at the same time: in the order of their ids.
    expect(answer.body.rows).toEqual([[1.519], [1.459]]);
  });

  it.each([
    `https://${apiHost}`,
    `https://${apiHost}/`,
    `https://${apiHost}/api`,
    ` HTTPS://${apiHost}/api/\n`,
  ])("may have the base URL as %j", async (apiBaseUrl) => {
    expect((await connect({ apiBaseUrl })).status).toBe(200);
  });

  it("are refused with another secret", async () => {
    const answer = await connect({ clientSecret: "q~W8e_R7t.Y6u-I5p" });
    expect([answer.status, errorOf(answer).code]).toEqual([401, "KAL_SECRET_INVALID"]);
  });

  it("go to no other host when msal-node's own variable names a region", async () => {
    vi.stubEnv("MSAL_FORCE_REGION", "westeurope");
    try {
      expect((await connect()).status).toBe(200);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("are not sent to a server whose certificate is for another name", async () => {
    const answer = await connect({ apiBaseUrl: "https://other.thekalibratecloud.com/api" });
    expect([answer.status, errorOf(answer).code]).toEqual([502, "KAL_UPSTREAM_DOWN"]);
    expect(errorOf(answer).message).toContain("other.thekalibratecloud.com");
  });
});
