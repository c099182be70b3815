/**
 * The record of the service that `npm start` runs; `npm stop` finds it there.
 * @module
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import path from "node:path";

/**
 * @typedef {object} RunningService
 * @property {number} pid
 * @property {"excel" | "browser"} mode
 * @property {string} url its origin, including the port
 */

/** @param {string} root */
const recordFile = (root) => path.join(root, ".kal/running.json");

/** @param {string} root @param {RunningService} service */
export function writeRunning(root, service) {
  mkdirSync(path.dirname(recordFile(root)), { recursive: true });
  writeFileSync(recordFile(root), `${JSON.stringify(service, undefined, 2)}\n`);
}

/** @param {string} root @returns {RunningService | undefined} undefined if the record is missing or invalid */
export function readRunning(root) {
  try {
    const { pid, mode, url } = JSON.parse(readFileSync(recordFile(root), "utf8"));
    // A pid of 0 or below would address process groups.
    return Number.isInteger(pid) && pid > 0 && typeof url === "string" ? { pid, mode, url } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Removes the record, unless another service has written its own in the meantime.
 * @param {string} root
 * @param {number} pid
 */
export function removeRunning(root, pid) {
  if (readRunning(root)?.pid === pid) rmSync(recordFile(root), { force: true });
}

/**
 * @param {string} url origin of a service on this computer
 * @param {string} page
 * @returns {Promise<{ status: number | undefined, body: string } | undefined>} undefined if there is no answer
 */
export function askService(url, page) {
  const client = url.startsWith("https:") ? https : http;
  // Node may not trust the development certificate; nothing secret is sent.
  const options = { rejectUnauthorized: false, timeout: 3000, headers: { "X-KAL-Request": "1" } };
  return new Promise((resolve) => {
    const request = client.get(`${url}${page}`, options, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode, body }));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(undefined));
  });
}

/**
 * @param {string} url origin of a service on this computer
 * @returns {Promise<boolean>} whether a KAL service answers there
 */
export async function answersAsService(url) {
  return (await askService(url, "/health/live"))?.status === 200;
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
