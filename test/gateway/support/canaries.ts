/**
 * Secrets, tickets and tokens planted wherever they can occur, and the search for them.
 * @module
 */
import type { CallOptions, Calls } from "./calls.ts";
import { connectBody, planted } from "./own-environment.ts";

const wrong = "wrong~planted.secret-Rt63-Mn70";
export const replacement = "another~planted.secret-Qw52-Bv81";

/** An answer may quote a formula's text to its caller; nothing else may contain it, not even the log. */
export const formulaText = "text~of.a-formula-Pl94";

/** A token that no service accepts here; no part of it may be repeated. */
export const foreignAccessToken = "planted~head-Xk20.planted~claims-Gf83.planted~signature-Sm65";

/** One call of each route of the API; a route missing here fails the test. */
export const calls: Readonly<Record<string, CallOptions["body"]>> = {
  "POST /api/v1/session": { ...connectBody, label: "second" },
  "GET /api/v1/environments": undefined,
  "GET /api/v1/sign-in": undefined,
  "POST /api/v1/sign-in": { accessToken: foreignAccessToken },
  "GET /api/v1/me": undefined,
  "GET /api/v1/connections": undefined,
  "GET /api/v1/status": undefined,
  "POST /api/v1/query": {
    collection: "site",
    fields: ["name", "importCode"],
  },
  "POST /api/v1/batch": {
    requests: [{ collection: "site", fields: ["name", "importCode"] }, { collection: "nowhere" }],
  },
  "POST /api/v1/lookup": {
    collection: "site",
    query: "(orderBy=name)",
    keys: ["entityVariant"],
    requests: [{ field: "name", values: [["Own"]] }],
  },
  "POST /api/v1/as-of": {
    collection: "site",
    query: "(orderBy=createdOn)",
    keys: ["importCode"],
    requests: [{ field: "name", values: [["nowhere"]], moments: ["2026-11-20"] }],
  },
  "POST /api/v1/summary": { collection: "site", by: ["name"], measures: ["count"] },
  "POST /api/v1/market": { sites: ["nowhere"] },
  "POST /api/v1/records": {
    collection: "site",
    where: [{ field: "name", value: "nowhere" }],
    fields: ["name"],
  },
  "POST /api/v1/fields": { collection: "site" },
  "GET /api/v1/catalogue": undefined,
  "PUT /api/v1/session/secret": { clientSecret: replacement },
  // Last, because it ends the session.
  "DELETE /api/v1/session": undefined,
};

/** Requests of a user with the wrong text in the clipboard. */
const issues: readonly [string, string, CallOptions][] = [
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
  ["POST", "/api/v1/query", { body: { collection: "site", query: `(name=${formulaText})` } }],
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

/** Everything that left the service, by its source. */
export type Written = Map<string, string>;

/** Makes every valid and every invalid call with the newest ticket. @param at names the run in `written`. */
export async function runEverything(gateway: Calls, at: string, written: Written, tickets: string[]) {
  const call = async (method: string, address: string, options: CallOptions) => {
    const answer = await gateway.call<{ ticket?: string }>(method, address, options);
    let text = `${answer.status} ${JSON.stringify(answer.headers)} ${answer.text}`;
    const { ticket } = answer.body ?? {};
    // The only place where a ticket may occur.
    if (ticket !== undefined) text = text.replace(`"ticket":"${ticket}"`, "");
    if (ticket !== undefined) tickets.push(ticket);
    written.set(`${at}: ${method} ${address} (${written.size})`, text);
  };
  const ticket = tickets.at(-1) ?? "";
  for (const [method, address, options] of issues) await call(method, address, { ticket, ...options });
  for (const [route, body] of Object.entries(calls)) {
    const [method = "", address = ""] = route.split(" ");
    await call(method, address, { ticket, body });
    // The second call may be answered from the cache.
    if (method === "POST") await call(method, address, { ticket, body });
  }
}

/** The texts that must not occur anywhere. */
export function canariesOf(tokens: readonly string[], tickets: readonly string[]): string[] {
  const secrets = [planted.clientSecret, wrong, replacement, ...foreignAccessToken.split(".")];
  return [
    ...secrets,
    ...secrets.map((secret) => Buffer.from(secret).toString("base64")),
    ...secrets.map((secret) => encodeURIComponent(`=${secret}`)),
    ...tokens,
    // A token without its signature, or its claims alone, already reveal too much.
    ...tokens.flatMap((token) => token.split(".").filter((part) => part.length > 12)),
    ...tickets,
    ...tickets.flatMap((ticket) => [ticket.slice(4, 26), ticket.slice(27)]),
  ];
}

/** Where a canary was found, and which. */
export function find(written: Written, canaries: readonly string[]): string[] {
  return [...written].flatMap(([where, text]) =>
    canaries.filter((canary) => text.includes(canary)).map((canary) => `${where}: ${canary}`),
  );
}
