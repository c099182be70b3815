/**
 * Invalid bodies. Calls that need a ticket have a valid one.
 * @module
 */
import type { Group } from "./hostile-input.ts";

export interface Body {
  readonly call: string;
  /** Text is sent unchanged, anything else as JSON. */
  readonly body: unknown;
  /** Default: `application/json`. */
  readonly type?: string;
}

const invalid = [400, "KAL_REQUEST_INVALID"] as const;
const session = "POST /api/v1/session";
const query = "POST /api/v1/query";
const secret = "PUT /api/v1/session/secret";

const typed = {
  environment: "sandpit",
  clientId: "planted-client",
  clientSecret: "planted-secret",
  scope: "api://planted/.default",
};

const to = (call: string, ...bodies: readonly unknown[]): Body[] => bodies.map((body) => ({ call, body }));

export const bodies: readonly Group<Body>[] = [
  {
    what: "Not JSON",
    answered: invalid,
    inputs: [
      ...to(session, "", " ", "{", "{not json", "{'environment':'sample'}", '{"environment":"sample",}'),
      ...to(session, '{"environment":"sample"}}', "\u0000", "undefined", "NaN", '{"a":01}', "<xml/>"),
      ...to(query, "collection=price", "[", '"', '{"collection":"price"'),
    ],
  },
  {
    what: "JSON that is not an object of this call",
    answered: invalid,
    inputs: [
      ...to(session, "null", "[]", "7", "true", '"sample"', "{}", [{ environment: "sample" }]),
      ...to(
        session,
        `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
        `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`,
      ),
      ...to(query, "null", "[]", "{}"),
      ...to(secret, "null", "{}", { secret: "planted" }),
    ],
  },
  {
    what: "Fields of another type or name",
    answered: invalid,
    inputs: [
      ...to(
        session,
        { ...typed, clientSecret: 7 },
        { ...typed, scope: { planted: 1 } },
        { ...typed, tenant: ["a"] },
      ),
      ...to(
        session,
        { ...typed, clientId: null },
        { ...typed, remember: "yes" },
        { ...typed, planted: "planted" },
      ),
      ...to(session, { environment: ["sample"] }, { environment: { $ne: "" } }, { Environment: "sample" }),
      ...to(query, { collection: 7 }, { collection: ["price"] }, { collection: "price", fields: "name" }),
      ...to(query, { collection: "price", fields: [1] }, { collection: "price", limit: "5" }),
      ...to(query, { collection: "price", query: {} }, { collection: "price", ticket: "planted" }),
      ...to(secret, { clientSecret: ["planted"] }, { clientSecret: "planted", clientId: "planted" }),
    ],
  },
  {
    what: "Keys that pollute prototypes",
    answered: invalid,
    inputs: to(
      session,
      '{"environment":"sample","__proto__":{"remember":true}}',
      '{"environment":"sample","constructor":{"prototype":{"remember":true}}}',
      '{"environment":"sample","toString":"planted"}',
    ),
  },
  {
    what: "Values out of range",
    answered: invalid,
    inputs: [
      ...to(
        session,
        { ...typed, clientSecret: "planted".repeat(3000) },
        { ...typed, label: "a".repeat(201) },
      ),
      ...to(session, { ...typed, scope: "a".repeat(1025) }, { ...typed, clientId: "a".repeat(301) }),
      ...to(session, { environment: "sample", apiBaseUrl: "https://dev.data.thekalibratecloud.com" }),
      ...to(session, { ...typed, environment: "nowhere" }, { ...typed, environment: "__proto__" }),
      ...to(session, { ...typed, label: "a:b" }, { ...typed, label: "../x" }, { ...typed, label: "=1+1" }),
      ...to(query, { collection: "price", limit: -1 }, { collection: "price", limit: 1.5 }),
      ...to(query, '{"collection":"price","limit":1e999}', { collection: "price", limit: 1_000_000_000 }),
      ...to(query, { collection: "price", maxChars: 0 }, { collection: "price", maxAge: -1 }),
      ...to(query, { collection: "a".repeat(201) }, { collection: "price", query: "a".repeat(100_001) }),
      ...to(query, { collection: "price", fields: ["a".repeat(201)] }),
      ...to(query, { collection: "price", fields: Array.from({ length: 501 }, () => "name") }),
      ...to(secret, { clientSecret: " \n\t " }),
    ],
  },
  {
    what: "A collection name that would lead to another URL",
    answered: [404, "KAL_COLLECTION_UNKNOWN"],
    inputs: to(
      query,
      ...[
        "",
        "status",
        "../status",
        "price/../status",
        "price?x=y",
        "price#x",
        "price%2f..",
        "%2e%2e/status",
      ].map((collection) => ({ collection })),
      ...["/price", "price/", "price/Own", "reference/../status", "reference/a/b", "reference/%2e%2e"].map(
        (collection) => ({ collection }),
      ),
      ...[
        "reference/a b",
        "reference/",
        "__proto__",
        "constructor",
        "https://evil.example",
        "price\u0000",
      ].map((collection) => ({ collection })),
    ),
  },
  {
    what: "A connection other than the ticket's",
    answered: [404, "KAL_CONNECTION_UNKNOWN"],
    inputs: to(
      query,
      ...["production", "../x", "__proto__", "sample ", "", "sample,production"].map((connection) => ({
        connection,
        collection: "price",
      })),
    ),
  },
  {
    what: "A content type that foreign pages can send without a preflight, or none",
    answered: [415, "KAL_REQUEST_INVALID"],
    inputs: [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/xml",
      "text/json",
      "application/json-patch+json",
      "application/jsonp",
      "",
    ].map((type) => ({ call: session, body: { environment: "sample" }, type })),
  },
  {
    what: "Larger than a request may be",
    answered: [413, "KAL_REQUEST_INVALID"],
    inputs: [{ call: session, body: { ...typed, clientSecret: "planted".repeat(200_000) } }],
  },
];
