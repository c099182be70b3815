/**
 * The five settings of the vendor's own Excel template (base URL, scope, tenant, client id, secret) and nothing else,
 * against an API that shares no code with our simulator, over real https with certificates that are checked.
 */
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { Agent, buildConnector } from "undici";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ConnectAnswer, QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { type Certificates, makeCertificates } from "./support/certificates.ts";
import { errorOf, startTestGateway, type TestGateway } from "./support/gateway.ts";

const apiHost = "data.example.thekalibratecloud.com";
const loginHost = "login.microsoftonline.com";

const settings = {
  apiBaseUrl: `https://${apiHost}/api/`,
  scope: `api://${apiHost}/2f9d6b1c-7777-4888-9999-aaaabbbbcccc/.default`,
  tenant: "c1a2b3d4-1234-4abc-8def-0123456789ab",
  clientId: "e5f60718-2345-4bcd-9ef0-123456789abc",
  clientSecret: "q~W8e_R7t.Y6u-I5o",
};

/** The customer's side of the world, as small as it can be: who asks is told apart by host name. */
function createWorld(certificates: Certificates): https.Server {
  const issued = new Set<string>();
  return https.createServer({ cert: certificates.cert, key: certificates.key }, (request, response) => {
    const url = new URL(request.url ?? "/", `https://${request.headers.host}`);
    const say = (status: number, body: unknown) => {
      response
        .writeHead(status, { "Content-Type": "application/json; charset=utf-8" })
        .end(JSON.stringify(body));
    };
    if (url.host === loginHost) {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        const right =
          request.method === "POST" &&
          request.headers.origin === undefined &&
          url.pathname === `/${settings.tenant}/oauth2/v2.0/token` &&
          form.get("grant_type") === "client_credentials" &&
          form.get("client_id") === settings.clientId &&
          form.get("client_secret") === settings.clientSecret &&
          form.get("scope") === settings.scope;
        if (!right) return say(401, { error: "invalid_client", error_codes: [7000215] });
        const token = randomBytes(60).toString("base64url");
        issued.add(token);
        say(200, { token_type: "Bearer", expires_in: "3599", ext_expires_in: "3599", access_token: token });
      });
      return;
    }
    const [, token = ""] = /^Bearer (.+)$/.exec(request.headers.authorization ?? "") ?? [];
    if (url.host !== apiHost || !issued.has(token)) return say(401, "Unauthorized");
    if (!request.headers["user-agent"] || /python|node|undici|curl/i.test(request.headers["user-agent"])) {
      return say(403, "Script");
    }
    if (url.pathname === "/api/status") {
      return say(200, {
        version: "1.0",
        token,
        tenantId: "2f9d6b1c-7777-4888-9999-aaaabbbbcccc",
        clientId: settings.clientId,
        audience: settings.scope.replace("/.default", ""),
        issuer: `https://sts.windows.net/${settings.tenant}/`,
        expirationTime: "2026-05-01T14:00:00+01:00",
      });
    }
    if (url.pathname === "/api/price" && url.search.startsWith("?query=(entityVariant=Own)+")) {
      const offset = Number(/\(offset=(\d+)\)/.exec(url.search)?.[1] ?? 0);
      const documents = [1.459, 1.519].map((price, index) => ({
        id: { entityId: createHash("md5").update(String(index)).digest("hex"), entityVariant: "Own" },
        data: { price, effectiveTime: "2026-05-01T06:00:00" },
      }));
      return say(200, documents.slice(offset));
    }
    say(404, "");
  });
}

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
    // Every name leads to the test's own server; the certificate is checked against the name all the same.
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
    expect(answer.body.rows).toEqual([[1.459], [1.519]]);
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

  it("go to no other host where msal-node is told a region by its own variable", async () => {
    vi.stubEnv("MSAL_FORCE_REGION", "westeurope");
    try {
      expect((await connect()).status).toBe(200);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("go to nobody whose certificate is for another name", async () => {
    const answer = await connect({ apiBaseUrl: "https://other.thekalibratecloud.com/api" });
    expect([answer.status, errorOf(answer).code]).toEqual([502, "KAL_UPSTREAM_DOWN"]);
    expect(errorOf(answer).message).toContain("other.thekalibratecloud.com");
  });
});
