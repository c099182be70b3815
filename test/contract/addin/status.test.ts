import { expect, it } from "vitest";
import { createMemoryWorkbook } from "../../../src/workbench/excel-host/workbook.ts";
import { errorOf, openExcel, startService, valuesOf } from "./kal.ts";

it("shows the connection as a table, and never the token", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const cells = await call("STATUS");
  const table = Object.fromEntries(valuesOf(cells) as [string, unknown][]);
  const { environment } = service.simulator;
  expect(table).toMatchObject({
    connection: "sample",
    environment: "sample",
    state: "connected",
    tenant: environment.tenant,
    clientId: environment.credentials.clientId,
    version: "1.0",
  });
  expect(Object.keys(table)).toEqual([
    "connection",
    "environment",
    "state",
    "tenant",
    "clientId",
    "customerId",
    "audience",
    "issuer",
    "version",
    "expirationTime",
    "latency",
    "gatewayVersion",
  ]);
  expect(JSON.stringify(cells)).not.toMatch(/eyJ/);
});

it("returns a single property, in any letter case", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  expect(valuesOf(await call("STATUS", "STATE"))).toEqual([["connected"]]);
  const [[expires] = []] = await call("STATUS", "expirationTime");
  expect(expires).toMatchObject({ value: expect.any(Number) as number, numberFormat: "yyyy-mm-dd hh:mm:ss" });
  expect(errorOf(await call("STATUS", "token"))).toMatch(
    /“token” is not a row of KAL.STATUS.*KAL_ARGUMENT_INVALID/,
  );
});

it("shows “not connected” as a state, and an unknown name as an error", async () => {
  const service = await startService();
  const alone = await openExcel({ service, connections: [] });
  expect(valuesOf(await alone.call("STATUS", "state"))).toEqual([["not connected"]]);
  expect(valuesOf(await alone.call("STATUS"))[2]).toEqual(["state", "not connected"]);
  const own = createMemoryWorkbook();
  await (await openExcel({ service, workbook: own })).call("STATUS");
  const other = await service.connect({ environment: "sample", label: "other" });
  const elsewhere = await openExcel({ service, workbook: own, connections: [other] });
  expect(valuesOf(await elsewhere.call("STATUS", "state"))).toEqual([["not connected"]]);
  const connected = await openExcel({ service });
  expect(errorOf(await connected.call("STATUS", "state", "production"))).toContain("KAL_CONNECTION_UNKNOWN");
});

it("makes one request for a thousand equal calls", async () => {
  const service = await startService();
  const { host } = await openExcel({ service });
  service.simulator.clearRequests();
  const calls = Array.from({ length: 1000 }, () => ({ functionId: "STATUS", args: ["state"] }));
  const results = await Promise.all(host.invokeAll(calls).map(({ result }) => result));
  expect(new Set(results.map((cells) => JSON.stringify(valuesOf(cells))))).toEqual(
    new Set(['[["connected"]]']),
  );
  expect(service.simulator.requests.filter(({ path }) => path.endsWith("/status"))).toHaveLength(1);
});
