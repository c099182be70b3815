/** From a figure to the records behind it with two clicks: one opens the menu of the cell, one chooses its entry. */
import { describe, expect, it } from "vitest";
import type { SpreadsheetModel } from "../../src/workbench/excel-host/model.ts";
import { openBrowser } from "./open-browser.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();
const own = "(entityVariant=Own)";
const keys = "site.importCode, product.importCode";

describe.skipIf(!browser)(["records behind a figure", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  useWorkbench(browser, (opened) => void (workbench = opened), { isShared: true });

  it.each([
    ["KAL.LOOKUP", `"product","${own}","currentPrice","${keys}","1001","DSL"`],
    [
      "KAL.ASOF",
      `"price","${own}","price","site.importCode, product.product.name","today-1","1001","Diesel"`,
    ],
    ["KAL.SUMMARY", `"price","${own}","","timeavg(price)",0`],
    ["KAL.MARKET", `"1001","Diesel",,0`],
  ])("%s", async (name, args) => {
    const { page } = workbench;
    await workbench.enter("B2", `=${name}(${args})`);
    await expect.poll(() => workbench.cell(1, 1), patience).toSatisfy((shown) => /^\d/.test(String(shown)));
    const lastSheet = () =>
      page.evaluate(() => {
        const { spreadsheet } = (window as unknown as { workbench: { spreadsheet: SpreadsheetModel } })
          .workbench;
        return [spreadsheet.sheets().at(-1)?.name, spreadsheet.tables().length] as const;
      });
    const [, before] = await lastSheet();
    const grid = (await page.locator('#grid canvas[data-u-comp="render-canvas"]').last().boundingBox())!;
    // Over B2: columns are 88 wide, rows 24 high.
    await page.mouse.click(grid.x + 46 + 88 + 20, grid.y + 20 + 24 + 12, { button: "right" });
    await page.locator(".univer-popup").getByRole("button", { name: "Kalibrate" }).hover();
    await page.getByRole("button", { name: "Records behind this figure", exact: true }).click();
    await expect.poll(lastSheet, patience).toEqual([expect.stringMatching(/^Records/), before + 1]);
  });
});
