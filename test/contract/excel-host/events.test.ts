/** Events that Excel sends to an add-in: of the workbook, of its ribbon buttons, of its shortcuts. */
import { describe, expect, it } from "vitest";
import { createMemorySpreadsheet } from "../../../src/workbench/excel-host/memory-spreadsheet.ts";
import { openFixture } from "./fixture.ts";

type OfficeWindow = { Office: typeof Office; Excel: typeof Excel };

async function openOffice(code = "") {
  const spreadsheet = createMemorySpreadsheet();
  const { host, page } = openFixture(code, { host: { spreadsheet } });
  await host.ready;
  const sheetId = spreadsheet.activeSheetId();
  const cell = (row: number, column: number) => ({ sheetId, row, column, rows: 1, columns: 1 });
  return { ...(page.window as unknown as OfficeWindow), window: page.window, host, spreadsheet, cell };
}

describe("events of the workbook", () => {
  it("report the selection in each of three ways, until the handlers are removed", async () => {
    const { Excel, spreadsheet, cell } = await openOffice();
    const seen: string[] = [];
    await Excel.run(async (context) => {
      const { workbook } = context;
      const sheet = workbook.worksheets.getActiveWorksheet();
      const handlers = [
        sheet.onSelectionChanged.add(async ({ address }) => void seen.push(`sheet ${address}`)),
        workbook.worksheets.onSelectionChanged.add(
          async ({ address }) => void seen.push(`sheets ${address}`),
        ),
        workbook.onSelectionChanged.add(async () => void seen.push("workbook")),
      ];
      await context.sync();
      spreadsheet.select({ ...cell(1, 1), rows: 2 });
      await expect.poll(() => [...seen].sort()).toEqual(["sheet B2:B3", "sheets B2:B3", "workbook"]);

      seen.length = 0;
      handlers[0]!.remove();
      handlers[2]!.remove();
      await context.sync();
      spreadsheet.select(cell(4, 4));
      await expect.poll(() => seen).toEqual(["sheets E5"]);
      handlers[1]!.remove();
      await context.sync();
    });
  });

  it("report what is written, by whom and where", async () => {
    const { Excel, spreadsheet, cell } = await openOffice();
    const seen: unknown[] = [];
    await Excel.run(async (context) => {
      context.workbook.worksheets.onChanged.add(async ({ address, changeType, triggerSource, getRange }) => {
        await Excel.run(async (inner) => {
          const range = getRange(inner).load("values");
          await inner.sync();
          seen.push([address, changeType, triggerSource, range.values]);
        });
      });
      await context.sync();
    });
    spreadsheet.write({ ...cell(2, 0), columns: 2 }, [["a", 1]]);
    const byPerson = ["A3:B3", "RangeEdited", "Unknown", [["a", 1]]];
    await expect.poll(() => seen).toEqual([byPerson]);
    await Excel.run(async (context) => {
      context.workbook.worksheets.getActiveWorksheet().getRange("A3").values = [["b"]];
      await context.sync();
    });
    const byAddin = ["A3", "RangeEdited", "ThisLocalAddin", [["b"]]];
    await expect.poll(() => seen).toEqual([byPerson, byAddin]);
  });

  it("report added, deleted and activated sheets", async () => {
    const { Excel } = await openOffice();
    const seen: string[] = [];
    await Excel.run(async (context) => {
      const { worksheets } = context.workbook;
      worksheets.onAdded.add(async () => void seen.push("added"));
      worksheets.onDeleted.add(async () => void seen.push("deleted"));
      worksheets.onActivated.add(async () => void seen.push("activated"));
      worksheets.onDeactivated.add(async () => void seen.push("deactivated"));
      await context.sync();
      const sheet = worksheets.add("Other");
      sheet.activate();
      await context.sync();
      sheet.delete();
      await context.sync();
    });
    await expect
      .poll(() => seen)
      .toEqual(["added", "deactivated", "activated", "deactivated", "activated", "deleted"]);
  });
});

describe("commands", () => {
  it("press a button: its function gets the button's id, and reports when it has finished", async () => {
    const { host, window } = await openOffice(
      `Office.actions.associate("refreshSheet", (event) => {
        window.pressed = event.source.id;
        setTimeout(() => { window.done = true; event.completed(); }, 0);
      });`,
    );
    await host.runCommand("refreshSheet", "Kalibrate.RefreshSheet");
    expect(window.pressed).toBe("Kalibrate.RefreshSheet");
    expect(window.done).toBe(true);
  });

  it("execute a click from before the add-in has loaded", async () => {
    const { host, page } = openFixture(
      `Office.actions.associate("early", (event) => { window.pressed = true; event.completed(); });`,
    );
    await host.runCommand("early", "Button");
    expect(page.window.pressed).toBe(true);
  });

  it("reject if there is no such function or the page has been closed", async () => {
    const { host } = await openOffice(`Office.actions.associate("hangs", () => undefined);`);
    await expect(host.runCommand("nothing", "Button")).rejects.toThrow("no function nothing");
    const waiting = host.runCommand("hangs", "Button");
    host.close();
    await expect(waiting).rejects.toThrow("closed");
  });

  it("run an action, as a keyboard shortcut does", async () => {
    const { host, window } = await openOffice(
      `Office.actions.associate("ShowPane", () => { window.ran = true; });`,
    );
    host.runAction("ShowPane");
    await expect.poll(() => window.ran).toBe(true);
  });
});

describe("the ribbon", () => {
  it("accepts the add-in's changes", async () => {
    const wishes: unknown[] = [];
    const { host, page } = openFixture("", {
      host: {
        ribbon: {
          setEnabled: (...wish) => wishes.push(wish),
          setVisible: (...wish) => wishes.push(wish),
        },
      },
    });
    await host.ready;
    const { Office } = page.window as unknown as OfficeWindow;
    await Office.ribbon.requestUpdate({
      tabs: [{ id: "Kalibrate.Tab", visible: true, controls: [{ id: "Kalibrate.Refresh", enabled: false }] }],
    });
    expect(wishes).toEqual(
      expect.arrayContaining([
        ["Kalibrate.Tab", true],
        ["Kalibrate.Refresh", false],
      ]),
    );
  });
});
