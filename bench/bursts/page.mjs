/**
 * The emulated Excel with the real office.js, running the built add-in or functions for comparison.
 * @module
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { runnerImport } from "vite";
import { root } from "../../scripts/steps/root.mjs";

const host = path.join(root, "src/workbench/excel-host");
/** @param {string} file */
const load = async (file) => (await runnerImport(path.join(host, file), { configFile: false })).module;
const { createExcelHost } = await load("host.ts");
const { openAddinPage } = await load("node/addin-page.ts");
const { createMemoryStorage } = await load("node/memory-storage.ts");
const { clockOfHiddenPane } = await load("node/page-tasks.ts");

const addin = path.join(root, "dist/addin");
const metadata = JSON.parse(readFileSync(path.join(addin, "functions.json"), "utf8"));

export const builtAddin = path.join(addin, "functions.js");

/**
 * Records how long each function call blocks office.js until it returns. The stopwatch's own time is included for the
 * constant functions too.
 */
const stopwatch = {
  fileName: "stopwatch.js",
  code: `{
    const associate = CustomFunctions.associate.bind(CustomFunctions);
    const now = performance.now.bind(performance);
    const took = (window.stopwatch = []);
    CustomFunctions.associate = (id, call) => associate(id, (...all) => {
      const begun = now();
      const promise = call(...all);
      took.push(now() - begun);
      return promise;
    });
  }`,
};

const nodeClock = { setTimeout, clearTimeout, setInterval, clearInterval, Date };

/**
 * @typedef {object} Burst
 * @property {number} last milliseconds from Excel's message to the last cell
 * @property {number} cpu milliseconds of this process's processor time
 * @property {number[]} calls milliseconds of each function call until it returns
 * @property {{ path: string, body: string | undefined }[]} requests sent to the service
 * @property {unknown[]} cells the cells' values
 */

/**
 * Opens a workbook.
 * @param {object} options
 * @param {string} options.origin of the service
 * @param {object} options.connection as it is stored
 * @param {string | { code: string, fileName: string }} options.script
 * @param {boolean} [options.hidden] whether the pane is hidden, which slows down its timers
 */
export async function openPage({ origin, connection, script, hidden = false }) {
  /** @type {{ path: string, body: string | undefined }[]} */
  const requests = [];
  const excel = createExcelHost({ functions: metadata });
  const page = openAddinPage({
    host: excel,
    officeJsFolder: path.join(root, "node_modules/@microsoft/office-js/dist"),
    scripts: [stopwatch, script],
    origin,
    localStorage: createMemoryStorage({ "kal.connections": JSON.stringify([connection]) }),
    clock: clockOfHiddenPane(nodeClock, () => hidden),
    fetch: (/** @type {URL} */ url, /** @type {RequestInit} */ init) => {
      requests.push({ path: url.pathname, body: init.body ? String(init.body) : undefined });
      return fetch(url, init);
    },
    onError: (/** @type {unknown} */ error) => {
      throw error;
    },
  });
  await excel.ready;

  /** @param {{ functionId: string, args: unknown[] }[]} calls @returns {Promise<Burst>} */
  async function burst(calls) {
    requests.length = 0;
    page.window.stopwatch.length = 0;
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const invocations = excel.invokeAll(calls);
    const cells = await Promise.all(invocations.map((/** @type {any} */ { result }) => result));
    const last = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    const took = [...page.window.stopwatch];
    return { last, cpu: (user + system) / 1000, calls: took, requests: [...requests], cells };
  }
  return { burst, window: page.window, close: () => page.close() };
}
