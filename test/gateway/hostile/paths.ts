/**
 * URL paths, each sent unchanged with a valid ticket. Next to the folder of pages there is a file containing the word
 * “planted”.
 * @module
 */
import type { Group } from "./hostile-input.ts";

export const paths: readonly Group<string>[] = [
  {
    what: "Paths that leave the folder of pages, detected",
    answered: [403, "KAL_REQUEST_INVALID"],
    inputs: [
      "GET /../planted.txt",
      "GET /../../../../etc/passwd",
      "GET /%2e%2e/planted.txt",
      "GET /..%5cplanted.txt",
      "GET /..\\planted.txt",
      "GET /assets/../../planted.txt",
      "GET /assets/%2e%2e/%2e%2e/planted.txt",
      "GET //planted.txt",
      "GET //evil.example/planted.txt",
      "GET /taskpane.html%00.txt",
      "GET /api//v1/connections",
      "GET /api/v1/../v1/connections",
      "GET /api/v1/%2e%2e/v1/connections",
      "GET /api/v1/connections%00",
    ],
  },
  {
    what: "Paths that leave the folder of pages, to a missing name",
    answered: [404],
    inputs: [
      "GET /..%2fplanted.txt",
      "GET /%2e%2e%2fplanted.txt",
      "GET /assets/..%2f..%2fplanted.txt",
      "GET /.../planted.txt",
      "GET /..;/planted.txt",
      "GET /%252e%252e/planted.txt",
      "GET /C:/Windows/win.ini",
    ],
  },
  {
    what: "Files that must not be served",
    answered: [404],
    inputs: [
      "GET /.env",
      "GET /%2eenv",
      "GET /assets/.env",
      "GET /.git/config",
      "GET /package.json",
      "GET /metrics",
      "GET /admin",
      "GET /api",
      "GET /taskpane.html/",
      "GET /TASKPANE.HTML",
      "GET /assets/",
    ],
  },
  {
    what: "A folder without its slash: redirected to the folder",
    answered: [301],
    inputs: ["GET /assets"],
  },
  {
    what: "Calls that do not exist",
    answered: [404, "KAL_REQUEST_INVALID"],
    inputs: [
      "GET /api/",
      "GET /api/v1",
      "GET /api/v2/status",
      "GET /api/v1/nowhere",
      "GET /api/v1/connections/",
      "GET /api/v1/connections/x",
      "GET /api/v1/connections;x",
      "GET /api/v1/CONNECTIONS",
      "GET /api/v1/session",
      "DELETE /api/v1/status",
      "PUT /api/v1/connections",
      "PATCH /api/v1/session",
      "POST /api/v1/environments",
      "OPTIONS /api/v1/session",
      "PROPFIND /api/v1/status",
    ],
  },
  {
    what: "Pages requested with a method other than GET or HEAD",
    answered: [404],
    inputs: ["POST /taskpane.html", "PUT /functions.json", "DELETE /", "OPTIONS /taskpane.html"],
  },
  {
    what: "URLs that cannot be parsed",
    answered: [400, "KAL_REQUEST_INVALID"],
    inputs: [
      "GET /%",
      "GET /%ff",
      "GET /%zz",
      "GET /%c0%ae%c0%ae/planted.txt",
      "GET /api/v1/%zz",
      "GET /api/v1/%ff",
    ],
  },
  {
    what: "Parameters that the call does not have, or in the wrong form",
    answered: [400, "KAL_REQUEST_INVALID"],
    inputs: [
      "GET /api/v1/status?connection=sample&connection=production",
      "GET /api/v1/status?connection[]=sample",
      "GET /api/v1/status?x=y",
      "GET /api/v1/status?__proto__=x",
      "GET /api/v1/status?constructor=x",
      "GET /api/v1/status?ticket=planted",
      `GET /api/v1/status?connection=${"a".repeat(201)}`,
    ],
  },
  {
    what: "Another connection’s name as a parameter",
    answered: [404, "KAL_CONNECTION_UNKNOWN"],
    inputs: [
      "GET /api/v1/status?connection=production",
      "GET /api/v1/status?connection=..%2fproduction",
      "GET /api/v1/status?connection=sample%00",
      "GET /api/v1/status?connection=%0d%0aset-cookie:x=1",
    ],
  },
];
