/** One part of a benchmark, run as a separate process; see processes.mjs. */
import { once } from "node:events";
import http from "node:http";
import path from "node:path";
import { root } from "../../scripts/steps/root.mjs";
import { loadService } from "../../scripts/steps/serve.mjs";
import { getToken, query } from "./calls.mjs";

const [name = "", json = "{}"] = process.argv.slice(2);
const options = JSON.parse(json);

/** @type {Record<string, () => Promise<{ facts: object, count?: () => object }>>} */
const parts = {
  async simulator() {
    const { startSimulator } = await loadService(root);
    const simulator = /** @type {any} */ (await startSimulator({ ownSites: 50, ...options }));
    const { origin, environment } = simulator;
    const counts = { requests: 0, data: 0, token: 0, pulls: 0 };
    const different = new Set();
    // The simulator keeps its newest requests only.
    const collect = () => {
      for (const { kind, path, query } of simulator.requests) {
        counts.requests += 1;
        counts[/** @type {"data" | "token"} */ (kind)] += 1;
        // A question from an offset proves that a slice is whole.
        if (kind === "token" || query?.includes("(offset=")) continue;
        counts.pulls += 1;
        different.add(`${path}?${query}`);
      }
      simulator.clearRequests();
    };
    setInterval(collect, 1000).unref();
    const count = () => {
      collect();
      return { ...counts, tokens: counts.token, different: different.size };
    };
    return { facts: { origin, environment }, count };
  },
  // Replays the simulator's recorded answers to the bench's query, so that the gateway gets nearly all of the processor
  // time.
  async recorded() {
    const { startSimulator } = await loadService(root);
    const simulator = /** @type {any} */ (await startSimulator(/** @type {any} */ ({ ownSites: 50 })));
    const { origin, environment } = simulator;
    const token = await getToken({ origin, environment });
    const headers = { authorization: `Bearer ${token}`, "user-agent": "kal-bench/1" };
    const read = async (/** @type {string} */ path) =>
      Buffer.from(await (await fetch(`${origin}${path}`, { headers })).arrayBuffer());
    const [status, documents] = [await read("/api/status"), await read(`/api/site?query=${query}`)];
    await simulator.close();
    const issued = Buffer.from(
      JSON.stringify({ token_type: "Bearer", expires_in: 86_400, access_token: token }),
    );
    let requests = 0;
    const server = http.createServer((request, response) => {
      requests++;
      const { url = "" } = request;
      const body = url.includes("/oauth2/") ? issued : url.startsWith("/api/status") ? status : documents;
      request.resume();
      response
        .writeHead(200, { "content-type": "application/json", "content-length": body.length })
        .end(body);
    });
    await once(server.listen({ host: "127.0.0.1", port: 0 }), "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const own = `http://127.0.0.1:${port}`;
    return {
      facts: {
        origin: own,
        environment: { ...environment, apiBaseUrl: `${own}/api`, authority: own },
      },
      count: () => ({ requests }),
    };
  },
  async gateway() {
    const { startGateway } = await loadService(root);
    // Log lines are written but discarded.
    const log = { write: () => undefined };
    const { port } = await startGateway({
      environment: {
        KAL_PORT: "0",
        KAL_SESSION_RATE: "1000000",
        KAL_CONNECTION_RATE: "10000000",
        // Other benchmarks measure pulls, so equal requests must not share one that has ended.
        KAL_MAX_AGE: "0",
        ...options.variables,
      },
      sampleEnvironment: options.environment,
      log,
    });
    return { facts: { origin: `http://127.0.0.1:${port}` } };
  },
  // Composed as `npm start` does, with its limits.
  async workbench() {
    const { startGateway, startWorkbench } = await loadService(root, { withWorkbench: true });
    const workbench = await startWorkbench?.({
      port: 0,
      startGateway: (origin) =>
        startGateway({
          environment: {
            KAL_PORT: "0",
            KAL_BIND: "127.0.0.1",
            KAL_ORIGIN: origin,
            KAL_OFFICE_JS: path.join(root, "node_modules/@microsoft/office-js/dist"),
          },
          sampleEnvironment: options.environment,
          log: { write: () => undefined },
        }),
    });
    return { facts: { url: workbench?.url } };
  },
  // As simple as possible: no session, no token service, one fixed token.
  async proxy() {
    const { default: Fastify } = await import("fastify");
    const { default: httpProxy } = await import("@fastify/http-proxy");
    const app = Fastify();
    await app.register(httpProxy, {
      upstream: options.upstream,
      replyOptions: {
        rewriteRequestHeaders: (_request, headers) => ({
          ...headers,
          authorization: `Bearer ${options.token}`,
        }),
      },
    });
    return { facts: { origin: await app.listen({ host: "127.0.0.1", port: 0 }) } };
  },
};

const make = parts[name];
if (!make) throw new Error(`There is no part ${name}.`);
const { facts, count } = await make();
process.on("message", () => {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const peak = process.resourceUsage().maxRSS * 1024;
  process.send?.({ rss, peak, heapUsed, cpu: (user + system) / 1000, ...count?.() });
});
process.send?.(facts);
