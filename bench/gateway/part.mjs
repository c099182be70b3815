/**
 * One part of a bench in a process of its own; see processes.mjs.
 */
import { root } from "../../scripts/steps/root.mjs";
import { loadService } from "../../scripts/steps/serve.mjs";

const [name = "", json = "{}"] = process.argv.slice(2);
const options = JSON.parse(json);

/** @type {Record<string, () => Promise<{ facts: object, count?: () => object }>>} */
const parts = {
  async simulator() {
    const { startSimulator } = await loadService(root);
    const simulator = /** @type {any} */ (await startSimulator({ ownSites: 50, ...options }));
    const { origin, environment } = simulator;
    return { facts: { origin, environment }, count: () => ({ requests: simulator.requests.length }) };
  },
  async gateway() {
    const { startGateway } = await loadService(root);
    // What is written is thrown away, but it is written.
    const log = { write: () => undefined };
    const { port } = await startGateway({
      environment: { KAL_PORT: "0", KAL_SESSION_RATE: "1000000", KAL_CONNECTION_RATE: "1000000" },
      sampleEnvironment: options.environment,
      log,
    });
    return { facts: { origin: `http://127.0.0.1:${port}` } };
  },
  // As bare as can be: no session, no token service, one fixed token.
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
  process.send?.({ rss, heapUsed, cpu: (user + system) / 1000, ...count?.() });
});
process.send?.(facts);
