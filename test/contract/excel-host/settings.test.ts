/** What an add-in saves in the workbook: its settings, and whether opening the workbook starts it. */
import { describe, expect, it } from "vitest";
import { createMemoryWorkbook } from "../../../src/workbench/excel-host/workbook.ts";
import { openFixture } from "./fixture.ts";

type OfficeWindow = { Office: typeof Office; Excel: typeof Excel };

async function openOffice(workbook = createMemoryWorkbook()) {
  const { host, page } = openFixture("", { host: { workbook } });
  await host.ready;
  return page.window as unknown as OfficeWindow;
}

const save = (settings: Office.Settings) =>
  new Promise<string>((resolve) => settings.saveAsync(({ status }) => resolve(status as unknown as string)));

describe("settings of the workbook", () => {
  it("are the same for Excel.run and for the document", async () => {
    const workbook = createMemoryWorkbook({ old: "1" });
    const { Office, Excel } = await openOffice(workbook);
    const { settings } = Office.context.document;
    settings.set("KAL.dates", "formatted");
    settings.remove("old");
    expect(await save(settings)).toBe("succeeded");
    const seen = await Excel.run(async (context) => {
      const all = context.workbook.settings;
      all.add("KAL.refresh", { onOpen: true });
      const dates = all.getItem("KAL.dates").load("value");
      const old = all.getItemOrNullObject("old");
      all.load("items/key");
      await context.sync();
      return [dates.value as unknown, old.isNullObject, all.items.map(({ key }) => key)];
    });
    expect(seen).toEqual(["formatted", true, ["KAL.dates", "KAL.refresh"]]);
    await new Promise<void>((resolve) => settings.refreshAsync(() => resolve()));
    expect(settings.get("KAL.refresh")).toEqual({ onOpen: true });
    expect(workbook.readSettings()).toEqual({ "KAL.dates": `"formatted"`, "KAL.refresh": `{"onOpen":true}` });
  });

  it("can be changed and deleted by Excel.run", async () => {
    const workbook = createMemoryWorkbook({ kept: "1", gone: "2" });
    const { Excel } = await openOffice(workbook);
    await Excel.run(async (context) => {
      context.workbook.settings.getItem("kept").value = 3;
      context.workbook.settings.getItem("gone").delete();
      await context.sync();
    });
    expect(workbook.readSettings()).toEqual({ kept: "3" });
  });

  it("say whether opening the workbook starts the add-in", async () => {
    const workbook = createMemoryWorkbook();
    const { Office } = await openOffice(workbook);
    expect(await Office.addin.getStartupBehavior()).toBe("None");
    await Office.addin.setStartupBehavior(Office.StartupBehavior.load);
    expect(await Office.addin.getStartupBehavior()).toBe("Load");
    expect(workbook.startsAddin()).toBe(true);
  });
});
