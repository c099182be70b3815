/**
 * The text of `npm run report`: the versions of what the add-in runs on. It is meant to be sent, so it contains no
 * data, no name of a person or computer, and no path.
 * @module
 */
import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describeExcel } from "./platform.mjs";
import { askService, readRunning } from "./running.mjs";

/**
 * @param {object} machine
 * @param {string} machine.root
 * @param {NodeJS.Platform} [machine.platform]
 * @param {NodeJS.ProcessEnv} [machine.environment]
 * @param {typeof describeExcel} [machine.excel]
 * @param {typeof askService} [machine.ask]
 * @param {Date} [machine.now]
 * @returns {Promise<string>} lines
 */
export async function report({
  root,
  platform = process.platform,
  environment = process.env,
  excel = describeExcel,
  ask = askService,
  now = new Date(),
}) {
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  // npm passes its version to the programs that it starts: `npm/10.8.2 node/v20.19.0 linux x64 …`.
  const npm = /^npm\/(\S+)/.exec(environment["npm_config_user_agent"] ?? "")?.[1];
  const running = readRunning(root);
  return [
    `KAL report of this computer, ${now.toISOString()}`,
    `KAL: ${version}`,
    `System: ${platform} ${os.release()} ${process.arch}`,
    `Node: ${process.versions.node}`,
    `npm: ${npm ?? "unknown; start this with npm run report"}`,
    `Excel: ${await excel({ platform })}`,
    `Service: ${running ? await serviceLine(running, ask) : "not started"}`,
    "",
  ].join("\n");
}

/** @param {import("./running.mjs").RunningService} service @param {typeof askService} ask */
async function serviceLine({ url, mode }, ask) {
  const statuses = [];
  for (const page of ["/health/live", "/health/ready"]) {
    statuses.push(`${page} ${(await ask(url, page))?.status ?? "does not answer"}`);
  }
  return `started for ${mode}, ${await serviceVersion(url, ask)}; ${statuses.join(", ")}`;
}

/** @param {string} url @param {typeof askService} ask */
async function serviceVersion(url, ask) {
  const answer = await ask(url, "/api/v1/openapi.json");
  try {
    const { version } = JSON.parse(answer?.body ?? "").info;
    return /^\d[\w.+-]{0,40}$/.test(version) ? version : "version unknown";
  } catch {
    return "version unknown";
  }
}
