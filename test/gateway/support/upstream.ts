/**
 * Small upstream servers for behaviour that the simulator does not have.
 * @module
 */
import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Upstream {
  readonly origin: string;
  /** Requests in order of arrival, with bodies. */
  readonly received: readonly Received[];
  close(): Promise<void>;
}

export type Answer = (request: Received, response: ServerResponse, raw: IncomingMessage) => void;

/** Starts a server on a free port of this computer; `answer` is called when a request has arrived completely. */
export async function startUpstream(answer: Answer): Promise<Upstream> {
  const received: Received[] = [];
  const server = http.createServer((raw, response) => {
    const chunks: Buffer[] = [];
    raw.on("data", (chunk: Buffer) => chunks.push(chunk));
    raw.on("end", () => {
      const request = {
        method: raw.method ?? "",
        path: raw.url ?? "",
        headers: raw.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      received.push(request);
      answer(request, response, raw);
    });
  });
  server.listen({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: object = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

export function isTokenRequest({ path }: Received): boolean {
  return path.includes("/oauth2/v2.0/token");
}

/** Entra's answer to a valid request. */
export function sendToken(response: ServerResponse, token: string, lifetime: number | string = 3599): void {
  sendJson(response, 200, {
    token_type: "Bearer",
    expires_in: lifetime,
    ext_expires_in: lifetime,
    access_token: token,
  });
}

/** The Data API's status, which echoes the token. */
export function sendStatus(response: ServerResponse, token: string): void {
  sendJson(response, 200, {
    token,
    audience: "api://data.example.com/1",
    issuer: "https://sts.windows.net/0b8f3c1e-5d27-4a6f-9b13-2c4d5e6f7a80/",
    version: "1.0",
    clientId: "5a6b7c8d-0000-4000-8000-000000000001",
    tenantId: "9c3f7a10-1111-4222-8333-444455556666",
    expirationTime: "2026-05-01T13:00:00+00:00",
  });
}
