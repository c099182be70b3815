/**
 * Tables in the query builder: opened by selecting a cell of theirs, changed in their place, taken back, converted.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { beginWith, selectCell, shownFormula, status } from "./builder-actions.ts";
import { openBrowser } from "./open-browser.ts";
import { button, press, waitForFocus } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["tables in the builder", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  /** A pane with a table of three sites at B3. */
  async function start(): Promise<Page> {
    const { page } = await panes.show();
    await beginWith(page, "Site");
    await page.getByLabel("Search fields").fill("importCode");
    // Until then the list shows other fields where these will be.
    await page
      .getByRole("status")
      .filter({ hasText: /^\s*\d+ fields?\s*$/ })
      .waitFor();
    await page.getByRole("checkbox", { name: /^Code\s+included/ }).check();
    await button(page, "Insert as table").click();
    await status(page, "Inserted as a table at Prices!B3:B6").waitFor();
    return page;
  }

  const areaOfTable = (page: Page) =>
    page.evaluate(() => {
      const { row, column, rows, columns } = window.spreadsheet.tables()[0]!.area;
      return [row, column, rows, columns];
    });

  it("the table that was inserted is the one that is changed, and changed back", async () => {
    const page = await start();
    await page.locator("#update-table[appearance=primary]").waitFor();
    await page.getByLabel("Search fields").fill("brand name");
    await page.getByRole("checkbox", { name: "Brand name" }).first().check();
    await page.locator("#builder-kind").selectOption("Competitor");
    await page.locator("#update-table").focus();
    await page.keyboard.press("Enter");
    await status(page, "The table KAL_site has its new query").waitFor();
    await waitForFocus(page, "update-table");
    const [, , , columns] = await areaOfTable(page);
    expect(columns).toBe(2);
    await button(page, "Undo").last().click();
    await status(page, "Undone: the table KAL_site has its former query again.").waitFor();
    expect(await areaOfTable(page)).toEqual([2, 1, 4, 1]);
    await expect.poll(() => page.locator("#builder-kind").inputValue()).toBe("Own");
  });

  it("opens by any cell of it, shows its query, its rows and the time of its data, and by the ribbon’s Edit", async () => {
    const page = await start();
    await button(page, "Start over").click();
    await selectCell(page, 4, 1);
    await page.getByText("The table KAL_site holds a query").waitFor();
    await page.locator(".note").getByText("(entityVariant=Own)").waitFor();
    await page
      .locator(".note")
      .getByText(/^3 rows · Data as of \w/)
      .waitFor();
    await button(page, "Edit the query of KAL_site").click();
    await page.getByText("Editing the query of the table KAL_site.").first().waitFor();
    await expect
      .poll(() => shownFormula(page))
      .toBe('=KAL.QUERY("site","(entityVariant=Own)","importCode",2)');
    await button(page, "Start over").click();
    await press(page, "editFormula");
    await page.getByText("Editing the query of the table KAL_site.").first().waitFor();
  });

  it.each([
    ["convertSheet", "on this sheet", "Convert sheet to values"],
    ["convertSelection", "in the selection", "Convert selection to values"],
  ])("%s says how much will be converted before it is, and what was done", async (command, where, name) => {
    const page = await start();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await press(page, command);
    await page.locator("#question").getByText(`One table ${where} will keep its rows.`).waitFor();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await button(page, "Convert").click();
    await page
      .locator(".notice")
      .getByText(`${name}: 1 table keeps its rows and is not refreshed any more.`)
      .waitFor();
    await press(page, "refreshSheet");
    await page.locator(".notice").getByText("No KAL formula on this sheet.").waitFor();
  });
});
