/**
 * Decides what `npm start` will do, from the command line and the machine. It only plans.
 * @module
 */
import { readArguments } from "./arguments.mjs";
import { failure } from "./failure.mjs";

const usage = `Usage: npm start [-- options]
  --port N      serve on this port (3000)
  --no-open     do not open a browser
  --no-sample   without the sample environment and its data
  --sign-in     as in an organisation: invented people sign in (--sign-in-as ada, ben or cleo: Excel's own account;
                --sign-in-dialog: Excel gives no account to add-ins, so a dialog opens)
  --excel       serve for Excel, even if it was not found on this computer
  --workbench   serve for the browser, even if Excel was found`;

/**
 * @typedef {object} StartOptions
 * @property {number | undefined} port
 * @property {boolean} open
 * @property {boolean} sample
 * @property {{ person: string | undefined } | undefined} signIn people sign in; person: whose account Excel has, undefined for none
 * @property {boolean} excel
 * @property {boolean} workbench
 */

/**
 * @param {string[]} argv
 * @returns {StartOptions}
 * @throws a failure with exit code 2
 */
export function readStartOptions(argv) {
  const kinds = /** @type {const} */ ({
    port: "string",
    "no-open": "boolean",
    "no-sample": "boolean",
    "sign-in": "boolean",
    "sign-in-as": "string",
    "sign-in-dialog": "boolean",
    excel: "boolean",
    workbench: "boolean",
  });
  const values = readArguments(argv, kinds, usage);
  if (values["excel"] && values["workbench"])
    throw failure(`Use either --excel or --workbench, not both.\n\n${usage}`, 2);
  return {
    port: values["port"] === undefined ? undefined : readPort(String(values["port"]), "--port"),
    open: !values["no-open"],
    sample: !values["no-sample"],
    signIn: readSignIn(values),
    excel: Boolean(values["excel"]),
    workbench: Boolean(values["workbench"]),
  };
}

/** @param {Record<string, string | boolean | undefined>} values */
function readSignIn(values) {
  const { "sign-in": signIn, "sign-in-as": person, "sign-in-dialog": dialog } = values;
  if (!signIn && person === undefined && !dialog) return undefined;
  if (values["excel"] || values["no-sample"] || (person !== undefined && dialog)) {
    throw failure(
      `People sign in to the workbench and its sample data, with Excel's account or by a dialog.\n\n${usage}`,
      2,
    );
  }
  if (person !== undefined && !["ada", "ben", "cleo"].includes(String(person)))
    throw failure(`--sign-in-as is "${person}".\n\n${usage}`, 2);
  return { person: dialog ? undefined : String(person ?? "ada") };
}

/** @param {string} text @param {string} source */
function readPort(text, source) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw failure(
    `${source} is "${text}", but a port is a whole number up to 65535 (0: any free one).\n\n${usage}`,
    2,
  );
}

/**
 * @typedef {object} StartPlan
 * @property {"excel" | "browser"} mode excel: https, and the add-in is loaded into Excel; browser: http
 * @property {number} port
 * @property {boolean} sample start the simulator with its sample environment
 * @property {StartOptions["signIn"]} [signIn]
 * @property {boolean} openBrowser
 * @property {string[]} notes messages for the user about the choice
 */

/**
 * @param {object} facts
 * @param {StartOptions} facts.options
 * @param {NodeJS.Platform} facts.platform
 * @param {boolean} facts.excelFound
 * @param {boolean} facts.display
 * @param {NodeJS.ProcessEnv} facts.environment
 * @returns {StartPlan}
 * @throws a failure with exit code 2 if this platform does not support the options
 */
export function planStart({ options, platform, excelFound, display, environment }) {
  const excelPlatform = platform === "win32" || platform === "darwin";
  if (options.excel && !excelPlatform) {
    throw failure(
      "--excel needs Excel on Windows or macOS; without it `npm start` serves for the browser.",
      2,
    );
  }
  const mode = options.excel || (excelFound && !options.workbench && !options.signIn) ? "excel" : "browser";
  const configured = environment["KAL_PORT"];
  return {
    mode,
    port: options.port ?? (configured ? readPort(configured, "KAL_PORT") : 3000),
    sample: options.sample,
    ...(options.signIn && { signIn: options.signIn }),
    openBrowser: mode === "browser" && options.open && display && !environment["CI"],
    notes:
      mode === "browser" && excelPlatform && !options.workbench && !options.signIn
        ? [
            "Excel was not found on this computer, so the add-in is served for the browser. If it is installed, run: npm start -- --excel",
          ]
        : [],
  };
}

/**
 * The targets to build for a mode. Excel does not need the workbench, which takes longest.
 * @param {StartPlan["mode"]} mode
 * @returns {import("./build.mjs").Target[]}
 */
export function targetsFor(mode) {
  return mode === "excel" ? ["addin", "service", "local"] : ["addin", "service", "local", "workbench"];
}
