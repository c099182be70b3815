/**
 * Workbooks opened, closed, saved and opened again, as Excel would.
 */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { SpreadsheetModel } from "../../src/workbench/excel-host/model.ts";
import { openBrowser } from "./open-browser.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

const sites = '=KAL.QUERY("site","(entityVariant=Own)","importCode, name, createdOn")';

async function openFile(workbench: OpenWorkbench, name: string, content: string): Promise<void> {
  const chooser = workbench.page.waitForEvent("filechooser");
  await workbench.choose("Open…Ctrl+O");
  await (await chooser).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });
}

describe.skipIf(!browser)(["workbooks", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  const fixture = useWorkbench(browser, (opened) => {
    workbench = opened;
  });

  const queries = () => fixture.service.simulator.requests.filter(({ path }) => path.includes("/site"));
  /** What the action opens beside this window, once its grid is there. */
  const windowOpenedBy = async (action: () => Promise<void>) => {
    const opened = workbench.page.context().waitForEvent("page");
    await action();
    const window = fixture.watch(await opened);
    await window.pane.getByRole("heading", { name: "Sample data" }).waitFor();
    await window.page.getByText("Sheet1").first().click();
    return window;
  };

  it("reopens with the values, formats and errors that were there, and calls no function", async () => {
    await workbench.enter("B2", sites);
    await workbench.enter("F2", '=KAL.QUERY("prices")');
    await workbench.enter("H2", "=COUNTA(B3:B10)");
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("importCode");
    await expect.poll(() => workbench.cell(1, 5), patience).toBe("#VALUE!");
    await expect.poll(() => workbench.cell(1, 7), patience).toBe(3);
    const before = await workbench.texts(1, 1, 6, 7);
    fixture.service.simulator.clearRequests();
    let calls = 0;
    workbench.page.on("request", (request) => {
      if (
        /\/api\/v1\/(query|batch|lookup|summary|as-of|market|status)$/.test(request.url()) &&
        request.method() === "POST"
      )
        calls++;
    });

    await workbench.choose("Close and reopen");
    await workbench.page.waitForEvent("load");
    await workbench.pane.getByRole("heading", { name: "Sample data" }).waitFor();
    await expect.poll(() => workbench.texts(1, 1, 6, 7), patience).toEqual(before);
    await workbench.goTo("F2");
    await workbench.page.getByRole("status").filter({ hasText: "KAL_COLLECTION_UNKNOWN" }).waitFor();
    expect(queries()).toEqual([]);
    expect(calls).toBe(0);

    await workbench.page.keyboard.press("Control+Alt+F9");
    // The service may answer from memory.
    await expect.poll(() => calls, patience).toBeGreaterThan(0);
    await expect.poll(() => workbench.texts(1, 1, 6, 7), patience).toEqual(before);
  });

  it("keeps what was typed when the page is reloaded", async () => {
    await workbench.enter("B2", "mine");
    await workbench.enter("B3", "=B2&1");
    await expect.poll(() => workbench.cell(2, 1), patience).toBe("mine1");
    // At once: what is kept a moment after a change must not be needed.
    await workbench.page.evaluate(() => {
      const { spreadsheet } = (window as unknown as { workbench: { spreadsheet: SpreadsheetModel } })
        .workbench;
      const place = { sheetId: spreadsheet.activeSheetId(), row: 3, column: 1, rows: 1, columns: 1 };
      spreadsheet.write(place, [["last"]]);
      location.reload();
    });
    await workbench.page.waitForEvent("load");
    await workbench.pane.getByRole("heading", { name: "Sample data" }).waitFor();
    await expect.poll(() => workbench.values(1, 1, 3, 1), patience).toEqual([["mine"], ["mine1"], ["last"]]);
  });

  it("opens a second workbook with document settings of its own and the same connections", async () => {
    const setting = (window: OpenWorkbench) =>
      window.pane.locator("body").evaluate(() => Office.context.document.settings.get("test") as unknown);
    const second = await windowOpenedBy(() => workbench.choose("New workbook"));
    await second.page.getByRole("heading", { name: "Book2" }).waitFor();
    await workbench.pane.locator("body").evaluate(
      () =>
        new Promise<void>((resolve) => {
          Office.context.document.settings.set("test", "first");
          Office.context.document.settings.saveAsync(() => resolve());
        }),
    );
    expect(await setting(workbench)).toBe("first");
    expect(await setting(second)).toBeNull();
    await second.enter("B2", sites);
    await expect.poll(() => second.cell(1, 1), patience).toBe("importCode");

    await second.page.getByRole("button", { name: "File" }).press("ArrowDown");
    expect(await second.page.getByRole("menuitem", { name: "Book1" }).count()).toBe(0);
    await second.page.keyboard.press("Escape");
    await second.page.close();
    // The browser takes a moment to give up what a closed window held, and an open menu stays as it is.
    const { page } = workbench;
    const closed = page.getByRole("menu", { name: "File" }).getByText("Book2", { exact: true });
    const isOffered = async () => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "File" }).click();
      await page.getByRole("menu", { name: "File" }).getByText("Work offline").waitFor();
      return closed.isVisible();
    };
    await expect.poll(isOffered, patience).toBe(true);
    await closed.click();
  });

  it("shows a workbook in one window only", async () => {
    const again = await workbench.page.context().newPage();
    fixture.watch(again);
    await again.goto(fixture.service.url);
    await again.getByRole("heading", { name: "Book2" }).waitFor();
    await again.goto(workbench.page.url());
    await again.getByRole("heading", { name: "Book3" }).waitFor();
  });

  it("saves to a file and opens it again, with values, formulas, formats and document settings", async () => {
    const { page, pane } = workbench;
    await workbench.enter("B2", sites);
    await workbench.enter("B9", "1.5");
    await workbench.enter("C9", "=B9*2");
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("importCode");
    // A format that is set while the grid calculates can cost the cell its value, and is not what is tested here.
    await expect.poll(async () => (await workbench.texts(8, 2, 1, 1))[0]![0], patience).toBe("3");
    await page.evaluate(() => {
      const { spreadsheet } = (window as unknown as { workbench: { spreadsheet: SpreadsheetModel } })
        .workbench;
      const place = { sheetId: spreadsheet.activeSheetId(), row: 8, column: 2, rows: 1, columns: 1 };
      spreadsheet.setNumberFormat(place, [["0.000"]]);
    });
    await expect.poll(async () => (await workbench.texts(8, 2, 1, 1))[0]![0], patience).toBe("3.000");
    await pane.locator("body").evaluate(
      () =>
        new Promise<void>((resolve) => {
          Office.context.document.settings.set("test", "kept");
          Office.context.document.settings.saveAsync(() => resolve());
        }),
    );
    const before = await workbench.texts(1, 1, 8, 3);
    fixture.service.simulator.clearRequests();

    const download = page.waitForEvent("download");
    await page.keyboard.press("Control+S");
    const file = await download;
    expect(file.suggestedFilename()).toBe("Book1.kal-workbook.json");
    const content = await readFile(await file.path(), "utf8");
    // The ticket stays in the browser.
    expect(content).not.toMatch(/ticket/i);

    const opened = await windowOpenedBy(() => openFile(workbench, "Monday.kal-workbook.json", content));
    await opened.page.getByRole("heading", { name: "Monday" }).waitFor();
    await expect.poll(() => opened.texts(1, 1, 8, 3), patience).toEqual(before);
    expect(queries()).toEqual([]);
    expect(
      await opened.pane
        .locator("body")
        .evaluate(() => Office.context.document.settings.get("test") as unknown),
    ).toBe("kept");
  });
});

describe.skipIf(!browser)(["files that are none", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  useWorkbench(browser, (opened) => (workbench = opened), { isShared: true });

  it.each([
    ["prices.xlsx", "PK\u0003\u0004", "not those of Excel"],
    ["empty.kal-workbook.json", "", "is not a workbook of the workbench"],
    ["list.json", "[1,2]", "is not a workbook of the workbench"],
    ["other.json", '{"format":"other"}', "is not a workbook of the workbench"],
    ["cut.kal-workbook.json", '{"format":"kal-workbench-workbook","version":1,"name"', "is damaged"],
    ["newer.kal-workbook.json", '{"format":"kal-workbench-workbook","version":2}', "newer workbench"],
    [
      "holes.kal-workbook.json",
      '{"format":"kal-workbench-workbook","version":1,"content":{"sheets":{},"sheetOrder":["a"]},"answers":[],"settings":{}}',
      "is damaged",
    ],
  ])("says why it does not open %s, and loses nothing", async (name, content, reason) => {
    await workbench.enter("B2", "mine");
    await openFile(workbench, name, content);
    const alert = workbench.page.getByRole("alert").filter({ hasText: reason });
    await alert.waitFor();
    expect(await alert.textContent()).toContain(name);
    expect(await workbench.cell(1, 1)).toBe("mine");
    await workbench.page.getByRole("button", { name: "Close this message" }).click();
    await alert.waitFor({ state: "hidden" });
  });
});
