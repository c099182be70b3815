/**
 * The query builder in the pane: from nothing to a formula, and from a formula back.
 */
import { describe, expect, it } from "vitest";
import {
  addFilter,
  beginWith,
  contentOf,
  openBuilder,
  queryText,
  selectCell,
  selectionReads,
  shownFormula,
  status,
  typeQuery,
} from "./builder-actions.ts";
import { openBrowser } from "./open-browser.ts";
import { button, waitForFocus } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["query builder", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);
  const start = async () => (await panes.show()).page;

  it("shows fields with label, type and example, and live rows, as soon as a collection is chosen", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await page.getByText("importCode · text · e.g.").first().waitFor();
    await expect.poll(() => page.locator(".rows tbody tr").count()).toBe(3);
    await page.getByText("Data as of").waitFor();
    await expect.poll(() => shownFormula(page)).toBe('=KAL.QUERY("site","(entityVariant=Own)",,2)');
  });

  it("ticks, orders and removes columns, and the rows follow", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await page.getByLabel("Search fields").fill("brand name");
    await page.getByRole("checkbox", { name: "Brand name" }).first().check();
    await page.getByLabel("Search fields").fill("importCode");
    await page.getByRole("checkbox", { name: "Brand name" }).first().waitFor({ state: "hidden" });
    await page.getByRole("checkbox").first().check();
    const headings = () => page.locator(".rows th").allTextContents();
    const trimmed = async () => (await headings()).map((text) => text.trim());
    await expect.poll(trimmed).toEqual(["Brand name", "Code"]);
    await page.getByRole("button", { name: "Move importCode up" }).focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect.poll(trimmed).toEqual(["Code", "Brand name"]);
    await page.waitForFunction(() => document.activeElement?.id === "column-importCode-up");
    await page.getByRole("button", { name: "Remove brand.name" }).click();
    await expect.poll(trimmed).toEqual(["Code"]);
    await expect.poll(() => shownFormula(page)).toContain('"importCode",2)');
  });

  it("stays scrolled sideways when columns are added and removed", async () => {
    const page = await start();
    await beginWith(page, "Site");
    const rows = page.locator(".rows");
    const scrolled = () => rows.evaluate((element) => element.scrollLeft);
    const headings = () => page.locator(".rows th").allTextContents();
    const offered = page.locator(".offered").getByRole("checkbox");
    for (const [at, count] of [0, 1, 2, 3, 4].entries()) {
      await offered.nth(at).check();
      await expect.poll(async () => (await headings()).length).toBe(count + 1);
    }
    await rows.evaluate((element) => (element.scrollLeft = 120));
    expect(await scrolled()).toBe(120);
    await offered.nth(5).check();
    await expect.poll(async () => (await headings()).length).toBe(6);
    expect(await scrolled()).toBe(120);
    await offered.nth(0).uncheck();
    await expect.poll(async () => (await headings()).length).toBe(5);
    expect(await scrolled()).toBe(120);
  });

  it("counts the rows that come with a limit and without headings, in the preview and in the cells", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await page.getByRole("heading", { name: "Order and rows" }).click();
    await page.getByLabel("Rows at most").fill("2");
    await page.getByLabel("Headings").selectOption("0");
    await expect.poll(() => page.locator(".rows tbody tr").count()).toBe(2);
    await button(page, "Insert formula").click();
    await status(page, "Inserted into Prices!B3. 2 rows.").waitFor();
  });

  it("inserts a table with readable headings, and gives the focus back to its button", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await page.getByRole("checkbox", { name: "Brand name" }).first().check();
    await expect.poll(() => shownFormula(page)).toContain("brand.name");
    await button(page, "Insert as table").focus();
    await page.keyboard.press("Enter");
    await status(page, "Inserted as a table").waitFor();
    await waitForFocus(page, "insert-table");
    const heading = await page.evaluate(() => {
      const { read, selection } = window.spreadsheet;
      return read({ sheetId: selection().sheetId, row: 2, column: 1, rows: 1, columns: 1 })[0]![0]!.value;
    });
    expect(heading).toBe("Brand name");
  });

  it("the list to tick in stays where it is, however many are ticked", async () => {
    const { page } = await panes.show();
    await beginWith(page, "Site");
    const top = () =>
      page.locator(".offered-fields").evaluate((list) => list.getBoundingClientRect().top + scrollY);
    const before = await top();
    for (const at of [0, 1, 2]) await page.locator(".offered input").nth(at).check();
    await page.locator(".chosen").nth(2).waitFor();
    expect(await top()).toBe(before);
  });

  it("filters with fitting inputs; text and rows follow each other", async () => {
    const page = await start();
    await beginWith(page, "Price");
    await addFilter(page, "effectiveTime");
    await expect.poll(() => shownFormula(page)).toContain("(effectiveTime>=today-7)");
    await page.getByLabel("Kind of date").selectOption("day");
    await page.locator("input[type=date]").waitFor();
    await page.getByLabel("Value", { exact: true }).fill("2026-11-20");
    await expect.poll(() => shownFormula(page)).toContain("(effectiveTime>=2026-11-20)");
    await typeQuery(page, "entityVariant=Competitor and price>1.2");
    await expect.poll(() => page.locator("#builder-kind").inputValue()).toBe("Competitor");
    await expect.poll(() => page.getByLabel("Field", { exact: true }).inputValue()).toBe("price");
    await expect.poll(() => page.getByLabel("Comparison").inputValue()).toBe(">");
    await page.getByLabel("Value", { exact: true }).fill("1.1");
    await expect.poll(() => queryText(page).inputValue()).toBe("(entityVariant=Competitor)+(price>1.1)");
  });

  it("offers a table at once where a formula could not hold the rows", async () => {
    const page = await start();
    await page.route("**/api/v1/query", async (route) => {
      const { limit } = route.request().postDataJSON() as { limit?: number };
      const columns = [{ name: "name", label: "Name", type: "text" }];
      const rows = Array.from({ length: Math.min(limit || 5000, 4000) }, () => ["x".repeat(900)]);
      await route.fulfill({ json: { columns, rows, asOf: new Date().toISOString(), rowCount: rows.length } });
    });
    await beginWith(page, "Site");
    await page
      .locator("#rows-coming")
      .getByText("The result has 4,000 rows. That is too many for one formula")
      .waitFor();
    await page.locator("#insert-table[appearance=primary]").waitFor();
    await page.locator("#insert-formula[appearance=outline]").waitFor();
  });

  it("inserts, opens what is selected, and writes back to the same cell", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await button(page, "Insert formula").click();
    await status(page, "Inserted into Prices!B3. 3 rows.").waitFor();
    await selectCell(page, 7, 5, '=IFERROR(KAL.QUERY("product","(entityVariant=Own)",A1:A3,,5),"none")');
    await button(page, "Edit the formula in Prices!F8").click();
    await page.getByText("Editing the formula in Prices!F8").first().waitFor();
    await page.getByText("A1:A3").first().waitFor();
    await page.locator("#builder-kind").selectOption("Competitor");
    await button(page, "Update formula").click();
    await status(page, "Updated in Prices!F8").waitFor();
    expect(await contentOf(page, 7, 5)).toBe(
      '=IFERROR(KAL.QUERY("product","(entityVariant=Competitor)",A1:A3,,5),"none")',
    );
    expect(await contentOf(page, 2, 1)).toBe('=KAL.QUERY("site","(entityVariant=Own)",,2)');
  });

  it("leaves its buttons where they are when it says what was done", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await status(page, "The result has 3 rows.").waitFor();
    const place = async () => (await button(page, "Insert as table").boundingBox())?.y;
    const before = await place();
    await button(page, "Insert formula into Prices!B3").click();
    await status(page, "Inserted into Prices!B3. 3 rows.").waitFor();
    expect(await place()).toBe(before);
  });

  it("writes into the cell that it names: another selected cell is not the one that was built in before", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await button(page, "Insert formula into Prices!B3").click();
    await status(page, "Inserted into Prices!B3. 3 rows.").waitFor();
    await page.locator("#update-formula[appearance=primary]").waitFor();
    await page.evaluate(() => void window.spreadsheet.addSheet("Other"));
    await selectCell(page, 7, 5);
    await page.locator("#builder-collection").selectOption("price");
    await page.locator("#update-formula[appearance=outline]").waitFor();
    await button(page, "Insert formula into Prices!F8").click();
    await status(page, "Inserted into Prices!F8.").waitFor();
    expect(await contentOf(page, 2, 1)).toContain('"site"');
    expect(await contentOf(page, 7, 5)).toContain('"price"');
    await page.locator("#undo-write").click();
    await status(page, "Undone: Prices!F8 is as before.").waitFor();
    expect(await contentOf(page, 7, 5)).toBe("");
    expect(await contentOf(page, 2, 1)).toContain('"site"');
  });

  it("takes an update back, and offers to only as long as the formula is there", async () => {
    const page = await start();
    await openBuilder(page);
    const before = '=KAL.QUERY("site","(entityVariant=Own)")';
    await selectCell(page, 7, 5, before);
    await button(page, "Edit the formula in Prices!F8").click();
    for (const takesBack of [true, false]) {
      await page.locator("#builder-kind").selectOption("Competitor");
      await button(page, "Update formula in Prices!F8").click();
      await status(page, "Updated in Prices!F8").waitFor();
      // A change elsewhere leaves the offer.
      await selectCell(page, 0, 0, "other");
      await selectCell(page, 7, 5);
      if (takesBack) {
        await button(page, "Undo").last().click();
        await status(page, "is as before").waitFor();
        expect(await contentOf(page, 7, 5)).toBe(before);
      } else {
        // As Excel's own undo does.
        await selectCell(page, 7, 5, before);
        await expect.poll(() => button(page, "Undo").count()).toBe(0);
      }
    }
  });

  it("offers to undo no longer than that where cells had a format that hides dates", async () => {
    const page = await start();
    await beginWith(page, "Price");
    await page.evaluate(() =>
      Excel.run(async (context) => {
        const sheet = context.workbook.worksheets.getActiveWorksheet();
        // One value stands for all cells; the types do not know.
        sheet.getRange("B3:Z9").numberFormat = "0.00" as unknown as string[][];
        await context.sync();
      }),
    );
    await page.getByRole("heading", { name: "Order and rows" }).click();
    await page.getByLabel("Rows at most").fill("2");
    await button(page, "Insert formula into Prices!B3").click();
    await status(page, "look like numbers, because").waitFor();
    await selectCell(page, 2, 1, "");
    await expect.poll(() => button(page, "Undo").count()).toBe(0);
  });

  it("leaves a new sheet that has something else by now", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await selectCell(page, 2, 1, "mine");
    await button(page, "Insert formula on a new sheet").click();
    await status(page, "Inserted on a new sheet, at Site!A1.").waitFor();
    await selectCell(page, 20, 0, "a note");
    await button(page, "Undo").click();
    await status(page, "has been changed since, so nothing was undone").waitFor();
    expect(await contentOf(page, 20, 0)).toBe("a note");
  });

  it("takes an inserted table back, with the sheet that was made for it", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await selectCell(page, 2, 1, "mine");
    await button(page, "Insert as table").click();
    await status(page, "Inserted as a table at Site!A1").waitFor();
    await button(page, "Undo").click();
    await status(page, "the new sheet has been removed").waitFor();
    expect(await contentOf(page, 2, 1)).toBe("mine");
  });

  it("says how many rows come before anything is inserted", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await page.getByText("The result has 3 rows.").waitFor();
    await page.locator("#builder-collection").selectOption("price");
    await page
      .locator(".builder")
      .getByText(/The result has (?:more than 5,000|[\d,]{2,}) rows\./)
      .waitFor();
  });

  it("writes nothing where the cell has changed, and keeps what was built", async () => {
    const page = await start();
    await openBuilder(page);
    await selectCell(page, 7, 5, '=KAL.QUERY("site")');
    await button(page, "Edit the formula in Prices!F8").click();
    await selectCell(page, 7, 5, "something else");
    await button(page, "Update formula").click();
    await status(page, "no longer contains the formula").waitFor();
    expect(await contentOf(page, 7, 5)).toBe("something else");
    await expect.poll(() => shownFormula(page)).toBe('=KAL.QUERY("site")');
  });

  it("says so where the sheet has gone, and where Excel refuses", async () => {
    const page = await start();
    await openBuilder(page);
    await selectCell(page, 7, 5, '=KAL.QUERY("site")');
    await button(page, "Edit the formula in Prices!F8").click();
    await page.locator("#builder-kind").selectOption("Own");
    await page.evaluate(() => void (window.selectedCell.refusal = "The sheet is protected."));
    await button(page, "Update formula").click();
    await status(page, "Excel did not accept the formula: The sheet is protected.").waitFor();
    await page.evaluate(() => {
      delete window.selectedCell.refusal;
      const { sheetId } = window.spreadsheet.selection();
      window.spreadsheet.addSheet("Other");
      window.spreadsheet.removeSheet(sheetId);
    });
    await button(page, "Update formula").click();
    await status(page, "the sheet of Prices!F8 is gone").waitFor();
  });

  it("shows other functions without touching them", async () => {
    const page = await start();
    await openBuilder(page);
    await selectCell(page, 7, 5, '=KAL.STATUS("state")');
    await page.getByText("Prices!F8 contains a Kalibrate formula").waitFor();
    await page.getByText("It has no parts to choose").waitFor();
    await expect.poll(() => button(page, "Edit").count()).toBe(0);
  });

  it("asks nothing of Excel while the pane is closed", async () => {
    const page = await start();
    await openBuilder(page);
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await selectCell(page, 7, 5, '=KAL.QUERY("site")');
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
      window.spreadsheet.select({ ...window.spreadsheet.selection(), row: 20 });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await selectCell(page, 8, 5, '=KAL.QUERY("price")');
    await button(page, "Edit the formula in Prices!F9").waitFor();
    await expect.poll(() => button(page, "Edit the formula in Prices!F8").count()).toBe(0);
  });

  it("asks nothing of Excel while another section is shown, and knows the selection when it comes back", async () => {
    const page = await start();
    await openBuilder(page);
    await selectCell(page, 7, 5, '=KAL.QUERY("site")');
    await button(page, "Edit the formula in Prices!F8").waitFor();
    expect(await selectionReads(page)).toBeGreaterThan(0);
    await page.getByRole("tab", { name: "Settings" }).click();
    await expect.poll(() => selectionReads(page)).toBe(0);
    await selectCell(page, 8, 5, '=KAL.QUERY("price")');
    await page.getByRole("tab", { name: "Build" }).click();
    await button(page, "Edit the formula in Prices!F9").waitFor();
  });

  it("finds fields of records behind records", async () => {
    const page = await start();
    await beginWith(page, "Price");
    await page.getByLabel("Search fields").fill("site brand name");
    await page.getByRole("checkbox", { name: "Site brand name" }).check();
    await expect.poll(() => shownFormula(page)).toContain('"site.brand.name"');
  });

  it("goes back to what was replaced", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await page.getByRole("checkbox").first().check();
    const before = '=KAL.QUERY("site","(entityVariant=Own)","entityVariant",2)';
    await expect.poll(() => shownFormula(page)).toBe(before);
    await selectCell(page, 7, 5, '=KAL.QUERY("price")');
    await button(page, "Edit the formula in Prices!F8").click();
    await button(page, "Undo").click();
    await expect.poll(() => shownFormula(page)).toBe(before);
  });
});
