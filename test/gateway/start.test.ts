import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import tls from "node:tls";
import devCerts from "office-addin-dev-certs";
import { request } from "undici";
import { describe, expect, it } from "vitest";
import { createDispatcher } from "../../src/gateway/dispatcher.ts";
import { startGateway } from "../../src/gateway/main.ts";
import { startTestGateway, withFolder } from "./support/gateway.ts";

describe("starting", () => {
  it("is refused with every issue in the configuration", async () => {
    const environment = { KAL_PORT: "http", KAL_ALLOW_LOOPBACK: "maybe" };
    await expect(startGateway({ environment })).rejects.toThrow(/KAL_PORT[\s\S]*KAL_ALLOW_LOOPBACK/);
  });

  it("is refused on a taken port, and leaves nothing running", async () => {
    const first = await startTestGateway();
    try {
      await expect(startTestGateway({ variables: { KAL_PORT: String(first.port) } })).rejects.toThrow(
        /already in use.*KAL_PORT/,
      );
      expect((await first.call("GET", "/health/live")).status).toBe(200);
    } finally {
      await first.close();
    }
    const second = await startTestGateway({ variables: { KAL_PORT: String(first.port) } });
    expect(second.url).toBe(`http://localhost:${first.port}`);
    await second.close();
  });

  it("gives the configured origin as its address, and its own port", async () => {
    const gateway = await startTestGateway({ variables: { KAL_ORIGIN: "https://kal.example.com" } });
    expect(gateway.url).toBe("https://kal.example.com");
    expect((await gateway.call("GET", "/health/ready")).status).toBe(200);
    await gateway.close();
  });

  it("sets a damaged session file aside", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "sessions.json");
      await writeFile(file, "not json");
      const gateway = await startTestGateway({ variables: { KAL_SESSION_FILE: file } });
      expect(gateway.log()).toContain("set aside");
      await gateway.close();
    }));
});

describe("with a certificate", () => {
  it("uses TLS 1.2 or newer, and accepts its own names with https", () =>
    withFolder(async (folder) => {
      const [ca, cert, key] = ["ca.crt", "own.crt", "own.key"].map((name) => path.join(folder, name)) as [
        string,
        string,
        string,
      ];
      await devCerts.generateCertificates(ca, cert, key, 1, ["localhost"]);
      const authority = await readFile(ca, "utf8");
      const gateway = await startTestGateway({ variables: { KAL_TLS_CERT: cert, KAL_TLS_KEY: key } });
      try {
        expect(gateway.url).toBe(`https://localhost:${gateway.port}`);
        const connected = tls.connect({
          host: "localhost",
          port: gateway.port,
          ca: authority,
          servername: "localhost",
        });
        await once(connected, "secureConnect");
        expect(connected.authorized).toBe(true);
        connected.write(
          `GET /api/v1/environments HTTP/1.1\r\nHost: localhost:${gateway.port}\r\nX-KAL-Request: 1\r\n` +
            `Origin: https://localhost:${gateway.port}\r\nConnection: close\r\n\r\n`,
        );
        const chunks: Buffer[] = [];
        for await (const chunk of connected as AsyncIterable<Buffer>) chunks.push(chunk);
        const answer = Buffer.concat(chunks).toString("utf8");
        expect(answer).toMatch(/^HTTP\/1\.1 200/);
        expect(answer).not.toMatch(/strict-transport-security/i);

        const old = tls.connect({
          host: "localhost",
          port: gateway.port,
          ca: authority,
          maxVersion: "TLSv1.1",
          minVersion: "TLSv1",
        });
        await expect(once(old, "secureConnect")).rejects.toThrow();
      } finally {
        await gateway.close();
      }
    }));
});

describe("outgoing requests", () => {
  it("go through the organisation's proxy, except to this computer", async () => {
    const asked: string[] = [];
    const proxy = http.createServer();
    proxy.on("connect", ({ url }: http.IncomingMessage, socket) => {
      asked.push(url ?? "");
      socket.end("HTTP/1.1 502 No\r\n\r\n");
    });
    const target = http.createServer((_, response) => void response.end("direct"));
    for (const server of [proxy, target]) {
      server.listen({ host: "127.0.0.1", port: 0 });
      await once(server, "listening");
    }
    const portOf = (server: http.Server) => (server.address() as AddressInfo).port;
    const dispatcher = createDispatcher({
      https_proxy: `http://127.0.0.1:${portOf(proxy)}`,
      HTTP_PROXY: `http://127.0.0.1:${portOf(proxy)}`,
      NO_PROXY: "inner.example",
    });
    try {
      await expect(request("https://data.example.com/", { dispatcher })).rejects.toThrow();
      expect(asked).toEqual(["data.example.com:443"]);
      const local = await request(`http://127.0.0.1:${portOf(target)}/`, { dispatcher });
      expect(await local.body.text()).toBe("direct");
      expect(asked).toHaveLength(1);
    } finally {
      await dispatcher.destroy();
      for (const server of [proxy, target]) server.close();
    }
  });
});
