/** Failed cells get their values as soon as the cause is gone. */
import { expect, it } from "vitest";
import { requestHeader } from "../../../src/kalibrate/gateway-api.ts";
import { ApiError } from "../../../src/workbench/excel-host/api-object.ts";
import type { CellResult } from "../../../src/workbench/excel-host/cells.ts";
import { openCells } from "./cells.ts";
import { dataRequests, startService } from "./kal.ts";

const sites = '=KAL.QUERY("site","(entityVariant=Own)","importCode, name",0,3)';
const products = '=KAL.QUERY("product","(entityVariant=Own)","entityId",0,2)';
const brands = '=KAL.QUERY("reference/Brand",,"name",0,1)';
const wrapped = `=IFERROR(${products.slice(1)},"none")`;
const failed: CellResult = [[{ error: "#VALUE!" }]];

it("recalculates what failed here, wrapped or not, and nothing else, after connecting in another workbook", async () => {
  const service = await startService();
  const excel = await openCells({ service, connections: [], saved: { "Sheet1!H1": [brands, failed] } });
  excel.enter("B2", sites);
  excel.enter("F2", wrapped);
  excel.enter("F5", '=OTHER.QUERY("KAL")');
  excel.enter("F7", products);
  await excel.settled();
  expect([excel.read("B2").value, excel.read("F2").value]).toEqual(["#VALUE!", "none"]);
  // Its call failed, but its formula has changed since.
  excel.enter("F7", '=OTHER.QUERY("KAL")');
  excel.calculated.length = 0;
  excel.connectElsewhere([await service.connect({ environment: "sample" })]);
  await expect.poll(() => excel.calculated.length).toBeGreaterThan(0);
  await excel.settled();
  expect(excel.calculated.toSorted()).toEqual(["Sheet1!B2", "Sheet1!F2", "Sheet1!H1"]);
  for (const address of ["B2", "F2", "H1"]) expect(excel.read(address).value).toMatch(/^[^#]/);
  expect(excel.read("F2").value).not.toBe("none");
});

it("recalculates a cell with one failed call among several, but not one whose formula was corrected", async () => {
  const service = await startService();
  const excel = await openCells({ service, connections: [] });
  const state = 'KAL.STATUS("state")';
  excel.enter("B2", `${wrapped}&${state}`);
  excel.enter("B3", products);
  await excel.settled();
  expect(excel.read("B2").value).toBe("nonenot connected");
  // Its first formula failed; its current one did not.
  excel.enter("B3", `=${state}`);
  await excel.settled();
  excel.calculated.length = 0;
  excel.connectElsewhere([await service.connect({ environment: "sample" })]);
  await expect.poll(() => excel.read("B2").value).toMatch(/^[^n].*connected$/);
  await excel.settled();
  // The second cell shows the connection: it follows each change once.
  expect(excel.calculated.toSorted()).toEqual(["Sheet1!B2", "Sheet1!B3"]);
  expect(excel.read("B3").value).toBe("connected");
  excel.connectElsewhere([]);
  await expect.poll(() => excel.read("B3").value).toBe("not connected");
});

it("recalculates cells whose connection was ended everywhere as soon as there is a new one", async () => {
  const service = await startService();
  const connection = await service.connect({ environment: "sample" });
  const excel = await openCells({ service, connections: [connection] });
  excel.enter("D1", brands);
  await excel.settled();
  await fetch(`${service.origin}/api/v1/session`, {
    method: "DELETE",
    headers: { Authorization: `Bearer ${connection.ticket}`, [requestHeader.name]: requestHeader.value },
  });
  excel.enter("B2", sites);
  excel.enter("F2", wrapped);
  await excel.settled();
  expect([excel.read("B2").value, excel.read("F2").value]).toEqual(["#VALUE!", "none"]);
  excel.calculated.length = 0;
  // Losing a connection must not cause calls.
  excel.connectElsewhere([]);
  excel.connectElsewhere([await service.connect({ environment: "sample" })]);
  await expect.poll(() => excel.calculated.length).toBeGreaterThan(0);
  await excel.settled();
  expect(excel.calculated.toSorted()).toEqual(["Sheet1!B2", "Sheet1!F2"]);
  expect(excel.read("B2").value).toMatch(/^\d+$/);
});

it("recalculates what failed once when the network returns, however often that is reported", async () => {
  const service = await startService();
  const excel = await openCells({ service });
  excel.enter("D1", brands);
  await excel.settled();
  service.simulator.faults.add({ kind: "malformed" });
  excel.enter("B2", sites);
  excel.enter("F2", wrapped);
  await excel.settled();
  service.simulator.faults.clear();
  excel.calculated.length = 0;
  for (let time = 0; time < 3; time++) excel.raise({ type: "online" });
  await expect.poll(() => excel.read("F2").value).not.toBe("none");
  await excel.settled();
  expect(excel.read("B2").value).toMatch(/^\d+$/);
  expect(excel.calculated.toSorted()).toEqual(["Sheet1!B2", "Sheet1!F2"]);
});

it("caches a failure for a while, unless somebody tries again", async () => {
  const service = await startService();
  const excel = await openCells({ service });
  service.simulator.faults.add({ kind: "malformed" });
  excel.enter("B2", sites);
  excel.enter("F2", wrapped);
  await excel.settled();
  service.simulator.faults.clear();
  service.simulator.clearRequests();
  excel.spreadsheet.calculate([excel.spreadsheet.usedArea("sheet-1")!]);
  await excel.settled();
  expect(excel.read("B2").value).toBe("#VALUE!");
  expect(dataRequests(service)).toEqual([]);
  excel.calculated.length = 0;
  await excel.press("retryFailed");
  await excel.settled();
  expect(excel.calculated.toSorted()).toEqual(["Sheet1!B2", "Sheet1!F2"]);
  expect(excel.read("B2").value).toMatch(/^\d+$/);
  expect(excel.read("F2").value).not.toBe("none");
});

it("retries the next time what Excel refused to recalculate", async () => {
  const state = { refuses: false };
  const excel = await openCells({
    service: await startService(),
    change: (model) => ({
      markDirty(areas) {
        if (state.refuses) throw new ApiError("AccessDenied", "The sheet is protected.");
        model.markDirty(areas);
      },
    }),
  });
  // The cell's value does not show that its call has failed.
  excel.enter("B2", '=IFERROR(KAL.QUERY("nonsense"),"none")');
  await excel.settled();
  expect(excel.read("B2").value).toBe("none");
  excel.calculated.length = 0;
  state.refuses = true;
  await excel.press("retryFailed");
  expect(excel.calculated).toEqual([]);
  state.refuses = false;
  await excel.press("retryFailed");
  await excel.settled();
  expect(excel.calculated).toEqual(["Sheet1!B2"]);
});
