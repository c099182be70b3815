/**
 * Entra and a Data API over https, distinguished by host name. They share no code with our simulator.
 * @module
 */
import { createHash, randomBytes } from "node:crypto";
import https from "node:https";
import type { Certificates } from "./certificates.ts";

export const apiHost = "data.example.thekalibratecloud.com";
export const loginHost = "login.microsoftonline.com";

/** Invented. */
export const settings = {
  apiBaseUrl: `https://${apiHost}/api/`,
  scope: `api://${apiHost}/2f9d6b1c-7777-4888-9999-aaaabbbbcccc/.default`,
  tenant: "c1a2b3d4-1234-4abc-8def-0123456789ab",
  clientId: "e5f60718-2345-4bcd-9ef0-123456789abc",
  clientSecret: "q~W8e_R7t.Y6u-I5o",
};

/** The vendor's servers, as small as possible; the host name decides which one answers. */
export function createWorld(certificates: Certificates): https.Server {
  const issued = new Set<string>();
  return https.createServer({ cert: certificates.cert, key: certificates.key }, (request, response) => {
    const url = new URL(request.url ?? "/", `https://${request.headers.host}`);
    const say = (status: number, body: unknown) => {
      response
        .writeHead(status, { "Content-Type": "application/json; charset=utf-8" })
        .end(JSON.stringify(body));
    };
    if (url.hostname === loginHost) {
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
    if (url.hostname !== apiHost || !issued.has(token)) return say(401, "Unauthorized");
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
