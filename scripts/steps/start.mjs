/**
 * `npm start` after installation: builds, serves, loads the add-in into Excel or opens the browser, and closes in
 * order.
 * @module
 */
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { developmentCertificates } from "./certificates.mjs";
import { planStart } from "./plan-start.mjs";
import { browserCommand, findExcel, hasDisplay } from "./platform.mjs";
import { runQuietly } from "./run.mjs";
import { failure } from "./failure.mjs";
import { answersAsService, isAlive, readRunning, removeRunning, writeRunning } from "./running.mjs";
import { serve } from "./serve.mjs";
import { sideload } from "./sideload.mjs";

/**
 * @param {object} context
 * @param {string} context.root
 * @param {import("./plan-start.mjs").StartOptions} context.options
 * @param {(mode: import("./plan-start.mjs").StartPlan["mode"]) => Promise<import("./serve.mjs").ServiceModules>} context.load builds what the mode needs
 * @param {(line: string) => void} context.print for the one line that programs wait for
 * @param {(message: string) => void} context.say for people
 * @param {Promise<unknown>} context.stopped settles when the service is to end
 * @param {NodeJS.Platform} [context.platform]
 * @param {NodeJS.ProcessEnv} [context.environment]
 * @param {string} [context.home]
 * @param {(file: string) => boolean} [context.exists]
 * @param {typeof runQuietly} [context.run]
 */
export async function start(context) {
  const { root, options, load, print, say, stopped } = context;
  const { platform = process.platform, environment = process.env, home = os.homedir() } = context;
  const { exists = existsSync, run = runQuietly } = context;
  await refuseSecond(root);

  const plan = planStart({
    options,
    platform,
    environment,
    excelFound: await findExcel({ platform, home, exists, run }),
    display: hasDisplay(platform, environment),
  });
  for (const note of plan.notes) say(note);

  const forMode =
    plan.mode === "excel"
      ? await developmentCertificates({ root, environment, say, home, run })
      : // In a browser, the page takes office.js from the installed package, so that nothing comes from the internet.
        {
          KAL_OFFICE_JS:
            environment["KAL_OFFICE_JS"] ?? path.join(root, "node_modules/@microsoft/office-js/dist"),
        };
  const served = await serve({
    service: await load(plan.mode),
    environment: {
      // A single analyst's sessions survive a restart, so that nobody has to enter a secret again.
      KAL_SESSION_FILE: path.join(root, ".kal/sessions.json"),
      ...environment,
      ...forMode,
      KAL_PORT: String(plan.port),
    },
    sample: plan.sample,
    signIn: plan.signIn,
    folder: path.join(root, ".kal"),
    log: openLog(root),
  });
  try {
    const { origin } = new URL(served.url);
    writeRunning(root, { pid: process.pid, mode: plan.mode, url: origin });
    print(`ready ${served.url}`);
    const opened =
      plan.mode === "excel"
        ? loadIntoExcel({ root, origin, say, run })
        : plan.openBrowser && openBrowser({ platform, url: origin, say, run });
    // The command's end does not stop the service; on some desktops it returns only when the browser window is closed.
    await Promise.race([stopped, Promise.resolve(opened).then(() => stopped)]);
  } finally {
    await served.close();
    removeRunning(root, process.pid);
  }
}

/**
 * The service logs to a file, so that the terminal shows only one line. Each start overwrites it.
 * @param {string} root
 */
function openLog(root) {
  mkdirSync(path.join(root, ".kal"), { recursive: true });
  const file = openSync(path.join(root, ".kal/service.log"), "w");
  return { write: (/** @type {string} */ line) => void writeSync(file, line) };
}

/**
 * Two services of one folder would share its log, its record and the analyst's sessions, and the second to close would
 * delete what the other still needs.
 * @param {string} root
 */
async function refuseSecond(root) {
  const running = readRunning(root);
  if (!running || !isAlive(running.pid) || !(await answersAsService(running.url))) return;
  throw failure(`KAL is already running at ${running.url}. To end it: npm stop`);
}

/**
 * @param {{ root: string, origin: string, say: (message: string) => void, run: typeof runQuietly }} context
 */
async function loadIntoExcel({ root, origin, say, run }) {
  say("Loading the add-in into Excel …");
  const manifest = await manifestFor(root, origin);
  const { loaded, output } = await sideload({ root, manifest, run });
  say(
    loaded
      ? "Excel opens with the add-in: Kalibrate on the Home tab. `npm stop` removes it from Excel."
      : `${output}\nThe add-in could not be loaded into Excel. The service is running; add ${manifest} by hand.`,
  );
}

/**
 * @param {string} root
 * @param {string} origin
 * @returns {Promise<string>} the committed manifest, or one in dist/ if the port differs
 */
async function manifestFor(root, origin) {
  const { withOrigin } = await import("../manifest/organisation.mjs");
  const committed = path.join(root, "manifest.xml");
  const xml = readFileSync(committed, "utf8");
  const moved = withOrigin(xml, origin);
  if (moved === xml) return committed;
  const file = path.join(root, "dist/manifest-localhost.xml");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, moved);
  return file;
}

/**
 * @param {{ platform: NodeJS.Platform, url: string, say: (message: string) => void, run: typeof runQuietly }} context
 */
async function openBrowser({ platform, url, say, run }) {
  const { code } = await run(browserCommand(platform, url));
  if (code !== 0) say(`Open ${url} in a browser.`);
}
