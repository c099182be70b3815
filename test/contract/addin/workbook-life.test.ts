/** Ribbon commands on the cells of a workbook, and what happens without a command. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { CellResult } from "../../../src/workbench/excel-host/cells.ts";
import { openCells } from "./cells.ts";
import { dataRequests, type Service, startService } from "./kal.ts";

const sites = '=KAL.QUERY("site","(entityVariant=Own)","importCode, name",0,3)';
const products = '=KAL.QUERY("product","(entityVariant=Own)","entityId",0,2)';
const brands = '=KAL.QUERY("reference/Brand",,"name",0,1)';
const failed: CellResult = [[{ error: "#VALUE!" }]];

/** Three KAL cells on two sheets and one other formula, all calculated. */
async function openThree(service: Service) {
  const excel = await openCells({ service });
  excel.spreadsheet.addSheet("Sheet2");
  excel.enter("Sheet1!B2", sites);
  excel.enter("Sheet1!D8", brands);
  excel.enter("Sheet1!F1", '=OTHER.QUERY("KAL")');
  excel.enter("Sheet2!A1", products);
  await excel.settled();
  excel.calculated.length = 0;
  service.simulator.clearRequests();
  return excel;
}

it("has every function named in the manifest", async () => {
  const manifest = readFileSync("manifest.xml", "utf8");
  const names = [...manifest.matchAll(/<FunctionName>(.*)<\/FunctionName>/g)].map(([, name]) => name!);
  const { press } = await openCells({ service: await startService() });
  expect(new Set(names).size).toBe(12);
  for (const name of names) await press(name);
});

interface Shortcuts {
  readonly actions: readonly { readonly id: string }[];
  readonly shortcuts: readonly { readonly action: string; readonly key: Readonly<Record<string, string>> }[];
}

it("has an action and keys for every platform for every shortcut, which does the same as its button", async () => {
  const service = await startService();
  const { actions, shortcuts } = (await (
    await fetch(`${service.origin}/shortcuts.json`)
  ).json()) as Shortcuts;
  expect(shortcuts.map(({ action }) => action)).toEqual(actions.map(({ id }) => id));
  for (const { key } of shortcuts) {
    expect(Object.keys(key)).toEqual(["default", "windows", "web", "mac"]);
    for (const keys of Object.values(key)) expect(keys).toMatch(/^(Ctrl|Command)\+Alt\+Shift\+[A-Z]$/);
  }
  const excel = await openThree(service);
  const { Office: office } = excel.page.window as { Office: typeof Office };
  const known = (office.actions as unknown as { _association: { mappings: object } })._association.mappings;
  for (const { id } of actions) expect(Object.keys(known)).toContain(id.toUpperCase());
  excel.select("D8");
  excel.host.runAction("refreshSelection");
  await expect.poll(() => excel.calculated).toEqual(["Sheet1!D8"]);
});

it("executes a click from before the add-in has loaded", async () => {
  const service = await startService();
  const excel = await openCells({ service, saved: { "Sheet1!B2": [sites, failed] } });
  const pressed = excel.press("refreshWorkbook");
  let isReady = false;
  void excel.host.ready.then(() => (isReady = true));
  expect(isReady).toBe(false);
  await pressed;
  await excel.settled();
  expect(excel.read("B2").value).toMatch(/^\d+$/);
});

it("answers only from the cache while paused, and requests the rest when resumed", async () => {
  const service = await startService();
  const excel = await openThree(service);
  await excel.press("togglePause");
  excel.enter("H1", '=KAL.QUERY("site","(entityVariant=Own)","name",0,1)');
  excel.enter("H3", sites);
  await excel.settled();
  expect(excel.read("H1").value).toBe("#VALUE!");
  expect(excel.read("H3").value).toBe(excel.read("B2").value);
  expect(dataRequests(service)).toEqual([]);
  excel.calculated.length = 0;
  await excel.press("togglePause");
  await excel.settled();
  expect(excel.calculated).toEqual(["Sheet1!H1"]);
  expect(excel.read("H1").value).toMatch(/^[A-Z]/);
});

it.each([
  [
    "refreshWorkbook",
    ["Sheet1!B2", "Sheet1!D8", "Sheet2!A1"],
    ["/api/site", "/api/reference/brand", "/api/product"],
  ],
  ["refreshSheet", ["Sheet1!B2", "Sheet1!D8"], ["/api/site", "/api/reference/brand"]],
  ["refreshSelection", ["Sheet1!D8"], ["/api/reference/brand"]],
])("%s recalculates the KAL cells of its scope once, with new data", async (command, addresses, paths) => {
  const service = await startService();
  const excel = await openThree(service);
  excel.select("C5:F8");
  await excel.press(command);
  await excel.settled();
  expect(excel.calculated.toSorted()).toEqual(addresses);
  const asked = dataRequests(service).map((request) => request.split("?")[0]!.toLowerCase());
  expect([...new Set(asked)].toSorted()).toEqual(paths.toSorted());
});

it("makes no request when calculating without a refresh, and returns the same answer", async () => {
  const service = await startService();
  const excel = await openThree(service);
  const before = excel.read("C4").value;
  excel.spreadsheet.calculate([excel.spreadsheet.usedArea("sheet-1")!]);
  await excel.settled();
  expect(excel.calculated).toContain("Sheet1!B2");
  expect(excel.read("C4").value).toBe(before);
  expect(dataRequests(service)).toEqual([]);
});

it("refreshes a table of which one cell in the middle is selected", async () => {
  const service = await startService();
  const excel = await openThree(service);
  excel.select("C4");
  await excel.press("refreshSelection");
  await excel.settled();
  expect(excel.calculated).toEqual(["Sheet1!B2"]);
});

it("finds whole columns selected, and nothing where nothing is", async () => {
  const service = await startService();
  const excel = await openThree(service);
  excel.spreadsheet.select({ sheetId: "sheet-1", row: 0, column: 0, rows: 1_048_576, columns: 3 });
  await excel.press("refreshSelection");
  await excel.settled();
  expect(excel.calculated).toEqual(["Sheet1!B2"]);
  excel.select("H20");
  await excel.press("refreshSelection");
  expect(excel.calculated).toEqual(["Sheet1!B2"]);
});

it("refreshes a formula that Excel writes with a prefix of its own", async () => {
  const service = await startService();
  const excel = await openCells({ service });
  excel.enter("B2", sites.replace("KAL.", "_xldudf_KAL_"));
  await excel.settled();
  excel.calculated.length = 0;
  await excel.press("refreshWorkbook");
  await excel.settled();
  expect(excel.calculated).toEqual(["Sheet1!B2"]);
  expect(excel.read("B2").value).toMatch(/^\d+$/);
});

it("calls nothing when a saved workbook is opened, although it shows errors and there is a connection", async () => {
  const service = await startService();
  const excel = await openCells({
    service,
    saved: {
      "Sheet1!B2": [sites, [[{ value: "1001" }, { value: "as saved" }]]],
      "Sheet1!F2": [brands, failed],
    },
  });
  await excel.host.ready;
  excel.select("A1");
  // The ribbon works, so the add-in has started.
  await excel.press("refreshSelection");
  expect(excel.calculated).toEqual([]);
  expect(dataRequests(service)).toEqual([]);
  expect(excel.read("C2").value).toBe("as saved");
});
