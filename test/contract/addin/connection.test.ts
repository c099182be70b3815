/** Which connection a formula uses, and what a cell shows without one. */
import { expect, it, vi } from "vitest";
import { createMemoryWorkbook } from "../../../src/workbench/excel-host/workbook.ts";
import { dataRequests, errorOf, openExcel, startService, valuesOf } from "./kal.ts";

const names = ["reference/Brand", "", "name", 0] as const;

it("says where to connect when there is no connection", async () => {
  const service = await startService();
  const { call } = await openExcel({ service, connections: [] });
  expect(errorOf(await call("QUERY", ...names))).toMatch(/^#VALUE! Not connected.*pane.*KAL_NOT_CONNECTED/);
});

it("uses the latest connection in a new workbook, which saves its name but never the ticket", async () => {
  const service = await startService();
  const first = await service.connect({ environment: "sample", label: "first" });
  const second = await service.connect({ environment: "sample", label: "second" });
  const excel = await openExcel({ service, connections: [first, second] });
  expect(valuesOf(await excel.call("STATUS", "connection"))).toEqual([["second"]]);
  const saved = () => JSON.stringify(excel.workbook.readSettings());
  await expect.poll(saved).toContain("second");
  expect(saved()).not.toContain(second.ticket);
});

it("does not make a connection named in a formula the workbook's own", async () => {
  const service = await startService();
  const north = await service.connect({ environment: "sample", label: "north" });
  const production = await service.connect({ environment: "sample", label: "production" });
  const { call } = await openExcel({ service, connections: [north, production] });
  await call("QUERY", "north:reference/Brand");
  expect(valuesOf(await call("STATUS", "connection"))).toEqual([["production"]]);
});

it("completes a table whose names wait for the same collection as a cancelled one", async () => {
  const service = await startService();
  const { host } = await openExcel({ service });
  service.simulator.faults.add({ kind: "slow", delay: 1500, path: "/api/reference/brand", times: 1 });
  const [first, second] = host.invokeAll([
    { functionId: "QUERY", args: ["site", "(entityVariant=Own)+(limit=1)", "brand.name", 0] },
    { functionId: "QUERY", args: ["site", "(entityVariant=Own)+(limit=2)", "brand.name", 0] },
  ]);
  first!.result.catch(() => undefined);
  await vi.waitUntil(() => dataRequests(service).filter((asked) => asked.includes("/site")).length === 2);
  await vi.waitUntil(() => dataRequests(service).some((asked) => asked.includes("/brand")));
  host.cancel(first!.id);
  const rows = valuesOf(await second!.result);
  expect(rows).toHaveLength(2);
  for (const [brand] of rows) expect(brand).toMatch(/^[A-Z][a-z]+/);
});

it("never replaces the workbook's own connection", async () => {
  const service = await startService();
  const other = await service.connect({ environment: "sample", label: "north" });
  const workbook = createMemoryWorkbook();
  const at = await openExcel({ service, workbook });
  await at.call("STATUS");
  const elsewhere = await openExcel({ service, workbook, connections: [other] });
  expect(errorOf(await elsewhere.call("QUERY", ...names))).toMatch(
    /uses the connection “sample”.*KAL_CONNECTION_UNKNOWN/,
  );
  expect(
    valuesOf(await elsewhere.call("QUERY", "north:reference/Brand", "", "name", 0)).length,
  ).toBeGreaterThan(1);
});

it("deletes a ticket that the service no longer accepts", async () => {
  const service = await startService();
  const connection = await service.connect({ environment: "sample" });
  const excel = await openExcel({ service, connections: [connection] });
  await fetch(`${service.origin}/api/v1/session`, {
    method: "DELETE",
    headers: { "X-KAL-Request": "1", Authorization: `Bearer ${connection.ticket}` },
  });
  expect(errorOf(await excel.call("QUERY", ...names))).toContain("KAL_SESSION_ENDED");
  expect(excel.storage.getItem("kal.connections")).toBe("[]");
  expect(errorOf(await excel.call("QUERY", ...names))).toContain("KAL_NOT_CONNECTED");
});

it("reports that the service cannot be reached", async () => {
  const service = await startService();
  const excel = await openExcel({ service });
  await excel.call("STATUS");
  await service.stop();
  expect(errorOf(await excel.call("QUERY", ...names))).toMatch(
    /^#VALUE! The KAL service cannot be reached.*KAL_OFFLINE/,
  );
});

it.each([
  [{ kind: "unavailable" }, "KAL_UPSTREAM_DOWN"],
  [{ kind: "down" }, "KAL_UPSTREAM_DOWN"],
  [{ kind: "throttled", retryAfter: 17 }, "Again in 17 s"],
  [{ kind: "throttled" }, "KAL_THROTTLED"],
  [{ kind: "malformed" }, "KAL_UPSTREAM_INVALID"],
  [{ kind: "cut-off" }, "KAL_UPSTREAM_INVALID"],
  [{ kind: "unauthorised" }, "KAL_FORBIDDEN"],
] as const)(
  "%j is told in the cell, stands there for a moment, and is gone when the fault is",
  async (fault, words) => {
    const service = await startService();
    const connections = [await service.connect({ environment: "sample" })];
    const { call } = await openExcel({ service, connections });
    service.simulator.faults.add(fault);
    const error = errorOf(await call("QUERY", ...names));
    expect(error).toMatch(/^#VALUE! /);
    expect(error).toContain(words);
    service.simulator.faults.clear();
    const before = service.simulator.requests.length;
    expect(errorOf(await call("QUERY", ...names))).toContain(words.replace(/ in \d+ s/, ""));
    expect(service.simulator.requests).toHaveLength(before);
    // Another workbook has no cached failure.
    const other = await openExcel({ service, connections });
    expect(valuesOf(await other.call("QUERY", ...names)).length).toBeGreaterThan(1);
  },
);

it("recovers from a token that is refused early", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  await call("STATUS");
  service.simulator.faults.add({ kind: "unauthorised", times: 1 });
  expect(valuesOf(await call("QUERY", ...names)).length).toBeGreaterThan(1);
});

it("aborts the whole call when its last waiting cell is cancelled, not before", async () => {
  const service = await startService();
  const { host } = await openExcel({ service });
  service.simulator.faults.add({ kind: "slow", delay: 60_000 });
  const calls = host.invokeAll([
    { functionId: "QUERY", args: [...names] },
    { functionId: "QUERY", args: [...names] },
    { functionId: "QUERY", args: ["site", "(limit=1)", "name", 0] },
  ]);
  for (const { result } of calls) result.catch(() => undefined);
  const [first, second, third] = calls;
  const ended = () => service.simulator.requests.filter(({ aborted }) => aborted).map(({ path }) => path);
  await vi.waitUntil(() => dataRequests(service).length === 2);
  host.cancel(first!.id);
  host.cancel(third!.id);
  // Another call arrives at the Data API later: by then, the first ones have had time to end.
  const later = host.invoke({ functionId: "QUERY", args: ["site", "(limit=2)", "name", 0] });
  later.result.catch(() => undefined);
  await vi.waitUntil(() => dataRequests(service).length === 3);
  expect(ended()).toEqual([]);
  host.cancel(second!.id);
  await vi.waitUntil(() => ended().length === 2);
  host.cancel(later.id);
  await vi.waitUntil(() => ended().length === 3);
});
