/** Coming back to a workbook after another one has connected or Excel has ended the runtime. */
import { expect, it } from "vitest";
import { openCells } from "./cells.ts";
import { dataRequests, errorOf, startService, storedFrom } from "./kal.ts";

const site = '=KAL.QUERY("site","(entityVariant=Own)","name",0,1)';
const busy = [[{ error: "#BUSY!" }]] as const;

it("finds another workbook's new connection without a storage event", async () => {
  const service = await startService();
  const excel = await openCells({ service, connections: [], behaviours: { storageEvents: "missing" } });
  excel.enter("B2", site);
  await excel.settled();
  expect(excel.read("B2").value).toBe("#VALUE!");
  excel.connectElsewhere([await service.connect({ environment: "sample" })]);
  await expect.poll(() => excel.read("B2").value).toEqual(expect.stringMatching(/^[A-Z]/));
});

it("connects in a page that shares no storage, which reports that it is not connected", async () => {
  const service = await startService();
  const excel = await openCells({ service, behaviours: { storage: "ofPage" } });
  excel.enter("B2", site);
  await excel.settled();
  expect(excel.read("B2").value).toBe("#VALUE!");
  expect(errorOf(await excel.call("QUERY", "site"))).toContain("KAL_NOT_CONNECTED");
  expect(dataRequests(service)).toEqual([]);
  excel.connectElsewhere([await service.connect({ environment: "sample" })]);
  await expect.poll(() => excel.read("B2").value).toEqual(expect.stringMatching(/^[A-Z]/));
  const shown = excel.read("B2").value;
  const requests = dataRequests(service).length;
  // The next page is not connected: cells keep their values, and a call reports it.
  await excel.restart();
  await excel.press("refreshWorkbook");
  expect([excel.read("B2").value, dataRequests(service).length]).toEqual([shown, requests]);
  const { result } = excel.host.invoke({ functionId: "QUERY", args: ["product"] });
  expect(errorOf(await result)).toContain("KAL_NOT_CONNECTED");
});

it("finds it on Refresh without opening the pane", async () => {
  const service = await startService();
  const excel = await openCells({ service, connections: [] });
  excel.enter("B2", site);
  await excel.settled();
  const [connection] = [await service.connect({ environment: "sample" })];
  excel.storage.setItem("kal.connections", storedFrom([connection]));
  await excel.press("refreshWorkbook");
  await expect.poll(() => excel.read("B2").value).toEqual(expect.stringMatching(/^[A-Z]/));
});

it("recalculates abandoned #BUSY! cells when the pane is opened, not when the workbook is", async () => {
  const service = await startService();
  const excel = await openCells({
    service,
    saved: {
      "Sheet1!B2": [site, busy],
      "Sheet1!B4": ['=KAL.QUERY("product",,"entityId",0,1)', [[{ value: "as saved" }]]],
      "Sheet1!B6": ['=KAL.QUERY("price",,"entityId",0,1)', [[{ error: "#VALUE!" }]]],
    },
  });
  await excel.host.ready;
  await excel.press("showPane");
  await excel.settled();
  expect(excel.calculated).toEqual(["Sheet1!B2"]);
  expect(excel.read("B2").value).toMatch(/^[A-Z]/);
});

it("recalculates waiting cells after Excel for Mac has ended the runtime", async () => {
  const service = await startService();
  const excel = await openCells({ service, behaviours: { closedPane: "endsRuntime" } });
  await excel.host.ready;
  service.simulator.faults.add({ kind: "slow", delay: 60_000, path: "/api/site", times: 1 });
  excel.enter("B2", site);
  await expect.poll(() => dataRequests(service).length).toBe(1);
  excel.leaveFor(25);
  await excel.restart();
  expect(excel.read("B2").value).toBe("#BUSY!");
  await excel.host.ready;
  excel.host.setPaneVisible(true);
  await excel.settled();
  expect(excel.read("B2").value).toMatch(/^[A-Z]/);
});

it("aborts requests in a web view without AbortSignal.any", async () => {
  const signals: AbortSignal[] = [];
  const service = await startService();
  const hanging = ((address: string | URL, init: RequestInit) => {
    if (!String(address).endsWith("/query")) return fetch(address, init);
    signals.push(init.signal!);
    return new Promise<Response>(() => undefined);
  }) as typeof fetch;
  const behaviours = { abortSignalAny: "missing" } as const;
  const excel = await openCells({ service, fetch: hanging, behaviours });
  excel.enter("B2", site);
  await expect.poll(() => signals.length).toBe(1);
  expect(signals[0]!.aborted).toBe(false);
  excel.enter("B2", "typed over it");
  await expect.poll(() => signals[0]!.aborted).toBe(true);
});
