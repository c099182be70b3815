/**
 * Canaries: secrets, tickets and tokens that are planted everywhere, while every call is made under every fault. Then
 * whatever left the service is searched for them. The count is zero.
 *
 * What the add-in writes into the workbook is searched in test/contract/addin/canary.test.ts.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { request } from "undici";
import { describe, expect, it } from "vitest";
import { type CallOptions, type TestGateway, withFolder } from "./support/gateway.ts";
import { dataLeaks, foreignToken, startLeakyVendor, tokenLeaks } from "./support/leaky-vendor.ts";
import { connectBody, planted, withOwnEnvironment } from "./support/own-environment.ts";

const wrong = "wrong~planted.secret-Rt63-Mn70";
const replacement = "another~planted.secret-Qw52-Bv81";

/** What stands in a formula may be quoted to whoever wrote it, and is nobody else's business: not the log's either. */
const formulaText = "text~of.a-formula-Pl94";

/** One call of each route of the API; a route that is not here fails the test. */
const calls: Readonly<Record<string, CallOptions["body"]>> = {
  "POST /api/v1/session": { ...connectBody, label: "second" },
  "GET /api/v1/environments": undefined,
  "GET /api/v1/connections": undefined,
  "GET /api/v1/status": undefined,
  "POST /api/v1/query": {
    collection: "site",
    query: `(name=${formulaText})`,
    fields: ["name", "importCode"],
  },
  "POST /api/v1/lookup": {
    collection: "site",
    keys: ["importCode"],
    requests: [{ field: "name", values: [["1001"]] }],
  },
  "POST /api/v1/fields": { collection: "site" },
  "GET /api/v1/catalogue": undefined,
  "PUT /api/v1/session/secret": { clientSecret: replacement },
  // Last: it ends the session.
  "DELETE /api/v1/session": undefined,
};

/** What somebody sends who has the wrong thing in the clipboard. */
const mistakes: readonly [string, string, CallOptions][] = [
  ["POST", "/api/v1/session", { body: { ...connectBody, clientSecret: wrong, [wrong]: wrong } }],
  ["POST", "/api/v1/session", { body: `{"clientSecret":"${wrong}` }],
  [
    "POST",
    "/api/v1/session",
    { body: { ...connectBody, clientId: wrong, clientSecret: wrong, tenant: wrong } },
  ],
  ["POST", `/api/v1/session?clientSecret=${wrong}`, { body: { ...connectBody, environment: wrong } }],
  [
    "POST",
    "/api/v1/session",
    { body: { ...planted, apiBaseUrl: `https://${wrong}.example.com/api`, tenant: wrong } },
  ],
  ["POST", "/api/v1/query", { body: { collection: formulaText, query: `(${formulaText}` } }],
  ["POST", "/api/v1/query", { body: { connection: formulaText, collection: "site", fields: [formulaText] } }],
  ["GET", `/api/v1/status?connection=x&secret=${wrong}`, {}],
  ["GET", `/api/v1/${wrong}`, {}],
  ["GET", `/${wrong}.html`, {}],
  ["GET", `/%ff${wrong}`, {}],
  ["PATCH", "/api/v1/session", { body: { clientSecret: wrong } }],
  [
    "GET",
    "/api/v1/connections",
    { headers: { "x-secret": wrong, cookie: `s=${wrong}`, referer: `https://x/${wrong}` } },
  ],
  ["GET", "/health/ready", {}],
  ["GET", "/api/v1/openapi.json", {}],
];

/** Everything that left the service, by where it was found. */
type Written = Map<string, string>;

async function runEverything(gateway: TestGateway, at: string, written: Written, tickets: string[]) {
  const call = async (method: string, address: string, options: CallOptions) => {
    const answer = await gateway.call<{ ticket?: string }>(method, address, options);
    let text = `${answer.status} ${JSON.stringify(answer.headers)} ${answer.text}`;
    const { ticket } = answer.body ?? {};
    // The one place where a ticket belongs.
    if (ticket !== undefined) text = text.replace(`"ticket":"${ticket}"`, "");
    if (ticket !== undefined) tickets.push(ticket);
    written.set(`${at}: ${method} ${address} (${written.size})`, text);
  };
  const ticket = tickets.at(-1) ?? "";
  for (const [method, address, options] of mistakes) await call(method, address, { ticket, ...options });
  for (const [route, body] of Object.entries(calls)) {
    const [method = "", address = ""] = route.split(" ");
    await call(method, address, { ticket, body });
    // The second time, what is cached may answer.
    if (method === "POST") await call(method, address, { ticket, body });
  }
}

const variables = (folder: string) => ({
  KAL_SESSION_FILE: path.join(folder, "sessions.json"),
  KAL_METRICS_PORT: "0",
});

/** Runs everything under one way of the vendor's to answer. @returns what was written and what must not be in it. */
async function underFault(fault: { data?: string; token?: string }) {
  const written: Written = new Map();
  const tickets: string[] = [];
  const vendor = await startLeakyVendor(() => planted.clientSecret);
  try {
    await withFolder(async (folder) => {
      await withOwnEnvironment(
        { authority: vendor.origin, api: vendor.origin },
        async (gateway) => {
          tickets.push((await gateway.connect(connectBody)).ticket);
          vendor.data = fault.data ?? vendor.data;
          vendor.token = fault.token;
          await runEverything(gateway, fault.data ?? fault.token ?? "", written, tickets);
          const metrics = await request(`http://127.0.0.1:${gateway.metricsPort}/metrics`);
          written.set("metrics", await metrics.body.text());
          written.set("session file", await readFile(variables(folder).KAL_SESSION_FILE, "utf8"));
          written.set("log", gateway.log());
        },
        { variables: variables(folder), pause: async () => undefined },
      );
    });
  } finally {
    await vendor.close();
  }
  return { written, canaries: canariesOf([...vendor.tokens, foreignToken], tickets), vendor };
}

function canariesOf(tokens: readonly string[], tickets: readonly string[]): string[] {
  const secrets = [planted.clientSecret, wrong, replacement];
  return [
    ...secrets,
    ...secrets.map((secret) => Buffer.from(secret).toString("base64")),
    ...secrets.map((secret) => encodeURIComponent(`=${secret}`)),
    ...tokens,
    // A token without its signature, and the claims alone, say enough.
    ...tokens.flatMap((token) => token.split(".").filter((part) => part.length > 12)),
    ...tickets,
    ...tickets.flatMap((ticket) => [ticket.slice(4, 26), ticket.slice(27)]),
  ];
}

/** Where a canary was found, and which. */
function find(written: Written, canaries: readonly string[]): string[] {
  return [...written].flatMap(([where, text]) =>
    canaries.filter((canary) => text.includes(canary)).map((canary) => `${where}: ${canary}`),
  );
}

describe("no canary leaves the service", () => {
  it.each(Object.keys(dataLeaks))("when the Data API gives %s", async (data) => {
    const { written, canaries, vendor } = await underFault({ data });
    expect(find(written, canaries)).toEqual([]);
    // They were there to be found: upstream got tokens, and knew the secrets.
    expect(vendor.tokens.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(vendor.received)).toContain(encodeURIComponent(replacement));
    for (const place of ["log", "metrics", "session file"])
      expect(written.get(place)).not.toContain(formulaText);
    for (const text of written.values()) expect(text).not.toMatch(/eyJ[\w-]+\./);
    // The log holds no query strings and no bodies.
    expect(written.get("log")).not.toMatch(/[?&]\w+=|clientSecret/);
    expect(written.get("log")).toContain('"route":"/api/v1/query"');
    expect(written.get("metrics")).toContain('route="/api/v1/query"');
  });

  it.each(Object.keys(tokenLeaks))("when the identity provider gives %s", async (token) => {
    const { written, canaries } = await underFault({ token });
    expect(find(written, canaries)).toEqual([]);
  });
});

it("every route of the API is called", () =>
  withOwnEnvironment({ authority: "http://127.0.0.1:9", api: "http://127.0.0.1:9" }, async (gateway) => {
    const { body } = await gateway.call<{ paths: Record<string, object> }>("GET", "/api/v1/openapi.json");
    const routes = Object.entries(body.paths)
      .filter(([address]) => address.startsWith("/api/"))
      .flatMap(([address, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${address}`),
      );
    expect(Object.keys(calls).sort()).toEqual(routes.sort());
  }));

it("the search finds what is there", () => {
  const written = new Map([["log", `a ${planted.clientSecret} b`]]);
  expect(find(written, canariesOf([], []))).toEqual([`log: ${planted.clientSecret}`]);
});
