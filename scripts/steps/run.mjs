/**
 * Runs child processes without a shell, so that arguments arrive unchanged on every platform.
 * @module
 */
import { spawn } from "node:child_process";

/**
 * @typedef {object} Command
 * @property {string} program
 * @property {string[]} arguments
 */

/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv }} Surroundings */

/**
 * Runs a program and captures its output.
 * @param {Command} command
 * @param {Surroundings} [surroundings]
 * @returns {Promise<{ code: number, output: string }>} code 127 if the program cannot be started
 */
export function runQuietly(command, surroundings = {}) {
  return new Promise((resolve) => {
    const child = spawn(command.program, command.arguments, {
      ...surroundings,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    }
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a program whose output goes to the user's terminal.
 * @param {Command} command
 * @param {Surroundings} [surroundings]
 * @returns {Promise<number>} its exit code; 127 if it cannot be started
 */
export function runVisibly(command, surroundings = {}) {
  return new Promise((resolve) => {
    const child = spawn(command.program, command.arguments, {
      ...surroundings,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
}
