/** Commands that find nothing to do or skip something: they open the pane. The browser tests check its texts. */
import { expect, it } from "vitest";
import type { CellResult } from "../../../src/workbench/excel-host/cells.ts";
import { openCells } from "./cells.ts";
import { startService } from "./kal.ts";

const sites = '=KAL.QUERY("site","(entityVariant=Own)","importCode, name",0,3)';
const brands = '=KAL.QUERY("reference/Brand",,"name",0,1)';
const failed: CellResult = [[{ error: "#VALUE!" }]];

/** Workbooks without our formulas, with the selected cell. */
const withoutOurs: Readonly<Record<string, readonly [string, CellResult]>> = {
  "Sheet1!F1": ['=OTHER.QUERY("KAL")', [[{ value: 1 }]]],
};
const withOurs = { ...withoutOurs, "Sheet1!B2": [sites, [[{ value: "1001" }, { value: "a" }]]] } as const;
const withFailed = { ...withOurs, "Sheet1!B7": [brands, failed] } as const;

it.each([
  ["refreshSelection", "on other cells", withOurs, "F1", true],
  ["refreshSelection", "on a spilled cell", withOurs, "C2", false],
  ["refreshSheet", "of a sheet without any", withoutOurs, "A1", true],
  ["refreshSheet", "of a sheet with one", withOurs, "A1", false],
  ["refreshWorkbook", "of a workbook without any", withoutOurs, "A1", true],
  ["refreshWorkbook", "of a workbook with one", withOurs, "A1", false],
  ["retryFailed", "where nothing has failed", withOurs, "B2", true],
  ["retryFailed", "where one has", withFailed, "F1", false],
  ["convertSelection", "of other cells", withOurs, "F1", true],
  ["convertSelection", "of a spilled cell", withOurs, "C2", false],
  ["convertSelection", "of one that shows an error", withFailed, "B7", true],
  ["convertSelection", "of several of which one shows an error", withFailed, "B2:B7", true],
])("%s %s: the pane comes forward where there is something to tell", async (command, _, saved, at, tells) => {
  const excel = await openCells({ service: await startService(), saved });
  await excel.host.ready;
  excel.select(at);
  await excel.press(command);
  await excel.settled();
  expect(excel.host.paneVisible).toBe(tells);
});

it.each(["refreshSelection", "refreshSheet", "refreshWorkbook"])(
  "%s without a connection keeps the values and opens the pane",
  async (command) => {
    const service = await startService();
    const excel = await openCells({ service, saved: withFailed, connections: [] });
    await excel.host.ready;
    excel.select("B2");
    await excel.press(command);
    expect(excel.calculated).toEqual([]);
    expect(excel.read("B2").value).toBe("1001");
    expect(excel.host.paneVisible).toBe(true);
  },
);

it("opens the pane when data is paused or resumed, and for a refresh in between", async () => {
  const excel = await openCells({ service: await startService(), saved: withOurs });
  const { host } = excel;
  await host.ready;
  for (const command of ["togglePause", "refreshSheet", "togglePause"]) {
    host.setPaneVisible(false);
    await excel.press(command);
    expect(host.paneVisible).toBe(true);
  }
  host.setPaneVisible(false);
  await excel.press("refreshSheet");
  expect(host.paneVisible).toBe(false);
});
