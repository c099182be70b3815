/**
 * Headers of `GET /api/v1/connections`, replacing or adding to the valid ones. PORT is replaced by the service's own.
 * @module
 */
import type { Group } from "./hostile-input.ts";

/** An undefined value omits the header. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const foreignHost = [421, "KAL_REQUEST_INVALID"] as const;
const forbidden = [403, "KAL_REQUEST_INVALID"] as const;
const notConnected = [401, "KAL_NOT_CONNECTED"] as const;
const ended = [401, "KAL_SESSION_ENDED"] as const;

const each = (name: string, values: readonly string[]): Headers[] =>
  values.map((value) => ({ [name]: value }));

export const headers: readonly Group<Headers>[] = [
  {
    what: "A host name that is not the service's own (DNS rebinding)",
    answered: foreignHost,
    inputs: [
      ...each("host", [
        "evil.example",
        "evil.example:PORT",
        "localhost",
        "localhost:1",
        "localhost:PORT.evil.example",
        "localhost.evil.example:PORT",
        "evil.example@localhost:PORT",
        "localhost:PORT@evil.example",
        "127.0.0.1",
        "127.0.0.2:PORT",
        "0.0.0.0:PORT",
        "0x7f.1:PORT",
        "2130706433:PORT",
        "[::ffff:127.0.0.1]:PORT",
        "kal.example.com:PORT",
        "kal.example.com.",
        "kal.example.com.evil.example",
        "http://localhost:PORT",
        "localhost:PORT, evil.example",
        "",
      ]),
      { host: ["localhost:PORT", "evil.example"] },
      { host: ["evil.example", "localhost:PORT"] },
    ],
  },
  {
    what: "A page of another origin",
    answered: forbidden,
    inputs: [
      ...each("origin", [
        "null",
        "https://evil.example",
        "https://localhost:PORT",
        "http://localhost",
        "http://localhost:1",
        "http://localhost:PORT.evil.example",
        "http://evil.example#http://localhost:PORT",
        "http://kal.example.com",
        "https://kal.example.com:8443",
        "https://kal.example.com.evil.example",
        "https://excel.officeapps.live.com",
        "file://",
        "",
      ]),
      ...each("sec-fetch-site", [
        "cross-site",
        "same-site",
        "none",
        "SAME-ORIGIN",
        "same-origin, cross-site",
      ]),
    ],
  },
  {
    what: "The required header missing or wrong",
    answered: forbidden,
    inputs: [
      ...each("x-kal-request", ["", "0", "2", "01", "1.0", "true", "1, 1"]),
      { "x-kal-request": undefined },
      { "x-kal-request": ["1", "1"] },
      { "x-kal-request": undefined, x_kal_request: "1" },
    ],
  },
  {
    what: "No ticket",
    answered: notConnected,
    inputs: [
      { authorization: undefined },
      ...each("authorization", [
        "",
        "Bearer",
        "Bearer ",
        "Basic a2FsOmthbA==",
        "Negotiate x",
        "kal_x",
        "bearer\tx y",
      ]),
      { authorization: undefined, cookie: "ticket=TICKET; authorization=Bearer TICKET" },
      { authorization: undefined, "proxy-authorization": "Bearer TICKET" },
      { authorization: undefined, "x-forwarded-authorization": "Bearer TICKET" },
      { authorization: undefined, "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1" },
    ],
  },
  {
    what: "An invalid ticket, or nobody's",
    answered: ended,
    inputs: each("authorization", [
      "Bearer kal_",
      "Bearer undefined",
      "Bearer null",
      "Bearer __proto__",
      "Bearer *",
      "Bearer eyJhbGciOiJub25lIn0.e30.",
      "Bearer ../../sessions.json",
      `Bearer kal_${"A".repeat(22)}_${"A".repeat(43)}`,
      `Bearer kal_${"A".repeat(21)}_${"A".repeat(44)}`,
      `Bearer KAL_${"A".repeat(22)}_${"A".repeat(43)}`,
      `Bearer ${"A".repeat(4000)}`,
    ]),
  },
  {
    what: "Proxy headers from a sender who is not a trusted proxy: ignored",
    answered: [200],
    inputs: [
      { "x-forwarded-host": "evil.example" },
      { "x-forwarded-proto": "https", "x-forwarded-port": "1" },
      { "x-forwarded-for": "192.0.2.1, 127.0.0.1" },
      { forwarded: "for=192.0.2.1;host=evil.example;proto=https" },
      { "x-http-method-override": "DELETE", "x-method-override": "DELETE" },
      { "x-original-url": "/api/v1/environments", "x-rewrite-url": "/" },
      { "x-request-id": "planted" },
      { cookie: "planted=1", referer: "https://evil.example/", via: "1.1 evil", te: "trailers" },
    ],
  },
];
