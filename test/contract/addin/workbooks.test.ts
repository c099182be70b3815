/** Several workbooks on one computer, and a computer that sleeps. */
import { expect, it, vi } from "vitest";
import { requestHeader } from "../../../src/kalibrate/gateway-api.ts";
import { createMemoryStorage } from "../../../src/workbench/excel-host/node/memory-storage.ts";
import {
  dataRequests,
  errorOf,
  openExcel,
  type Service,
  startService,
  storedConnections,
  storedFrom,
  valuesOf,
} from "./kal.ts";

const names = ["reference/Brand", "", "name", 0, 3] as const;

const end = (service: Service, ticket: string) =>
  fetch(`${service.origin}/api/v1/session`, {
    method: "DELETE",
    headers: { Authorization: `Bearer ${ticket}`, [requestHeader.name]: requestHeader.value },
  });

/** Two workbooks with the same two connections; formulas without a connection use the second. */
async function openTwo(service: Service) {
  const north = await service.connect({ environment: "sample", label: "north" });
  const south = await service.connect({ environment: "sample", label: "south" });
  const storage = createMemoryStorage();
  const open = () => openExcel({ service, storage, connections: [north, south] });
  const [first, second] = [await open(), await open()];
  /** As the first one's pane does it; the browser notifies the second. */
  const disconnectInFirst = async () => {
    await end(service, north.ticket);
    storage.setItem(storedConnections, storedFrom([south]));
    const raise = second.page.window.dispatchEvent as (event: object) => void;
    raise({ type: "storage", key: storedConnections });
  };
  return { first, second, disconnectInFirst };
}

it("keeps the other workbook’s further connection when one disconnects, and says what to do about the ended one", async () => {
  const service = await startService();
  const { first, second, disconnectInFirst } = await openTwo(service);
  for (const { call } of [first, second]) {
    expect(valuesOf(await call("QUERY", "north:reference/Brand", ...names.slice(1)))).toHaveLength(3);
  }
  await disconnectInFirst();
  expect(valuesOf(await second.call("QUERY", ...names))).toHaveLength(3);
  expect(valuesOf(await second.call("STATUS", "state"))).toEqual([["connected"]]);
  const error = errorOf(await second.call("QUERY", "north:reference/Brand", ...names.slice(1)));
  expect(error).toMatch(/^#VALUE! The connection “north” is not connected here\..*KAL_CONNECTION_UNKNOWN/);
  expect(errorOf(await second.call("STATUS", "state", "north"))).toContain("KAL_CONNECTION_UNKNOWN");
});

it("settles each pending call while the other workbook disconnects", async () => {
  const service = await startService();
  const { second, disconnectInFirst } = await openTwo(service);
  service.simulator.faults.add({ kind: "slow", delay: 1000, path: "/api/site" });
  const site = ["(entityVariant=Own)", "importCode", 0, 2] as const;
  const under = [second.call("QUERY", "north:site", ...site), second.call("QUERY", "site", ...site)];
  await vi.waitUntil(() => dataRequests(service).length > 0, { timeout: 30_000 });
  await disconnectInFirst();
  const [north, south] = await Promise.all(under);
  expect(valuesOf(south!)).toHaveLength(2);
  const shown = valuesOf(north!);
  if (shown.length !== 2)
    expect(String(shown[0]![0])).toMatch(/^#VALUE! .*KAL_(SESSION_ENDED|CONNECTION_UNKNOWN)/);
});

/** A clock that the test can move. */
function movableClock() {
  let ahead = 0;
  class MovedDate extends Date {
    constructor(...given: unknown[]) {
      super(...((given.length > 0 ? given : [MovedDate.now()]) as [number]));
    }
    static override now = () => Date.now() + ahead;
  }
  const clock = {
    setTimeout: (callback: () => void, delay: number): unknown => setTimeout(callback, delay),
    clearTimeout: (handle: never) => clearTimeout(handle),
    setInterval: (callback: () => void, delay: number): unknown => setInterval(callback, delay),
    clearInterval: (handle: never) => clearInterval(handle),
    Date: MovedDate as DateConstructor,
  };
  return { clock, sleep: (hours: number) => void (ahead += hours * 3_600_000) };
}

it("shows new data after a night’s sleep, or that the session has ended", async () => {
  const service = await startService();
  const connection = await service.connect({ environment: "sample" });
  const { clock, sleep } = movableClock();
  const asked = vi.fn(fetch);
  const { call } = await openExcel({ service, connections: [connection], clock, fetch: asked });
  await call("QUERY", ...names);
  await call("QUERY", ...names);
  expect(asked).toHaveBeenCalledTimes(1);
  sleep(9);
  expect(valuesOf(await call("QUERY", ...names))).toHaveLength(3);
  await call("QUERY", ...names);
  expect(asked).toHaveBeenCalledTimes(2);

  await end(service, connection.ticket);
  sleep(9);
  const error = errorOf(await call("QUERY", ...names));
  expect(error).toMatch(/^#VALUE! .*KAL_SESSION_ENDED/);
  expect(asked).toHaveBeenCalledTimes(3);
  expect(valuesOf(await call("STATUS", "state"))).toEqual([["not connected"]]);
  expect(errorOf(await call("QUERY", ...names))).toContain("KAL_NOT_CONNECTED");
  expect(asked).toHaveBeenCalledTimes(3);
});

it("does not cache failures for hours when the clock is set back", async () => {
  const service = await startService();
  const { clock, sleep } = movableClock();
  const { call } = await openExcel({ service, clock });
  sleep(9);
  service.simulator.faults.add({ kind: "malformed" });
  expect(errorOf(await call("QUERY", ...names))).toContain("KAL_UPSTREAM_INVALID");
  service.simulator.faults.clear();
  sleep(-9);
  expect(errorOf(await call("QUERY", ...names))).toContain("KAL_UPSTREAM_INVALID");
  sleep(1 / 60);
  expect(valuesOf(await call("QUERY", ...names))).toHaveLength(3);
});
