/**
 * Sends requests with exactly the given headers: `fetch` and undici add some of their own.
 * @module
 */
import http from "node:http";
import type { ErrorAnswer } from "../../../src/kalibrate/gateway-api.ts";

export interface RawAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

export interface SendOptions {
  readonly port: number;
  readonly method?: string;
  readonly body?: string | undefined;
}

export function send(
  path: string,
  headers: http.OutgoingHttpHeaders,
  { port, method = "GET", body }: SendOptions,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: "127.0.0.1", port, path, method, headers: inOrder(headers), setHost: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

/** Node repeats a header with several values only if the headers are a flat list. */
function inOrder(headers: http.OutgoingHttpHeaders): http.OutgoingHttpHeaders | string[] {
  if (!Object.values(headers).some(Array.isArray)) return headers;
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => [name, String(value)]),
  );
}

/** The error code of an answer. */
export function codeOf({ text }: RawAnswer): string {
  return (JSON.parse(text) as ErrorAnswer).error.code;
}
