/**
 * Two replicas and a Redis with TLS behind the real proxies, with the configurations that administrators take.
 */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Certificates, makeCertificates } from "../../gateway/support/certificates.ts";
import { withFolder } from "../../gateway/support/gateway.ts";
import { connectBody, describeOwnEnvironment } from "../../gateway/support/own-environment.ts";
import { sendJson, sendStatus } from "../../gateway/support/upstream.ts";
import { startVendor, type Vendor } from "../../gateway/support/vendor.ts";
import { freePort, missingRedis, type Redis, startRedis } from "../../operations/support/redis.ts";
import { type Replica, startReplica } from "../../operations/support/replica.ts";
import { browserCalls, type BrowserCalls } from "./browser-calls.ts";
import { missingProxy, type Proxy, type ProxyName, startProxy } from "./proxy.ts";

/** The name in the configurations of `deploy/`, which stays; its address is this computer. */
const host = "kal.example.com";

/** Longer than any constant of the service but the pull deadline. Milliseconds. */
const longCall = 12_000;

/** Each proxy has a file of its own, so that they run at the same time. */
export function testProxy(name: ProxyName): void {
  let certificates: Certificates;
  beforeAll(async () => {
    certificates = await makeCertificates([host, "localhost"]);
  });

  const missing = missingRedis ?? missingProxy(name);
  describe.skipIf(missing)([name, missing].filter(Boolean).join(": "), () => {
    it("hands on Host and the caller's own address, and nothing that a caller claims", () =>
      withFolder(async (folder) => {
        const upstream = http.createServer((request, response) => {
          response.setHeader("content-type", "application/json");
          response.end(JSON.stringify({ version: request.httpVersion, headers: request.headers }));
        });
        upstream.listen({ host: "127.0.0.1", port: 0 });
        await once(upstream, "listening");
        const { port: behind } = upstream.address() as AddressInfo;
        const port = await freePort();
        const proxy = await startProxy(name, { folder, port, ports: [behind, behind], certificates });
        const client = browserCalls(`https://${host}:${port}`, certificates.ca);
        try {
          const claims = {
            "x-forwarded-for": "203.0.113.9",
            "x-forwarded-host": "evil.example",
            "x-forwarded-proto": "http",
            forwarded: "for=203.0.113.9",
          };
          const ask = () => client.call("GET", "/health/live", { headers: claims });
          // HAProxy begins with services that it has not asked yet.
          await expect.poll(async () => (await ask()).status).toBe(200);
          const seen = JSON.parse((await ask()).body) as Pick<IncomingMessage, "headers"> & {
            version: string;
          };
          expect(seen.version).toBe("1.1");
          expect(seen.headers.host).toBe(`${host}:${port}`);
          expect(seen.headers["x-forwarded-for"]).toBe("127.0.0.1");
          expect(seen.headers.connection).not.toBe("close");
          expect(Object.keys(seen.headers)).not.toEqual(
            expect.arrayContaining([expect.stringMatching(/^forwarded$|^x-forwarded-(host|proto)$/)]),
          );
        } finally {
          client.close();
          await proxy.close();
          upstream.closeAllConnections();
          upstream.close();
        }
      }));

    describe("before two replicas", () => {
      let redis: Redis;
      let vendor: Vendor;
      let proxy: Proxy;
      let client: BrowserCalls;
      let replicas: [Replica, Replica];
      let start: (at: 0 | 1) => Promise<Replica>;
      let headers: { authorization: string };

      beforeAll(async () => {
        redis = await startRedis({ tls: certificates, password: "planted" });
        vendor = await startVendor();
        vendor.answerData = ({ path: asked }, response) => {
          if (asked.startsWith("/api/status")) return sendStatus(response, "echoed");
          const isFirst = !asked.includes("offset");
          const importCode = /slow\d/.exec(asked)?.[0] ?? "";
          const rows = isFirst ? [{ id: { entityId: "1" }, data: { price: 1.459, importCode } }] : [];
          const wait = isFirst && importCode ? longCall : 50 + Math.random() * 500;
          setTimeout(() => sendJson(response, 200, rows), wait);
        };
        const ca = path.join(redis.folder, "ca.crt");
        writeFileSync(ca, certificates.ca);
        const [port, one, other] = await Promise.all([freePort(), freePort(), freePort()]);
        const origin = `https://${host}:${port}`;
        const variables = {
          ...describeOwnEnvironment(redis.folder, { authority: vendor.origin, api: vendor.origin }),
          KAL_CACHE_KEY: randomBytes(32).toString("base64"),
          KAL_REDIS_URL: redis.url,
          KAL_ORIGIN: origin,
          KAL_TRUSTED_PROXY: "127.0.0.1",
          KAL_STOP_DELAY: "4",
          NODE_EXTRA_CA_CERTS: ca,
        };
        start = (at) => startReplica({ ...variables, KAL_PORT: String([one, other][at]) });
        replicas = await Promise.all([start(0), start(1)]);
        proxy = await startProxy(name, { folder: redis.folder, port, ports: [one, other], certificates });
        client = browserCalls(origin, certificates.ca);
        await vi.waitFor(
          async () => expect((await client.call("GET", "/health/ready")).status).toBe(200),
          20_000,
        );
        const connected = await client.call("POST", "/api/v1/session", { body: connectBody });
        const { ticket } = JSON.parse(connected.body) as { ticket: string };
        headers = { authorization: `Bearer ${ticket}` };
      });

      afterAll(async () => {
        client?.close();
        await proxy?.close();
        await Promise.all((replicas ?? []).map((replica) => replica.kill("SIGKILL")));
        await vendor?.close();
        await redis?.close();
      });

      const query = (filter?: string) =>
        client.call("POST", "/api/v1/query", {
          headers,
          body: { collection: "price", fields: ["price"], maxAge: 0, ...(filter && { query: filter }) },
        });

      it("serves pages with their headers, compressed", async () => {
        const page = await client.call("GET", "/taskpane.html");
        expect(page.status).toBe(200);
        expect(page.headers).toMatchObject({
          "strict-transport-security": "max-age=31536000",
          "cache-control": "no-cache",
          "content-security-policy": expect.stringContaining("frame-ancestors") as string,
        });
        const script = await client.call("GET", "/functions.js", { headers: { "accept-encoding": "gzip" } });
        expect(script.headers["content-encoding"]).toBe("gzip");
        const data = await client.call("GET", "/api/v1/status", {
          headers: { ...headers, "accept-encoding": "gzip" },
        });
        expect(data.status).toBe(200);
        expect(data.headers["content-encoding"]).toBeUndefined();
      });

      it("refuses a body that the service would refuse", async () => {
        const body = { collection: "price", query: "x".repeat(1_100_000) };
        expect((await client.call("POST", "/api/v1/query", { headers, body })).status).toBe(413);
      });

      it("loses no cell while both replicas are restarted under load, however long a call takes", async () => {
        let isLoading = true;
        const answers: unknown[] = [];
        const outcome = async (filter?: string) =>
          query(filter).then(
            ({ status, body }) => (status === 200 ? (JSON.parse(body) as { rows: unknown }).rows : body),
            (error: unknown) => String(error),
          );
        const load = async () => {
          while (isLoading) answers.push(await outcome());
        };
        const longPulls = () =>
          vendor
            .dataRequests()
            .filter(({ path: asked }) => asked.includes("slow") && !asked.includes("offset")).length;
        const workers = Array.from({ length: 8 }, load);
        // One on each replica, at least: both proxies take turns.
        const long = ["1", "2", "3", "4"].map((at) => outcome(`(importCode=slow${at})`));
        await expect.poll(longPulls).toBe(4);
        for (const at of [0, 1] as const) {
          await proxy.takeOut(at);
          expect(await replicas[at].kill("SIGTERM")).toBe(0);
          replicas[at] = await start(at);
          await proxy.putBack(at);
          // Until the proxy knows that it is back, and has sent it something.
          const seen = () => replicas[at].output().includes('"route":"/api/v1/query"');
          await expect.poll(seen, { timeout: 20_000 }).toBe(true);
        }
        isLoading = false;
        await Promise.all(workers);
        expect(await Promise.all(long)).toEqual(Array.from({ length: 4 }, () => [[1.459]]));
        // None was cut off and asked again by the proxy.
        expect(longPulls()).toBe(4);
        expect(answers.length).toBeGreaterThan(50);
        expect(answers.filter((rows) => JSON.stringify(rows) !== "[[1.459]]")).toEqual([]);
      });
    });
  });
}
