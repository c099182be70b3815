/**
 * `npm start`: installs and builds what is missing, then serves KAL until Ctrl-C or `npm stop`.
 * @module
 */
import { build } from "./steps/build.mjs";
import { runScript } from "./steps/failure.mjs";
import { install } from "./steps/install.mjs";
import { readStartOptions, targetsFor } from "./steps/plan-start.mjs";
import { root } from "./steps/root.mjs";
import { loadService } from "./steps/serve.mjs";
import { start } from "./steps/start.mjs";

const say = console.error;

/**
 * Milliseconds, more than the service allows its running calls. After that the process exits, whatever is still open.
 */
const closingTime = 12_000;

await runScript(async () => {
  const options = readStartOptions(process.argv.slice(2));
  await install({ root, say });
  /** @param {"excel" | "browser"} mode */
  const load = async (mode) => {
    await build({ root, say, wanted: targetsFor(mode) });
    return loadService(root, { withWorkbench: mode === "browser", withSignIn: options.signIn !== undefined });
  };
  await start({ root, options, load, say, print: console.log, stopped: untilSignal() });
  // Everything of ours is closed, but the command that opened the browser may run as long as the browser.
  process.exit(0);
});

/** @returns {Promise<void>} */
function untilSignal() {
  /** @type {Promise<void>} */
  const signalled = new Promise((resolve) => {
    // SIGHUP: the terminal window was closed. Each signal may arrive twice, because npm forwards what the terminal has
    // already sent to the whole process group. A second one must not interrupt the closing.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => resolve());
  });
  return signalled.then(() => void setTimeout(() => process.exit(1), closingTime).unref());
}
