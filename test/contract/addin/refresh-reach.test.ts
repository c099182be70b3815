/**
 * Refresh, Try failed again and Convert find all our cells: behind names and LAMBDAs, with manual calculation, beside
 * sheets on which Excel refuses.
 */
import { describe, expect, it } from "vitest";
import { ApiError } from "../../../src/workbench/excel-host/api-object.ts";
import type { CellResult } from "../../../src/workbench/excel-host/cells.ts";
import { publicCase } from "../../support/public-cases.ts";
import { openCells } from "./cells.ts";
import { dataRequests, startService } from "./kal.ts";

const sites = 'KAL.QUERY("site","(entityVariant=Own)","importCode, name",0,3)';
const failed: CellResult = [[{ error: "#VALUE!" }]];

async function openNames() {
  const service = await startService();
  const excel = await openCells({ service });
  await excel.host.ready;
  const { spreadsheet } = excel;
  const prices = spreadsheet.addSheet("Prices");
  spreadsheet.setName("SiteList", `=${sites}`);
  spreadsheet.setName("Alias", "=SiteList");
  spreadsheet.setName(
    "SiteName",
    '=LAMBDA(code,KAL.LOOKUP("site","(entityVariant=Own)","name","importCode",code))',
  );
  spreadsheet.setName("Local", `=${sites}`, prices);
  spreadsheet.setName("Label", '="KAL.QUERY(1)"');
  return { service, excel };
}

publicCase("C1", async () => {
  const { excel, service } = await openNames();
  excel.enter("B2", "=SiteList");
  await excel.settled();
  excel.calculated.length = 0;
  service.simulator.clearRequests();
  await excel.press("refreshWorkbook");
  await excel.settled();
  return `${excel.calculated.join(", ")} is calculated again, with ${dataRequests(service).length} new request`;
});

publicCase("C2", async () => {
  const { excel } = await openNames();
  excel.enter("B2", `=${sites}`);
  await excel.settled();
  excel.spreadsheet.setCalculationMode("Manual");
  excel.calculated.length = 0;
  await excel.press("refreshWorkbook");
  await excel.settled();
  const pane = excel.host.paneVisible ? ", and the pane names F9 for what builds on it" : "";
  return `${excel.calculated.join(", ")} is calculated again${pane}`;
});

describe("cells that call through names", () => {
  it.each(["refreshWorkbook", "refreshSheet"])("%s finds them, and no others", async (command) => {
    const { excel } = await openNames();
    const ours = {
      B2: "=Alias",
      F2: '=SiteName("1001")',
      F3: `=LET(list,${sites},ROWS(list))`,
      F4: "=ROWS(SiteList)",
      F5: "=Prices!Local",
    };
    const others = {
      H1: "=Label",
      H2: '="SiteList"',
      H3: "=LET(SiteList,5,SiteList)",
      H4: "=OTHER.QUERY(SiteLists)",
    };
    for (const [address, formula] of Object.entries({ ...ours, ...others })) excel.enter(address, formula);
    excel.enter("Prices!B2", "=Local");
    await excel.settled();
    excel.calculated.length = 0;
    await excel.press(command);
    await excel.settled();
    const expected = Object.keys(ours).map((address) => `Sheet1!${address}`);
    if (command === "refreshWorkbook") expected.push("Prices!B2");
    expect(excel.calculated.toSorted()).toEqual(expected.toSorted());
  });

  it("refreshes a selected one, and converts it to its values", async () => {
    const { excel } = await openNames();
    excel.enter("B2", "=SiteList");
    await excel.settled();
    excel.calculated.length = 0;
    excel.select("C3");
    await excel.press("refreshSelection");
    await excel.settled();
    expect(excel.calculated).toEqual(["Sheet1!B2"]);
    await excel.press("convertSelection");
    expect(excel.read("B2").formula).toMatch(/^\d+$/);
  });

  it("retries a failed one, whatever its cell shows", async () => {
    const { excel, service } = await openNames();
    service.simulator.faults.add({ kind: "malformed" });
    excel.enter("B2", "=SiteList");
    excel.enter("F2", '=IFERROR(SiteName("1001"),"none")');
    await excel.settled();
    service.simulator.faults.clear();
    excel.calculated.length = 0;
    await excel.press("retryFailed");
    await excel.settled();
    expect(excel.calculated.toSorted()).toEqual(["Sheet1!B2", "Sheet1!F2"]);
    expect(excel.read("F2").value).not.toBe("none");
  });
});

it("retries failed cells with manual calculation, too, and F9 does not calculate them twice", async () => {
  const service = await startService();
  const saved = { "Sheet1!B2": [`=${sites}`, failed] } as const;
  const excel = await openCells({ service, saved, connections: [] });
  await excel.host.ready;
  excel.spreadsheet.setCalculationMode("Manual");
  excel.connectElsewhere([await service.connect({ environment: "sample" })]);
  await expect.poll(() => excel.calculated).toEqual(["Sheet1!B2"]);
  await excel.settled();
  expect(excel.read("B2").value).toMatch(/^\d+$/);
  excel.spreadsheet.calculateDirty();
  expect(excel.calculated).toEqual(["Sheet1!B2"]);
});

it("skips and reports a sheet on which Excel refuses, and refreshes the others", async () => {
  const service = await startService();
  const excel = await openCells({
    service,
    change: (model) => ({
      markDirty(areas) {
        if (areas.some(({ sheetId }) => sheetId !== "sheet-1")) {
          throw new ApiError("AccessDenied", "The sheet is protected.");
        }
        model.markDirty(areas);
      },
    }),
  });
  await excel.host.ready;
  excel.spreadsheet.addSheet("Prices");
  excel.enter("B2", `=${sites}`);
  excel.enter("Prices!B2", `=${sites}`);
  await excel.settled();
  excel.calculated.length = 0;
  await excel.press("refreshWorkbook");
  await excel.settled();
  expect(new Set(excel.calculated)).toEqual(new Set(["Sheet1!B2"]));
  expect(excel.host.paneVisible).toBe(true);
});

it("skips a cell with an open call when converting: it may show the old value", async () => {
  const service = await startService();
  const excel = await openCells({
    service,
    // This Excel shows the old value during a call (office-js 6930).
    change: (model) => ({
      read: (area) =>
        model
          .read(area)
          .map((row) => row.map((cell) => (cell.value === "#BUSY!" ? { ...cell, value: 1 } : cell))),
    }),
  });
  await excel.host.ready;
  service.simulator.faults.add({ kind: "slow", delay: 60_000 });
  excel.enter("B2", '=KAL.QUERY("reference/Brand",,"name",0,1)');
  excel.select("B2");
  await excel.press("convertSelection");
  expect(excel.read("B2").formula).toMatch(/^=KAL/);
  expect(excel.host.paneVisible).toBe(true);
});
