/**
 * Starts simulator, gateway, workbench and proxy as separate processes, as in production.
 * @module
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { build } from "../../scripts/steps/build.mjs";
import { root } from "../../scripts/steps/root.mjs";

/**
 * @typedef {object} Part
 * @property {any} facts what the part reports once it is running
 * @property {() => Promise<any>} report its memory, its processor time in ms and its counts
 * @property {() => void} stop
 */

/** @type {Part[]} */
const running = [];

/**
 * @param {"simulator" | "recorded" | "gateway" | "workbench" | "proxy"} name
 * @param {object} [options]
 * @returns {Promise<Part>}
 */
export async function start(name, options = {}) {
  const child = fork(new URL("part.mjs", import.meta.url), [name, JSON.stringify(options)], {
    execArgv: ["--expose-gc"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [facts] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => Promise.reject(new Error(`${name} did not start`))),
  ]);
  const part = {
    facts,
    report: async () => {
      child.send("report");
      return (await once(child, "message"))[0];
    },
    stop: () => void child.kill(),
  };
  running.push(part);
  return part;
}

/**
 * Builds the targets, runs the work, and stops every part even if the work fails.
 * @param {() => Promise<void>} work
 * @param {Parameters<typeof build>[0]["wanted"]} [wanted]
 */
export async function withParts(work, wanted = ["service", "local"]) {
  await build({ root, wanted, say: console.error });
  try {
    await work();
  } finally {
    for (const part of running) part.stop();
  }
}
