/**
 * The organisation's proxy: token and data both go through it, and whoever it is not for is reached directly.
 */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import type https from "node:https";
import net, { type AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createDispatcher } from "../../src/gateway/dispatcher.ts";
import type { QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { type Certificates, makeCertificates } from "./support/certificates.ts";
import { errorOf, startTestGateway, type TestGateway, withFolder } from "./support/gateway.ts";
import { apiHost, createWorld, loginHost, settings } from "./support/world.ts";

let certificates: Certificates;
let world: https.Server;
let proxy: http.Server;
/** What the proxy was asked for, and how its callers proved themselves. */
let asked: { target: string; authorization: string | undefined }[];

const portOf = (server: net.Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  certificates = await makeCertificates([apiHost, loginHost]);
  world = createWorld(certificates);
  proxy = http.createServer();
  // As a proxy does: a blind tunnel. Every name leads to the test's own world.
  proxy.on("connect", ({ url = "", headers }: IncomingMessage, caller: net.Socket) => {
    asked.push({ target: url, authorization: headers["proxy-authorization"] });
    const tunnel = net.connect({ host: "127.0.0.1", port: portOf(world) }, () => {
      caller.write("HTTP/1.1 200 Connection established\r\n\r\n");
      tunnel.pipe(caller).pipe(tunnel);
    });
    for (const socket of [tunnel, caller])
      socket.on("error", () => [tunnel, caller].map((one) => one.destroy()));
  });
  for (const server of [world, proxy]) {
    server.listen({ host: "127.0.0.1", port: 0 });
    await once(server, "listening");
  }
});

afterAll(() => {
  world.closeAllConnections();
  for (const server of [world, proxy]) server.close();
});

beforeEach(() => {
  asked = [];
});

/** Runs a gateway with the usual variables of proxies. */
async function withProxy(
  variables: Record<string, string>,
  use: (gateway: TestGateway) => Promise<void>,
): Promise<void> {
  const dispatcher = createDispatcher(variables, {
    ca: certificates.ca,
    // No test asks a name server: what goes directly arrives on this computer.
    lookup: (_name, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]),
  });
  await withFolder(async (folder) => {
    const file = path.join(folder, "kal.json");
    writeFileSync(file, JSON.stringify({ allowedApiHosts: [apiHost, `${apiHost}:${portOf(world)}`] }));
    const gateway = await startTestGateway({ dispatcher, variables: { KAL_CONFIG: file } });
    try {
      await use(gateway);
    } finally {
      await gateway.close();
      await dispatcher.destroy();
    }
  });
}

it.each(["HTTPS_PROXY", "https_proxy"])("%s is gone through for tokens and for data", (name) =>
  withProxy({ [name]: `http://127.0.0.1:${portOf(proxy)}` }, async (gateway) => {
    const { ticket } = await gateway.connect(settings);
    const body = { collection: "price", query: "(entityVariant=Own)", fields: ["price"] };
    const answer = await gateway.call<QueryAnswer>("POST", "/api/v1/query", { ticket, body });
    expect(answer.body.rows).toEqual([[1.459], [1.519]]);
    expect(new Set(asked.map(({ target }) => target))).toEqual(
      new Set([`${loginHost}:443`, `${apiHost}:443`]),
    );
  }),
);

it("gets the name and password of its address, and nobody else does", () =>
  withProxy({ HTTPS_PROXY: `http://kal:planted-word@127.0.0.1:${portOf(proxy)}` }, async (gateway) => {
    const seen: string[] = [];
    world.on("request", ({ headers }: IncomingMessage) => seen.push(JSON.stringify(headers)));
    await gateway.connect(settings);
    const basic = Buffer.from("kal:planted-word").toString("base64");
    expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(new Set([`Basic ${basic}`]));
    expect(seen).toHaveLength(2);
    for (const text of [...seen, gateway.log()])
      expect(text).not.toMatch(new RegExp(`planted-word|${basic}`));
  }));

it.each(["NO_PROXY", "no_proxy"])("%s names who is reached directly", (name) => {
  const variables = { HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`, [name]: `inner.example,${apiHost}` };
  return withProxy(variables, async (gateway) => {
    await gateway.connect({ ...settings, apiBaseUrl: `https://${apiHost}:${portOf(world)}` });
    expect(asked.map(({ target }) => target)).toEqual([`${loginHost}:443`]);
  });
});

it("a proxy that is not there is said to be in the way", () =>
  withProxy({ HTTPS_PROXY: "http://127.0.0.1:9" }, async (gateway) => {
    const answer = await gateway.call("POST", "/api/v1/session", { body: settings });
    expect([answer.status, errorOf(answer).code]).toEqual([502, "KAL_UPSTREAM_DOWN"]);
    expect(errorOf(answer).message).toMatch(/^The identity provider .* cannot be reached/);
  }));
