/**
 * A query inserted as a table in the workbench's grid, with what a person makes of a table, and refreshed.
 */
import type { FUniver } from "@univerjs/core/facade";
// Its types give FUniver what it has of workbooks.
import type {} from "@univerjs/sheets/facade";
import type { Frame } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { SpreadsheetModel } from "../../src/workbench/excel-host/model.ts";
import { openBrowser } from "./open-browser.ts";
import { button } from "./pane-actions.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

const columns = [
  { name: "importCode", label: "Import code", type: "text" },
  { name: "volume", label: "Volume", type: "number" },
];

describe.skipIf(!browser)(["tables", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  /** What the service answers to a query for a table. */
  let rows: unknown[][] = [];

  /** A table of codes and volumes in B2:C5. */
  useWorkbench(browser, async (opened) => {
    workbench = opened;
    rows = [
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ];
    const { page, pane } = workbench;
    await page.route("**/api/v1/query", (route) => {
      if (!route.request().headers()["accept"]?.includes("ndjson")) return route.continue();
      const lines = [{ columns, asOf: new Date().toISOString() }, ...rows, { rowCount: rows.length }];
      return route.fulfill({
        contentType: "application/x-ndjson",
        body: lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
      });
    });
    await workbench.goTo("B2");
    await pane.getByRole("tab", { name: "Build" }).click();
    await button(page.frames().find(isPane)!, "Site\\s").click();
    await pane.locator(".offered").first().waitFor();
    await button(page.frames().find(isPane)!, "Insert as table").click();
    await pane.getByRole("status").getByText("Inserted as a table at Sheet1!B2:C5").first().waitFor();
  });

  const isPane = (frame: Frame) => frame.url().endsWith("/taskpane.html");
  const inTable = (work: "sort" | "filter" | "showTotals" | "hideTotals") =>
    workbench.page
      .frames()
      .find(isPane)!
      .evaluate(
        (wanted) =>
          Excel.run(async (context) => {
            const table = context.workbook.tables.getItemAt(0);
            if (wanted === "sort") table.sort.apply([{ key: 1, ascending: false }]);
            else if (wanted === "filter")
              table.columns.getItem("Import code").filter.applyValuesFilter(["a", "c"]);
            else table.showTotals = wanted === "showTotals";
            await context.sync();
          }),
        work,
      );
  const refresh = () =>
    workbench.page
      .getByRole("group", { name: "Kalibrate" })
      .getByRole("button", { name: "Refresh", exact: true })
      .click();
  const values = (height: number) => workbench.values(2, 1, height, 2);
  /** Rows that the grid does not show, counted from 0. */
  const hidden = () =>
    workbench.page.evaluate(() => {
      const { grid } = (window as unknown as { workbench: { grid: FUniver } }).workbench;
      const sheet = grid.getActiveWorkbook()!.getActiveSheet().getSheet();
      return Array.from({ length: 10 }, (_, row) => row).filter((row) => !sheet.getRowVisible(row));
    });
  const area = () =>
    workbench.page.evaluate(() => {
      const { spreadsheet } = (window as unknown as { workbench: { spreadsheet: SpreadsheetModel } })
        .workbench;
      const { row, rows: height } = spreadsheet.tables()[0]!.area;
      return [row, height];
    });

  it("keeps its order and its filter when other rows come", async () => {
    await expect.poll(() => values(3)).toEqual(rows);
    await inTable("sort");
    await inTable("filter");
    expect(await values(3)).toEqual([
      ["c", 3],
      ["b", 2],
      ["a", 1],
    ]);
    expect(await hidden()).toEqual([3]);
    rows = [
      ["a", 5],
      ["b", 1],
      ["c", 2],
      ["d", 9],
    ];
    await refresh();
    await expect
      .poll(() => values(4), patience)
      .toEqual([
        ["d", 9],
        ["a", 5],
        ["c", 2],
        ["b", 1],
      ]);
    await expect.poll(hidden, patience).toEqual([2, 5]);
    expect(await area()).toEqual([1, 5]);
    rows = [["a", 5]];
    await refresh();
    await expect
      .poll(() => values(2), patience)
      .toEqual([
        ["a", 5],
        ["", ""],
      ]);
    await expect.poll(hidden, patience).toEqual([]);
    expect(await area()).toEqual([1, 2]);
  });

  it("keeps its row of totals where as many rows come, and says why with others", async () => {
    const { pane } = workbench;
    await inTable("showTotals");
    await expect.poll(() => workbench.values(5, 1, 1, 2), patience).toEqual([["Total", 6]]);
    rows = [
      ["a", 10],
      ["b", 20],
      ["c", 30],
    ];
    await refresh();
    await expect.poll(() => values(4), patience).toEqual([...rows, ["Total", 60]]);
    expect(await area()).toEqual([1, 5]);
    rows = [...rows, ["d", 40]];
    const before = await values(4);
    await refresh();
    await pane
      .locator(".notice")
      .getByText(/^Refresh: .*Total Row/)
      .waitFor();
    expect(await values(5)).toEqual([...before, ["", ""]]);
    await inTable("hideTotals");
    await refresh();
    await expect.poll(() => values(4), patience).toEqual(rows);
    expect(await area()).toEqual([1, 5]);
  });
});
