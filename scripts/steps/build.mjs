/**
 * Builds those parts of dist/ with webpack whose sources have changed since the last build.
 * @module
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { failure } from "./failure.mjs";
import { packageProgram } from "./package-program.mjs";
import { runQuietly } from "./run.mjs";

/** The sources of every build; package-lock.json represents the bundled packages. */
const shared = [
  "assets",
  "manifest.xml",
  "webpack.config.js",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

/**
 * What can be built: webpack's configurations, their sources, and the output files that the commands need. The outputs
 * are checked too, because a stamp does not notice an emptied folder.
 */
const targets = {
  addin: {
    configurations: ["addin", "addin-sign-in"],
    sources: ["src/kalibrate", "src/excel", "src/addin"],
    outputs: [
      ...["functions.js", "functions.json", "shortcuts.json", "taskpane.html"],
      ...["sign-in/dialog.html", "sign-in/dialog.js", "sign-in/redirect.html", "sign-in/redirect.js"],
    ].map((file) => `dist/addin/${file}`),
  },
  service: {
    configurations: ["service"],
    sources: ["src/kalibrate", "src/gateway"],
    outputs: ["gateway.js", "program.js", "kal.js"].map((file) => `dist/service/${file}`),
  },
  // The other two are only for `npm start`, `npm run formula` and the tests; they are never deployed.
  local: {
    configurations: ["local"],
    sources: [
      "src/kalibrate",
      "src/excel",
      "src/simulator",
      "src/workbench/excel-host",
      "src/workbench/formula",
      "src/workbench/sample-connection.ts",
    ],
    outputs: ["simulator.js", "sign-in.js", "formula.js"].map((file) => `dist/local/${file}`),
  },
  workbench: {
    configurations: ["workbench", "workbench-bridge", "workbench-server"],
    sources: ["src/kalibrate", "src/excel", "src/workbench"],
    outputs: [
      ...["workbench.html", "workbench.css", "workbench.js", "beginnings.js", "bridge.js"].map(
        (file) => `page/${file}`,
      ),
      "server/server.js",
    ].map((file) => `dist/workbench/${file}`),
  },
};

/** @typedef {keyof typeof targets} Target */

/** The output files of all targets. */
export const outputs = Object.values(targets).flatMap((target) => target.outputs);

/**
 * @param {string} root the project's folder
 * @param {Target} target
 * @returns {string} a hash of the sources' names and contents, independent of the files' dates
 */
export function hashSources(root, target) {
  const hash = createHash("sha256");
  const places = [...shared, ...targets[target].sources];
  for (const file of places.flatMap((place) => filesBelow(path.join(root, place)))) {
    const content = readFileSync(file);
    hash
      .update(`${path.relative(root, file).replaceAll(path.sep, "/")}\n${content.length}\n`)
      .update(content);
  }
  return hash.digest("hex");
}

/** @param {string} place a file, a folder or nothing @returns {string[]} */
function filesBelow(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesBelow(path.join(place, name)));
}

/**
 * @param {object} context
 * @param {string} context.root
 * @param {readonly Target[]} [context.wanted] default: the targets of the product
 * @param {(message: string) => void} context.say
 * @param {typeof runQuietly} [context.run]
 * @throws a failure with webpack's complete output
 */
export async function build({ root, wanted = ["addin", "service"], say, run = runQuietly }) {
  const due = wanted
    .map((target) => ({ target, stamp: stampOf(root, target), hash: hashSources(root, target) }))
    .filter(
      ({ target, stamp, hash }) =>
        !existsSync(stamp) || readFileSync(stamp, "utf8") !== hash || !isComplete(root, target),
    );
  if (due.length === 0) return;

  // Otherwise an interrupted build would pass for the previous, complete one.
  for (const { stamp } of due) rmSync(stamp, { force: true });
  say("Building …");
  const names = due.flatMap(({ target }) => targets[target].configurations);
  const { code, output } = await run(
    packageProgram(root, "webpack-cli", [
      "--mode",
      "production",
      ...names.flatMap((name) => ["--config-name", name]),
    ]),
    { cwd: root },
  );
  // If webpack itself is missing, its command line still exits with 0.
  if (code !== 0 || !due.every(({ target }) => isComplete(root, target))) {
    throw failure(`${output}\nThe build failed; see webpack's output above.`);
  }
  mkdirSync(path.join(root, "dist"), { recursive: true });
  // The hashes are from before the build: a file saved meanwhile is built by the next command.
  for (const { stamp, hash } of due) writeFileSync(stamp, hash);
}

/** @param {string} root @param {Target} target */
function stampOf(root, target) {
  return path.join(root, `dist/.built-${target}`);
}

/** @param {string} root @param {Target} target */
function isComplete(root, target) {
  return targets[target].outputs.every((file) => existsSync(path.join(root, file)));
}
