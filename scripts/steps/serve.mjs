/**
 * Starts the built service with its sample environment, and closes both in order.
 * @module
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { failure } from "./failure.mjs";
import { describeOrganisation } from "./sign-in.mjs";

/** @typedef {{ write(line: string): void }} Log */

/**
 * @typedef {object} ServiceModules what the build leaves in dist/service and dist/local
 * @property {(options: { environment: NodeJS.ProcessEnv, sampleEnvironment?: unknown, log: Log }) => Promise<{ url: string, port: number, close(): Promise<void> }>} startGateway
 * @property {(options: { port?: number }) => Promise<import("./sign-in.mjs").Simulator>} startSimulator
 * @property {() => Promise<import("./sign-in.mjs").Provider>} [startSignInProvider] where people sign in; from dist/local
 * @property {(options: { port: number, account?: string | undefined, startGateway: (origin: string) => Promise<{ port: number, close(): Promise<void> }> }) => Promise<{ url: string, close(): Promise<void> }>} [startWorkbench] where the add-in is to be served inside the workbench; from dist/workbench
 */

/**
 * @param {string} root
 * @param {{ withWorkbench?: boolean, withSignIn?: boolean }} [parts]
 * @returns {Promise<ServiceModules>}
 */
export async function loadService(root, { withWorkbench = false, withSignIn = false } = {}) {
  const files = ["service/gateway.js", "local/simulator.js"];
  if (withSignIn) files.push("local/sign-in.js");
  if (withWorkbench) files.push("workbench/server/server.js");
  const modules = await Promise.all(
    files.map((file) => import(pathToFileURL(path.join(root, "dist", file)).href)),
  );
  return Object.assign({}, ...modules);
}

/**
 * @param {object} context
 * @param {ServiceModules} context.service
 * @param {NodeJS.ProcessEnv} context.environment the gateway's configuration; KAL_PORT is its port
 * @param {boolean} context.sample
 * @param {import("./plan-start.mjs").StartOptions["signIn"]} [context.signIn]
 * @param {string} [context.folder] for what sign-in writes
 * @param {Log} context.log
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 * @throws a failure with the gateway's own message, or with ours if the port is in use
 */
export async function serve({ service, environment, sample, signIn, folder = "", log }) {
  const simulator = sample ? await service.startSimulator({}) : undefined;
  const provider = signIn && (await service.startSignInProvider?.());
  try {
    const organisation =
      provider && simulator ? describeOrganisation({ folder, provider, simulator }) : undefined;
    /** @param {NodeJS.ProcessEnv} own */
    const startGateway = (own) =>
      service.startGateway({
        environment: { ...environment, ...organisation, ...own },
        log,
        ...(simulator && { sampleEnvironment: simulator.environment }),
      });
    const served = service.startWorkbench
      ? await service.startWorkbench({
          port: Number(environment["KAL_PORT"]),
          account: provider && signIn?.person && `${provider.origin}/host/token#${signIn.person}`,
          startGateway: (origin) =>
            startGateway({ KAL_PORT: "0", KAL_BIND: "127.0.0.1", KAL_ORIGIN: origin }),
        })
      : await startGateway({});
    return {
      url: served.url,
      // The gateway first: its running calls may still need the simulator.
      async close() {
        await served.close();
        await simulator?.close();
        await provider?.close();
      },
    };
  } catch (error) {
    await simulator?.close();
    await provider?.close();
    // The gateway's messages are written for the person who configures it.
    if (!isPortTaken(error)) throw failure(/** @type {Error} */ (error).message);
    const port = Number(environment["KAL_PORT"]);
    throw failure(
      `Port ${port} is in use by another program. If it is an earlier KAL, run: npm stop. ` +
        `Otherwise choose another port: npm start -- --port ${port < 65535 ? port + 1 : 3000}`,
    );
  }
}

/** @param {unknown} error @returns {boolean} */
function isPortTaken(error) {
  if (!(error instanceof Error)) return false;
  return /** @type {NodeJS.ErrnoException} */ (error).code === "EADDRINUSE" || isPortTaken(error.cause);
}
