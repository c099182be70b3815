/**
 * With a hidden pane, the usual state, the page's timers run only once a second. Every burst of cells still settles
 * with as few calls as with a visible pane.
 */
import { expect, it, vi } from "vitest";
import { clockOfHiddenPane } from "../../../src/workbench/excel-host/node/page-tasks.ts";
import { type FunctionId, openExcel, startService, valuesOf } from "./kal.ts";

const own = "(entityVariant=Own)";
const nodeClock = {
  setTimeout: (callback: () => void, delay: number): unknown => setTimeout(callback, delay),
  clearTimeout: (handle: never) => clearTimeout(handle),
  setInterval: (callback: () => void, delay: number): unknown => setInterval(callback, delay),
  clearInterval: (handle: never) => clearInterval(handle),
  Date,
};

const cells = 300;
/** The different calls of each burst, and the expected number of requests. */
const bursts: readonly [FunctionId, (at: number) => unknown[], requests: number][] = [
  ["QUERY", (at) => ["site", own, "importCode, name", 0, 1 + (at % 4)], 1],
  ["LOOKUP", (at) => ["site", own, "name", "importCode", String(1000 + (at % 50))], 1],
  [
    "ASOF",
    (at) => [
      "price",
      own,
      "price",
      "site.importCode, product.product.name",
      "today",
      String(1001 + (at % 30)),
      "Diesel",
    ],
    1,
  ],
  ["SUMMARY", (at) => ["site", own, ["brand.name", "area.name"][at % 2], "count"], 2],
  ["MARKET", (at) => [String(1001 + (at % 2)), "Diesel", "today", 0], 2],
  ["FIELDS", (at) => [["site", "price"][at % 2]], 2],
  ["COLLECTIONS", () => [], 1],
  ["STATUS", (at) => [["state", "tenant", "connection"][at % 3]], 1],
];

it.each(bursts)(
  "a burst of %s settles as it does with the pane shown",
  async (functionId, argsAt, requests) => {
    const service = await startService();
    const connections = [await service.connect({ environment: "sample" })];
    const calls = Array.from({ length: cells }, (_, at) => ({ functionId, args: argsAt(at) as never }));
    const burst = async (isHidden: boolean) => {
      const asked = vi.fn(fetch);
      const clock = clockOfHiddenPane(nodeClock, () => isHidden);
      const { host } = await openExcel({ service, connections, fetch: asked, clock });
      const results = await Promise.all(host.invokeAll(calls).map(({ result }) => result));
      return { values: results.map(valuesOf), requests: asked.mock.calls.length };
    };
    const hidden = await burst(true);
    expect(hidden.requests).toBe(requests);
    const shown = await burst(false);
    expect(shown.requests).toBe(requests);
    // Apart from latencies and examples, the cells are the same.
    expect(hidden.values).toEqual(shown.values);
  },
);
