/** The organisation's proxy: token and data requests both go through it; exempted hosts are reached directly. */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import type https from "node:https";
import net, { type AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Issue } from "../../src/gateway/configuration/issues.ts";
import { readProxies } from "../../src/gateway/configuration/proxies.ts";
import { createDispatcher } from "../../src/gateway/dispatcher.ts";
import type { QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { type Certificates, makeCertificates } from "./support/certificates.ts";
import { publicCase } from "../support/public-cases.ts";
import { errorOf, startTestGateway, type TestGateway, withFolder } from "./support/gateway.ts";
import { apiHost, createWorld, loginHost, settings } from "./support/world.ts";

let certificates: Certificates;
let world: https.Server;
let proxy: http.Server;
/** The proxy's answer to CONNECT if it refuses; undefined: it opens the tunnel. */
let refusal: ((target: string) => string | undefined) | undefined;
/** The targets requested from the proxy, and the credentials of its callers. */
let asked: { target: string; authorization: string | undefined }[];

const portOf = (server: net.Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  certificates = await makeCertificates([apiHost, loginHost]);
  world = createWorld(certificates);
  proxy = http.createServer();
  // A blind tunnel, as a proxy provides it. Every name leads to the test's own servers.
  proxy.on("connect", ({ url = "", headers }: IncomingMessage, caller: net.Socket) => {
    asked.push({ target: url, authorization: headers["proxy-authorization"] });
    const refused = refusal?.(url);
    if (refused !== undefined) return void caller.end(refused);
    const tunnel = net.connect({ host: "127.0.0.1", port: portOf(world) }, () => {
      caller.write("HTTP/1.1 200 Connection established\r\n\r\n");
      tunnel.pipe(caller).pipe(tunnel);
    });
    for (const socket of [tunnel, caller])
      socket.on("error", () => [tunnel, caller].map((socket) => socket.destroy()));
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
  refusal = undefined;
});

/** Runs a gateway with the usual proxy variables. */
async function withProxy(
  variables: Record<string, string>,
  use: (gateway: TestGateway) => Promise<void>,
): Promise<void> {
  const dispatcher = createDispatcher(variables, {
    ca: certificates.ca,
    // No test uses DNS: direct connections lead to this computer.
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

it.each(["HTTPS_PROXY", "https_proxy"])("%s: token and data requests go through the proxy", (name) =>
  withProxy({ [name]: `http://127.0.0.1:${portOf(proxy)}` }, async (gateway) => {
    const { ticket } = await gateway.connect(settings);
    const body = { collection: "price", query: "(entityVariant=Own)", fields: ["price"] };
    const answer = await gateway.call<QueryAnswer>("POST", "/api/v1/query", { ticket, body });
    // Created at the same time: in the order of their ids.
    expect(answer.body.rows).toEqual([[1.519], [1.459]]);
    expect(new Set(asked.map(({ target }) => target))).toEqual(
      new Set([`${loginHost}:443`, `${apiHost}:443`]),
    );
  }),
);

it("only the proxy gets the name and password of its address", () =>
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

it.each(["NO_PROXY", "no_proxy"])("%s names hosts that are reached directly", (name) => {
  const variables = { HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`, [name]: `inner.example,${apiHost}` };
  return withProxy(variables, async (gateway) => {
    await gateway.connect({ ...settings, apiBaseUrl: `https://${apiHost}:${portOf(world)}` });
    expect(asked.map(({ target }) => target)).toEqual([`${loginHost}:443`]);
  });
});

it.each(["*", "other.example,*", "*.thekalibratecloud.com microsoftonline.com"])(
  "NO_PROXY=%s lets the connection go directly",
  (exceptions) => {
    const variables = { HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`, NO_PROXY: exceptions };
    return withProxy(variables, async (gateway) => {
      const apiBaseUrl = `https://${apiHost}:${portOf(world)}`;
      await gateway.call("POST", "/api/v1/session", { body: { ...settings, apiBaseUrl } });
      expect(asked).toEqual([]);
    });
  },
);

it("an unreachable proxy is reported as the cause", () =>
  withProxy({ HTTPS_PROXY: "http://127.0.0.1:9" }, async (gateway) => {
    const answer = await gateway.call("POST", "/api/v1/session", { body: settings });
    expect([answer.status, errorOf(answer).code]).toEqual([502, "KAL_UPSTREAM_DOWN"]);
    expect(errorOf(answer).message).toBe(
      `The identity provider (${loginHost}) cannot be reached through the proxy 127.0.0.1:9.`,
    );
  }));

/** Connects through the proxy and returns status, code and message of the refusal. */
async function refused(address = `http://127.0.0.1:${portOf(proxy)}`): Promise<string> {
  let shown = "";
  await withProxy({ HTTPS_PROXY: address }, async (gateway) => {
    const answer = await gateway.call("POST", "/api/v1/session", { body: settings });
    const { code, message } = errorOf(answer);
    shown = `${answer.status} ${code}: ${message}`;
    expect(gateway.log()).not.toContain("planted-word");
  });
  return shown.replaceAll(`:${portOf(proxy)}`, "");
}

const signIn =
  "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n";
const blocked =
  "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 19\r\n\r\n<h1>Not allowed</h1>";

publicCase("D4", async () => {
  refusal = () => signIn;
  return refused();
});

it("a proxy that requires a sign-in for the Data API only is reported too", async () => {
  refusal = (target) => (target.startsWith(apiHost) ? signIn : undefined);
  expect(await refused()).toBe(
    "502 KAL_PROXY_REFUSED: The proxy 127.0.0.1 requires a sign-in (Negotiate, NTLM).",
  );
});

it("a proxy that rejects the password in its address is reported, without the password", async () => {
  refusal = () => signIn;
  expect(await refused(`http://kal:planted-word@127.0.0.1:${portOf(proxy)}`)).toBe(
    "502 KAL_PROXY_REFUSED: The proxy 127.0.0.1 does not accept the user name and password in its address.",
  );
});

it.each([loginHost, apiHost])("a proxy that blocks %s is reported", async (host) => {
  refusal = (target) => (target.startsWith(host) ? blocked : undefined);
  expect(await refused()).toBe(
    `502 KAL_PROXY_REFUSED: The proxy 127.0.0.1 does not let this service reach ${host}:443 (status 403).`,
  );
});

it.each([
  [loginHost, "The identity provider"],
  [apiHost, "The Kalibrate Data API"],
])("a proxy that cannot reach %s itself is reported", async (host, whom) => {
  refusal = (target) =>
    target.startsWith(host) ? "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n" : undefined;
  expect(await refused()).toBe(
    `502 KAL_UPSTREAM_DOWN: ${whom} (${host}) cannot be reached through the proxy 127.0.0.1, which answered with status 502.`,
  );
});

describe("a proxy that inspects connections", () => {
  it.each([
    ["token", "blocked-page", 403],
    ["data", "blocked-page", 403],
    ["token", "proxy-sign-in", 407],
    ["data", "proxy-sign-in", 407],
  ] as const)("is recognised by its answer (%s, %s)", async (endpoint, kind, status) => {
    const simulator = await startSimulator({ ownSites: 5 });
    simulator.faults.add({ kind, endpoint });
    const gateway = await startTestGateway({ sampleEnvironment: simulator.environment });
    try {
      const answer = await gateway.call("POST", "/api/v1/session", { body: { environment: "sample" } });
      expect([answer.status, errorOf(answer).code]).toEqual([502, "KAL_PROXY_REFUSED"]);
      expect(errorOf(answer).message).toContain(`status ${status}`);
    } finally {
      await gateway.close();
      await simulator.close();
    }
  });
});

publicCase("D3", () => {
  const issues: Issue[] = [];
  const { https } = readProxies({ HTTPS_PROXY: "proxy.corp:8080" }, issues);
  return issues.length > 0 ? issues[0]!.expected : `taken for ${https}`;
});

it("a service with an invalid proxy address does not start, and says why", async () => {
  const start = startTestGateway({ variables: { HTTPS_PROXY: "http://proxy.corp:99999" } });
  await expect(start).rejects.toThrow(/HTTPS_PROXY: expected an address such as http:.*found "http:/);
});
