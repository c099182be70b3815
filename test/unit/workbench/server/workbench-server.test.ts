import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import http from "node:http";
import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { startWorkbench } from "../../../../src/workbench/server/workbench-server.ts";

async function serve() {
  return (await serveBefore()).url;
}

/** The workbench with a gateway behind it that reports the requests it received. */
async function serveBefore() {
  const pageFolder = mkdtempSync(path.join(os.tmpdir(), "kal-workbench-"));
  writeFileSync(path.join(pageFolder, "workbench.html"), "<p>the workbench</p>");
  mkdirSync(path.join(pageFolder, "chunks"));
  writeFileSync(path.join(pageFolder, "chunks/grid.0123.js"), "");
  const inner = http.createServer((request, response) => {
    if (request.url === "/taskpane.html") {
      response.setHeader("content-type", "text/html");
      response.setHeader("content-security-policy", "script-src 'self'");
      response.end('<script src="/office-js/office.js"></script>\n<script src="/functions.js"></script>');
      return;
    }
    void text(request).then((body) => {
      const { host, origin } = request.headers;
      response.statusCode = 418;
      response.end(JSON.stringify({ method: request.method, url: request.url, host, origin, body }));
    });
  });
  const workbench = await startWorkbench({
    port: 0,
    pageFolder,
    startGateway: async () => {
      inner.listen(0, "127.0.0.1");
      await once(inner, "listening");
      return { port: (inner.address() as AddressInfo).port, close: async () => void inner.close() };
    },
  });
  onTestFinished(() => workbench.close());
  const closeGateway = async () => {
    inner.closeAllConnections();
    await new Promise((resolve) => inner.close(resolve));
  };
  return { url: workbench.url, close: workbench.close, closeGateway };
}

/** A request with the given Host header. */
async function askAs(host: string, url: string): Promise<number | undefined> {
  const request = http.get(url, { headers: { host } });
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  response.resume();
  return response.statusCode;
}

describe("the workbench's server", () => {
  it("leads from the bare address to the workbench", async () => {
    const response = await fetch(await serve());
    expect(new URL(response.url).pathname).toBe("/workbench/");
    expect(await response.text()).toContain("the workbench");
  });

  it("puts its script before office.js, and changes nothing else of the pane", async () => {
    const response = await fetch(`${await serve()}/taskpane.html`);
    expect(response.headers.get("content-security-policy")).toBe("script-src 'self'");
    expect([...(await response.text()).matchAll(/src="(.*?)"/g)].map(([, src]) => src)).toEqual([
      "/workbench/bridge.js",
      "/office-js/office.js",
      "/functions.js",
    ]);
  });

  it("passes everything else on, under the one origin", async () => {
    const url = await serve();
    const response = await fetch(`${url}/api/v1/query?x=1`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: '{"collection":"site"}',
    });
    expect(response.status).toBe(418);
    expect(await response.json()).toEqual({
      method: "POST",
      url: "/api/v1/query?x=1",
      host: new URL(url).host,
      origin: url,
      body: '{"collection":"site"}',
    });
  });

  it("answers for no other host name", async () => {
    const url = await serve();
    expect(await askAs("rebound.example", `${url}/workbench/`)).toBe(421);
    expect(await askAs("rebound.example", `${url}/api/v1/environments`)).toBe(421);
  });

  it("lets browsers cache files named by their content, and nothing else", async () => {
    const url = await serve();
    const caching = async (file: string) =>
      (await fetch(`${url}/workbench/${file}`)).headers.get("cache-control");
    expect(await caching("chunks/grid.0123.js")).toContain("immutable");
    expect(await caching("workbench.html")).toBe("public, max-age=0");
  });

  it("breaks the connection off when the gateway has died, as Excel would find it", async () => {
    const { url, closeGateway } = await serveBefore();
    expect((await fetch(`${url}/api/v1/environments`)).status).toBe(418);
    await closeGateway();
    await expect(fetch(`${url}/api/v1/environments`)).rejects.toThrow("fetch failed");
    await expect(fetch(`${url}/taskpane.html`)).rejects.toThrow("fetch failed");
    expect((await fetch(`${url}/workbench/`)).status).toBe(200);
  });

  it("closes without waiting for a connection that a browser has opened ahead", async () => {
    const { url, close } = await serveBefore();
    const socket = net.connect(Number(new URL(url).port), "localhost");
    await once(socket, "connect");
    const closed = once(socket, "close");
    await Promise.all([close(), closed]);
  });

  it("is closed again when the gateway does not start", async () => {
    let origin = "";
    const refused = startWorkbench({
      port: 0,
      pageFolder: mkdtempSync(path.join(os.tmpdir(), "kal-workbench-")),
      startGateway: (own) => {
        origin = own;
        return Promise.reject(new Error("KAL_CONFIG: …"));
      },
    });
    await expect(refused).rejects.toThrow("KAL_CONFIG");
    await expect(fetch(origin)).rejects.toThrow("fetch failed");
  });
});
