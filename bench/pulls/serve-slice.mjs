/**
 * A Data API with one slice, for a process of its own. Supports limit, offset, and `limit=0` for everything.
 * @module
 */
import http from "node:http";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Serves the slice and tells the parent process the port.
 * @param {number} count documents
 * @param {number} delay milliseconds before each answer
 * @param {(response: http.ServerResponse, from: number, to: number) => Promise<void>} send writes the documents `from`
 * to `to` as a list, and ends the answer
 * @param {string} path other paths have no documents
 */
export function serveSlice(count, delay, send, path = "/") {
  const server = http.createServer(async (request, response) => {
    try {
      const url = request.url ?? "";
      if (url.includes("/token"))
        return void response.end('{"token_type":"Bearer","expires_in":3599,"access_token":"bench"}');
      if (url.includes("/status")) return void response.end("{}");
      /** @param {string} word */
      const number = (word) => Number(new RegExp(`\\(${word}=(\\d+)\\)`).exec(url)?.[1] ?? 0);
      const from = Math.min(number("offset"), count);
      const to = url.includes(path) ? Math.min(from + (number("limit") || Infinity), count) : from;
      if (delay > 0) await wait(delay);
      response.setHeader("content-type", "application/json");
      await send(response, from, to);
    } catch {
      response.destroy();
    }
  });
  server.listen(0, "127.0.0.1", () =>
    process.send?.({ port: /** @type {import("node:net").AddressInfo} */ (server.address()).port }),
  );
}
