/**
 * Queries inserted as tables in the workbench, and what a person has done to them before a refresh.
 */
import type { FUniver } from "@univerjs/core/facade";
import type { Frame } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { button } from "./pane-actions.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["tables", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  /** The table with its headings, and an empty row. */
  let sites: unknown[][] = [];
  /** The table's column with the sites' codes. */
  let code = 0;
  const fixture = useWorkbench(browser, async (opened) => {
    workbench = opened;
    const { pane } = workbench;
    await workbench.goTo("B2");
    await pane.getByRole("tab", { name: "Build" }).click();
    await pane.getByRole("button", { name: /^Site\b/ }).click();
    await pane.getByText("importCode").first().waitFor();
    await button(pane, "Insert as table").click();
    await pane
      .getByRole("status")
      .getByText(/Inserted as a table at Sheet1!B2/)
      .waitFor();
    sites = await workbench.values(1, 1, 5, 6);
    code = sites[0]!.indexOf("Code");
    expect(sites[3]![code]).toMatch(/^\d+$/);
    expect(sites[4]![code]).toBe("");
  });

  /** The add-in's page, where office.js is. */
  const addin = (): Frame => workbench.page.frames().find((frame) => frame.url().endsWith("/taskpane.html"))!;
  const refresh = async () => {
    fixture.service.simulator.clearRequests();
    await workbench.page
      .getByRole("group", { name: "Kalibrate" })
      .getByRole("button", { name: "Refresh" })
      .click();
    const asked = () => fixture.service.simulator.requests.filter(({ path }) => /site/i.test(path)).length;
    await expect.poll(asked, patience).toBeGreaterThan(0);
  };
  /** Rows of the sheet, counted from 0, that a filter hides. */
  const hiddenRows = () =>
    workbench.page.evaluate(() => {
      const { grid } = (window as unknown as { workbench: { grid: FUniver } }).workbench;
      const sheet = grid.getActiveWorkbook()!.getActiveSheet().getSheet();
      return [0, 1, 2, 3, 4, 5].filter((row) => sheet.isRowFiltered(row));
    });

  it("a row of totals stays below new rows, and one that is in the way is named", async () => {
    await addin().evaluate(() =>
      Excel.run(async (context) => {
        context.workbook.tables.getItem("KAL_site").showTotals = true;
        await context.sync();
      }),
    );
    await expect.poll(() => workbench.cell(5, 1), patience).toBe("Total");
    await workbench.enter("C3", "typed over");
    await refresh();
    await expect.poll(() => workbench.values(1, 1, 4, 6), patience).toEqual(sites.slice(0, 4));
    expect(await workbench.cell(5, 1)).toBe("Total");
    // One row fewer than the query gives.
    await addin().evaluate(() =>
      Excel.run(async (context) => {
        const table = context.workbook.tables.getItem("KAL_site");
        table.showTotals = false;
        table.getDataBodyRange().getLastRow().clear("Contents");
        table.resize(table.getRange().getResizedRange(-1, 0));
        table.showTotals = true;
        await context.sync();
      }),
    );
    await refresh();
    await workbench.pane.getByText("Switch it off (Table Design → Total Row)").first().waitFor();
    expect(await workbench.cell(4, 1)).toBe("Total");
  });

  it("what is sorted and filtered is so again after a refresh, and after the workbook was reopened", async () => {
    const { page, pane } = workbench;
    const codes = sites.slice(1, 4).map((row) => String(row[code]));
    const descending = codes.toSorted().reverse();
    await addin().evaluate(
      ([key, ...shown]) =>
        Excel.run(async (context) => {
          const table = context.workbook.tables.getItem("KAL_site");
          table.sort.apply([{ key: Number(key), ascending: false }]);
          table.columns.getItem("Code").filter.applyValuesFilter(shown);
          await context.sync();
        }),
      [String(code), descending[0]!, descending[2]!],
    );
    const order = async () => (await workbench.values(2, 1 + code, 3, 1)).flat();
    await expect.poll(order, patience).toEqual(descending);
    expect(await hiddenRows()).toEqual([3]);

    await workbench.choose("Close and reopen");
    await page.getByText("Sheet1").click();
    await pane.getByRole("tab", { name: "Build" }).waitFor();
    // The rows come in the query's order, and are sorted again.
    await workbench.enter("B3", "typed over");
    await refresh();
    await expect.poll(order, patience).toEqual(descending);
    await expect.poll(hiddenRows, patience).toEqual([3]);
    const rows = new Map(sites.map((row) => [row[code], row]));
    expect(await workbench.values(2, 1, 3, 6)).toEqual(descending.map((one) => rows.get(one)));
  });
});
