/** Two people in one workbook, each with a copy of its settings from when they opened it. */
import { expect, it } from "vitest";
import { createMemorySpreadsheet } from "../../../src/workbench/excel-host/memory-spreadsheet.ts";
import { createMemoryWorkbook } from "../../../src/workbench/excel-host/workbook.ts";
import { openExcel, startService } from "./kal.ts";
import { openTables } from "./tables.ts";

/** One workbook, opened by two people before either has changed anything. */
async function openTwice() {
  const service = await startService();
  const workbook = createMemoryWorkbook();
  const shared = createMemorySpreadsheet();
  const open = () => openTables({ service, workbook, change: () => shared });
  return { shared, ada: await open(), ben: await open() };
}

it("keeps the tables that both have inserted, and lets either person refresh both", async () => {
  const { ada, ben } = await openTwice();
  await ada.insertTable({ collection: "site", limit: 2 }, { place: "Sheet1!A1" });
  await ben.insertTable({ collection: "product", limit: 2 }, { place: "Sheet1!A20" });
  for (const person of [ada, ben]) {
    expect(await person.refreshTables("workbook")).toEqual([
      { name: "KAL_site", rows: 2 },
      { name: "KAL_product", rows: 2 },
    ]);
  }
});

it("keeps a table that one of them has not received yet", async () => {
  const { ada, ben, shared } = await openTwice();
  await ada.insertTable({ collection: "site", limit: 2 }, { place: "Sheet1!A1" });
  const [table] = shared.tables();
  shared.removeTable(table!.id);
  expect(await ben.refreshTables("workbook")).toEqual([]);
  shared.addTable(table!.name, table!.area);
  expect(await ada.refreshTables("workbook")).toEqual([{ name: "KAL_site", rows: 2 }]);
});

it("keeps one person's settings when the other saves", async () => {
  const workbook = createMemoryWorkbook();
  const excel = await openExcel({ service: await startService(), workbook });
  await excel.host.ready;
  workbook.writeSettings({ "KAL.refreshOnOpen": "true" });
  await excel.call("QUERY", "site", null, null, null, 1);
  await expect
    .poll(() => workbook.readSettings())
    .toMatchObject({
      "KAL.refreshOnOpen": "true",
      "KAL.connection": `"sample"`,
      "KAL.dates": `"yyyy-mm-dd"`,
    });
});

it("does not save unchanged values again, because that may clear undo", async () => {
  const workbook = createMemoryWorkbook();
  const written: object[] = [];
  const writeSettings = (settings: Readonly<Record<string, string>>) => {
    written.push(settings);
    workbook.writeSettings(settings);
  };
  const excel = await openTables({ service: await startService(), workbook: { ...workbook, writeSettings } });
  for (const name of ["north", "north", "south", "south"]) excel.writeWorkbookSettings({ name });
  await expect.poll(() => written.at(-1)).toEqual({ name: `"south"` });
  expect(written).toHaveLength(1);
  excel.writeWorkbookSettings({ name: "south", other: 1 });
  await expect.poll(() => written.at(-1)).toMatchObject({ other: "1" });
  expect(written).toHaveLength(2);
});
