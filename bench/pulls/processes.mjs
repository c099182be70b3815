/**
 * The separate processes of the benchmarks of pulls, and what they report.
 * @module
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { root } from "../../scripts/steps/root.mjs";

/** @param {string} name in `bench` @param {...unknown} values */
export const start = (name, ...values) => startWith([], name, ...values);

/** @param {string[]} execArgv Node's own options @param {string} name @param {...unknown} values */
const startWith = (execArgv, name, ...values) =>
  fork(path.join(root, "bench", name), values.map(String), { execArgv });

/** @param {number[]} values */
export const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @param {import("node:child_process").ChildProcess} child @returns {Promise<any>} its next message */
export async function said(child) {
  const [message] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`ended with ${code}`))),
  ]);
  return message;
}

/**
 * Starts a gateway for one measurement, connects, and ends it.
 * @template T
 * @param {string} origin of the Data API
 * @param {(ask: (route: string, body: object) => Promise<Response>) => Promise<T>} measure
 * @param {number} [heap] MB; Node's own limit where left out
 * @returns {Promise<T & { cpu: number, peak: number }>} what `measure` returns, with CPU milliseconds and MB
 */
export async function withGateway(origin, measure, heap) {
  const child = startWith(heap ? [`--max-old-space-size=${heap}`] : [], "pulls/gateway.mjs", root, origin);
  const { url } = await said(child);
  /** @param {string} address @param {object} body */
  const post = (address, body, headers = {}) =>
    fetch(`${url}/api/v1/${address}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-kal-request": "1", ...headers },
      body: JSON.stringify(body),
    });
  const credentials = {
    clientId: "5a6b7c8d-0000-4000-8000-000000000001",
    clientSecret: "invented",
    scope: "api://bench/1/.default",
  };
  const { ticket } = await (await post("session", { environment: "bench", ...credentials })).json();
  const headers = { authorization: `Bearer ${ticket}`, accept: "application/x-ndjson" };
  const measured = await measure((route, body) => post(route, body, headers));
  child.send("end");
  const { cpu, peak } = await said(child);
  await once(child, "exit");
  return { ...measured, cpu, peak };
}
