/**
 * Starts the built service with its sample environment, and closes both in order.
 * @module
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { failure } from "./failure.mjs";

/** @typedef {{ write(line: string): void }} Log */

/**
 * @typedef {object} ServiceModules what the build leaves in dist/service
 * @property {(options: { environment: NodeJS.ProcessEnv, sampleEnvironment?: unknown, log: Log }) => Promise<{ url: string, close(): Promise<void> }>} startGateway
 * @property {(options: { port?: number }) => Promise<{ environment: unknown, close(): Promise<void> }>} startSimulator
 */

/**
 * @param {string} root
 * @returns {Promise<ServiceModules>}
 */
export async function loadService(root) {
  const [{ startGateway }, { startSimulator }] = await Promise.all(
    ["gateway.js", "simulator.js"].map(
      (file) => import(pathToFileURL(path.join(root, "dist/service", file)).href),
    ),
  );
  return { startGateway, startSimulator };
}

/**
 * @param {object} context
 * @param {ServiceModules} context.service
 * @param {NodeJS.ProcessEnv} context.environment the gateway's configuration; KAL_PORT is its port
 * @param {boolean} context.sample
 * @param {Log} context.log
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 * @throws a failure in the gateway's own words, or ours where the port is taken
 */
export async function serve({ service, environment, sample, log }) {
  const simulator = sample ? await service.startSimulator({}) : undefined;
  try {
    const gateway = await service.startGateway({
      environment,
      log,
      ...(simulator && { sampleEnvironment: simulator.environment }),
    });
    return {
      url: gateway.url,
      // The gateway first: it still answers calls that need the simulator.
      async close() {
        await gateway.close();
        await simulator?.close();
      },
    };
  } catch (error) {
    await simulator?.close();
    // Its messages are written for the person who configures it.
    if (!isPortTaken(error)) throw failure(/** @type {Error} */ (error).message);
    const port = Number(environment["KAL_PORT"]);
    throw failure(
      `Port ${port} is taken by another program. If that is KAL, started earlier: npm stop. ` +
        `Otherwise choose another port: npm start -- --port ${port < 65535 ? port + 1 : 3000}`,
    );
  }
}

/** @param {unknown} error @returns {boolean} */
function isPortTaken(error) {
  if (!(error instanceof Error)) return false;
  return /** @type {NodeJS.ErrnoException} */ (error).code === "EADDRINUSE" || isPortTaken(error.cause);
}
