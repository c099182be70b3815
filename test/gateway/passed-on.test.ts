/** The service forwards none of a caller's headers to the upstreams, and none of the upstreams' headers to a caller. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { connectBody } from "./support/own-environment.ts";
import { sendJson, sendToken } from "./support/upstream.ts";
import { startVendor, type Vendor } from "./support/vendor.ts";

let vendor: Vendor;

beforeEach(async () => {
  vendor = await startVendor();
});

afterEach(() => vendor.close());

const fromCaller = {
  cookie: "planted=caller",
  referer: "http://planted.example/",
  "x-forwarded-for": "planted",
  "x-forwarded-host": "planted.example",
  forwarded: "for=planted",
  via: "1.1 planted",
  "x-planted": "planted",
  "user-agent": "planted/1",
  "accept-language": "planted",
  "if-none-match": "planted",
  range: "bytes=0-planted",
};

const fromUpstream = {
  "set-cookie": "planted=upstream",
  server: "planted",
  "x-powered-by": "planted",
  "access-control-allow-origin": "*",
  "access-control-allow-credentials": "true",
  location: "https://planted.example/",
  "www-authenticate": 'Bearer realm="planted"',
  "content-disposition": "attachment; filename=planted",
  "cache-control": "public, max-age=3600",
  "x-planted": "planted",
  etag: "planted",
};

/** Every header that an answer of the API may have. */
const ours = new Set([
  "cache-control",
  "connection",
  "content-length",
  "content-security-policy",
  "content-type",
  "cross-origin-resource-policy",
  "date",
  "keep-alive",
  "origin-agent-cluster",
  "referrer-policy",
  "retry-after",
  "transfer-encoding",
  "www-authenticate",
  "x-content-type-options",
  "x-dns-prefetch-control",
  "x-download-options",
  "x-permitted-cross-domain-policies",
  "x-request-id",
  "x-xss-protection",
]);

const calls: [string, string, unknown][] = [
  ["POST", "/api/v1/session", connectBody],
  ["GET", "/api/v1/status", undefined],
  ["POST", "/api/v1/query", { collection: "price", fields: ["price"], limit: 1 }],
];

it.each([200, 400, 401, 403, 404, 429, 500])(
  "carries no header either way, whatever the status (%i)",
  (status) =>
    vendor.run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      vendor.answerToken = (_, response) => {
        for (const [name, value] of Object.entries(fromUpstream)) response.setHeader(name, value);
        sendToken(response, "another");
      };
      vendor.answerData = ({ path }, response) =>
        sendJson(response, status, path.startsWith("/api/status") ? { version: "1.0" } : [], fromUpstream);
      for (const [method, path, body] of calls) {
        const answer = await gateway.call(method, path, { ticket, body, headers: fromCaller });
        expect(Object.keys(answer.headers).filter((name) => !ours.has(name))).toEqual([]);
        expect(JSON.stringify(answer.headers)).not.toContain("planted");
        expect(answer.headers["cache-control"]).toBe("no-store");
        expect(answer.headers["content-type"]).toMatch(/^application\/json/);
      }
      for (const { headers } of vendor.dataRequests()) {
        expect(Object.keys(headers).sort()).toEqual([
          "accept",
          "authorization",
          "connection",
          "host",
          "user-agent",
        ]);
      }
      for (const request of [...vendor.dataRequests(), ...vendor.tokenRequests()]) {
        expect(request.headers["user-agent"]).toMatch(/^KAL-Gateway\/\d/);
        expect(JSON.stringify([request.path, request.headers])).not.toMatch(/planted(?!~)/);
        expect(request.headers).not.toHaveProperty("origin");
      }
    }),
);
