/**
 * The query builder in the pane: from nothing to a formula, and from a formula back.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  addFilter,
  beginWith,
  contentOf,
  openBuilder,
  queryText,
  selectCell,
  shownFormula,
  typeQuery,
} from "./builder-actions.ts";
import { openBrowser } from "./open-browser.ts";
import { api, button, endSession, goOffline, goOnline, hold } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

const status = (page: Page, text: string) => page.getByRole("status").getByText(text).first();

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
    await page.getByRole("checkbox", { name: "Brand name" }).check();
    await page.getByLabel("Search fields").fill("importCode");
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

  it("filters with fitting inputs; text and rows follow each other", async () => {
    const page = await start();
    await beginWith(page, "Price");
    await addFilter(page, "effectiveTime");
    await expect.poll(() => shownFormula(page)).toContain("(effectiveTime>=today-7)");
    await page.getByLabel("Kind of date").selectOption("day");
    await page.getByLabel("Value").fill("2026-11-20");
    await expect.poll(() => shownFormula(page)).toContain("(effectiveTime>=2026-11-20)");
    await typeQuery(page, "entityVariant=Competitor and price>1.2");
    await expect.poll(() => page.locator("#builder-kind").inputValue()).toBe("Competitor");
    expect(await page.getByLabel("Property").inputValue()).toBe("price");
    expect(await page.getByLabel("Comparison").inputValue()).toBe(">");
    await page.getByLabel("Value").fill("1.1");
    expect(await queryText(page).inputValue()).toBe("(entityVariant=Competitor)+(price>1.1)");
  });

  it("chooses the record of a reference by its name", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await addFilter(page, "brand.entityId");
    const value = page.locator("select[aria-label=Value]");
    await value.locator("option").nth(1).waitFor({ state: "attached" });
    const chosen = await value.locator("option").nth(1).getAttribute("value");
    expect(chosen).toMatch(/^[0-9a-f-]{36}$/);
    await value.selectOption({ index: 1 });
    await expect.poll(() => shownFormula(page)).toContain(`(brand.entityId=${chosen})`);
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

  it("writes nothing where the cell has changed, and keeps what was built", async () => {
    const page = await start();
    await openBuilder(page);
    await selectCell(page, 7, 5, '=KAL.QUERY("site")');
    await button(page, "Edit the formula in Prices!F8").click();
    await selectCell(page, 7, 5, "something else");
    await button(page, "Update formula").click();
    await status(page, "no longer holds the formula").waitFor();
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
    await status(page, "Excel did not take the formula: The sheet is protected.").waitFor();
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
    await selectCell(page, 7, 5, '=KAL.LOOKUP("site","","name","importCode",A2)');
    await page.getByText("Prices!F8 holds a Kalibrate formula").waitFor();
    await page.getByText("edited in Excel’s formula bar").waitFor();
    expect(await button(page, "Edit").count()).toBe(0);
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
    expect(await button(page, "Edit the formula in Prices!F8").count()).toBe(0);
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

  describe("wrong input", () => {
    it("a query that cannot be read: says where, loses nothing, writes nothing", async () => {
      const page = await start();
      await beginWith(page, "Price");
      await addFilter(page, "price");
      await page.getByLabel("Value").fill("1.4");
      await typeQuery(page, "(price>1.4)+(source");
      await status(page, "position 20").waitFor();
      expect(await page.getByLabel("Value").inputValue()).toBe("1.4");
      await page.getByText("Correct the query to see its rows").waitFor();
      await button(page, "Insert formula").click();
      await status(page, "cannot be read yet").waitFor();
      expect(await contentOf(page, 2, 1)).toBe("");
      await button(page, "Go back to these filters").click();
      await expect.poll(() => queryText(page).inputValue()).toBe("(entityVariant=Own)+(price=1.4)");
    });

    it.each([
      ["price", "1,4", "expected a number such as 1.4"],
      ["effectiveTime", "yesterday", "expected a date such as"],
      ["source", "a (b)", "a parenthesis inside a clause"],
      ["source", "x and price>1", "reads like a further filter"],
    ])("%s: %s", async (property, value, words) => {
      const page = await start();
      await beginWith(page, "Price");
      await addFilter(page, property);
      if (property === "effectiveTime") await page.getByLabel("Kind of date").selectOption("asWritten");
      if (property === "price") await page.getByLabel("Comparison").selectOption(">");
      await page.getByLabel("Value").fill(value);
      await status(page, words).waitFor();
      expect(await page.getByLabel("Value").inputValue()).toBe(value);
      await button(page, "Insert formula").click();
      await status(page, "A filter is not right yet").waitFor();
      expect(await contentOf(page, 2, 1)).toBe("");
    });

    it("a number of rows that is none", async () => {
      const page = await start();
      await beginWith(page, "Price");
      await page.getByRole("heading", { name: "Order and rows" }).click();
      await page.getByLabel("At most").fill("5");
      await page.getByLabel("At most").fill("ten");
      await status(page, "Enter a whole number of rows").waitFor();
      await expect.poll(() => shownFormula(page)).toContain(",2,5)");
    });

    it("a field that no record has", async () => {
      const page = await start();
      await beginWith(page, "Price");
      await page.getByLabel("Search fields").fill("zebra");
      await button(page, "Add “zebra” all the same").click();
      await page.getByRole("alert").getByText("zebra").waitFor();
    });

    it("a formula that is too long", async () => {
      const page = await start();
      await beginWith(page, "Price");
      await typeQuery(page, `(source=${"x".repeat(8200)})`);
      await button(page, "Insert formula").click();
      await status(page, "Excel takes 8,192").waitFor();
    });

    it("a cell that is not empty", async () => {
      const page = await start();
      await beginWith(page, "Price");
      await selectCell(page, 2, 1, "mine");
      await button(page, "Insert formula").click();
      await status(page, "Prices!B3 is not empty").waitFor();
      expect(await contentOf(page, 2, 1)).toBe("mine");
    });
  });

  describe("the network", () => {
    it("gone: says so, and comes back with everything that was chosen", async () => {
      const page = await start();
      await beginWith(page, "Site");
      await goOffline(page);
      await page.getByRole("checkbox").first().check();
      await page.getByRole("alert").getByText("cannot be reached").waitFor();
      await goOnline(page);
      await button(page, "Try again").click();
      await page.locator(".rows:not(.waiting) th").first().waitFor();
      expect(await page.locator(".rows th").count()).toBe(1);
    });

    it("slow: the rows that were there stay until the new ones come, and only the last choice counts", async () => {
      const page = await start();
      await beginWith(page, "Site");
      const held = await hold(page, "query");
      await page.getByRole("checkbox").nth(0).check();
      await page.locator(".rows.waiting").waitFor();
      expect(await page.locator(".rows th").count()).toBeGreaterThan(2);
      await page.getByRole("checkbox").nth(1).check();
      await held.release();
      await expect.poll(() => page.locator(".rows:not(.waiting) th").count()).toBe(2);
    });

    it("the session ends: the pane says so", async () => {
      const page = await start();
      await beginWith(page, "Site");
      await endSession(page);
      await page.getByRole("checkbox").first().check();
      await page.locator("#connect").waitFor();
    });

    it("a result that is too large for a formula is offered as a table", async () => {
      const page = await start();
      await beginWith(page, "Site");
      await page.route(api("query"), (route) =>
        route.fulfill({
          status: 413,
          json: {
            error: {
              code: "KAL_TOO_LARGE",
              message: "The result has 90,000 rows: too much for one formula.",
              hint: "Choose fewer fields.",
              retryable: false,
              requestId: "r-1",
            },
          },
        }),
      );
      await button(page, "Insert formula").click();
      await status(page, "90,000 rows").waitFor();
      await status(page, "As a table it has room").waitFor();
      await page.unroute(api("query"));
      await selectCell(page, 30, 1);
      await button(page, "Insert as table").click();
      await status(page, "Inserted as a table at Prices!B31").waitFor();
      expect(await contentOf(page, 30, 2)).toBe("Code");
    });
  });
});
