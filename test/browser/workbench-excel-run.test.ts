/**
 * `Excel.run` in the workbench: the real office.js in the pane's frame, the grid behind it.
 */
import type { Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../support/excel-operations/operations.ts";
import type { SpreadsheetModel } from "../../src/workbench/excel-host/model.ts";
import { runOperation } from "../support/excel-operations/run-operation.ts";
import { openBrowser } from "./open-browser.ts";
import { patience } from "./workbench-fixture.ts";
import {
  type OpenWorkbench,
  openWorkbench,
  startWorkbenchService,
  type WorkbenchService,
} from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["Excel.run in the workbench", unavailable].filter(Boolean).join(": "), () => {
  let service: WorkbenchService;
  let workbench: OpenWorkbench;
  /** The add-in's page, where office.js is. */
  let pane: Frame;

  beforeAll(async () => {
    service = await startWorkbenchService({ ownSites: 3 });
    workbench = await openWorkbench(browser!, service.url);
    pane = workbench.page.frames().find((frame) => frame.url().endsWith("/taskpane.html"))!;
  });
  afterAll(async () => {
    await workbench?.close();
    await browser?.close();
    await service?.close();
  });

  it("formats the first cell of a spilled table, which stays", async () => {
    await workbench.enter("H1", "=SEQUENCE(3,1,10)");
    const spilled = () => workbench.values(0, 7, 3, 1);
    await expect.poll(spilled, patience).toEqual([[10], [11], [12]]);
    const seen = await pane.evaluate(() =>
      Excel.run(async (context) => {
        const sheet = context.workbook.worksheets.getActiveWorksheet();
        sheet.getRange("H1:H3").numberFormat = [["0.00"], ["0.00"], ["0.00"]];
        // In the same request, before the grid can have calculated.
        const range = sheet.getRange("H1:H3").load("values,text");
        await context.sync();
        return [range.values, range.text] as unknown[][][];
      }),
    );
    expect(seen).toEqual([
      [[10], [11], [12]],
      [["10.00"], ["11.00"], ["12.00"]],
    ]);
  });

  it("fits columns to dates, with and without time, as they are drawn", async () => {
    const widths = await pane.evaluate(() =>
      Excel.run(async (context) => {
        const sheet = context.workbook.worksheets.getActiveWorksheet();
        const cells = sheet.getRange("S30:T31");
        cells.numberFormat = [
          ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"],
          ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"],
        ];
        cells.values = [
          [46356, 46356.5],
          [46357, 46357.75],
        ];
        cells.format.autofitColumns();
        const columns = [0, 1].map((at) => cells.getColumn(at).load("text,format/columnWidth"));
        await context.sync();
        const pen = document.createElement("canvas").getContext("2d")!;
        pen.font = "11pt Arial";
        return columns.map(({ text, format }) => ({
          text: text[1]![0]!,
          drawn: pen.measureText(text[1]![0]!).width,
          // In points.
          width: (format.columnWidth * 4) / 3,
        }));
      }),
    );
    expect(widths.map(({ text }) => text)).toEqual(["2026-12-01", "2026-12-01 18:00"]);
    // The grid leaves two pixels at each side.
    for (const { drawn, width } of widths) expect(width).toBeGreaterThan(drawn + 4);
  });

  it("formats cells while they are calculated, and none loses its value", async () => {
    const many = 600;
    await workbench.page.evaluate(async (rows) => {
      const { spreadsheet } = (window as unknown as { workbench: { spreadsheet: SpreadsheetModel } })
        .workbench;
      const area = { sheetId: spreadsheet.activeSheetId(), row: 0, column: 9, rows, columns: 1 };
      const formulas = Array.from({ length: rows }, (_, row) => [
        row % 2 ? `=SEQUENCE(1,2,${row})` : `=KAL.STATUS("state")&${row}`,
      ]);
      spreadsheet.write(area, formulas);
      for (let frame = 0; frame < 30; frame++) {
        const format = frame % 2 ? "0.0" : "0.00";
        spreadsheet.setNumberFormat(
          area,
          Array.from({ length: rows }, () => [format]),
        );
        await new Promise(requestAnimationFrame);
      }
    }, many);
    const expected = Array.from({ length: many }, (_, row) =>
      row % 2 ? [row, row + 1] : [`connected${row}`, ""],
    );
    await expect.poll(() => workbench.values(0, 9, many, 2), patience).toEqual(expected);
  });

  it.each(operations)("$name", async ({ run, expected }) => {
    const seen: unknown = await pane.evaluate(`(${runOperation.toString()})(Excel, ${run.toString()})`);
    expect(seen).toEqual(expected);
  });
});
