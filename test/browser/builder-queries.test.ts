/**
 * Queries to begin with: recent ones, favourites and those of this workbook; and the button that stays in view.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  addFilter,
  beginWith,
  collection,
  openBuilder,
  selectCell,
  shownFormula,
  status,
} from "./builder-actions.ts";
import { openBrowser } from "./open-browser.ts";
import { button, waitForFocus } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["queries to begin with", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);
  const list = (page: Page, name: string) => page.getByRole("region", { name });

  it("keeps what was inserted last, and a favourite under its name, for another workbook too", async () => {
    const { page } = await panes.show();
    await beginWith(page, "Site");
    await button(page, "Insert formula").click();
    await status(page, "Inserted into Prices!B3.").waitFor();
    await page.locator("#builder-kind").selectOption("Competitor");
    await page.locator(".favourite summary").press("Enter");
    await page.locator("input[name=favourite]").press("Enter");
    await status(page, "Enter a name first.").waitFor();
    await page.locator("input[name=favourite]").fill("Competitors");
    await page.keyboard.press("Enter");
    await status(page, "Kept as “Competitors” on this computer.").waitFor();
    await page.reload();
    await page.getByRole("tab", { name: "Build" }).click();
    const recent = list(page, "Recent").getByRole("button");
    await recent.first().waitFor();
    expect(await recent.count()).toBe(1);
    await list(page, "Favourites")
      .getByRole("button", { name: /^Competitors/ })
      .press("Enter");
    await expect.poll(() => shownFormula(page)).toBe('=KAL.QUERY("site","(entityVariant=Competitor)",,2)');
    await button(page, "Start over").press("Enter");
    await recent.first().waitFor();
  });

  it("removes a favourite", async () => {
    const { page } = await panes.show();
    await page.evaluate(() => {
      localStorage.setItem("kal.favouriteQueries", '[{"name":"Mine","formula":"=KAL.QUERY(\\"site\\")"},7]');
    });
    await page.reload();
    await openBuilder(page);
    await page.getByRole("button", { name: "Remove Mine from the favourites" }).press("Enter");
    await list(page, "Favourites").waitFor({ state: "detached" });
    expect(await page.evaluate(() => localStorage.getItem("kal.favouriteQueries"))).toBe("[]");
  });

  it("lists the formulas and tables of the workbook with the time of their data, and opens one in its place", async () => {
    const { page } = await panes.show({ width: 320 });
    await beginWith(page, "Site");
    await button(page, "Insert as table").click();
    await status(page, "Inserted as a table at Prices!B3").waitFor();
    await selectCell(page, 9, 5, '=KAL.QUERY("price","(entityVariant=Cost)")');
    await selectCell(page, 12, 5);
    await button(page, "Start over").click();
    await page.locator("#workbook-queries summary").press("Enter");
    await status(page, "2 queries.").waitFor();
    const entries = page.locator("#workbook-queries .collection");
    // However long a query is, the pane does not scroll sideways.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await entries.nth(0).textContent()).toMatch(/KAL_site.*Data as of/s);
    await entries.nth(1).press("Enter");
    await page.getByText("Editing the formula in Prices!F10.").first().waitFor();
    // Its cell is selected, so the filled button means it.
    await page.locator("#update-formula[appearance=primary]").waitFor();
    const { row, column } = await page.evaluate(() => window.spreadsheet.selection());
    expect([row, column]).toEqual([9, 5]);
  });

  it("folds what is chosen to one line in a narrow pane, by keyboard too", async () => {
    const { page } = await panes.show({ width: 320 });
    await openBuilder(page);
    await collection(page, "Price").press("Enter");
    await waitForFocus(page, "builder-data");
    await page.locator("#data").getByText("Price · Own · no filters").waitFor();
    await page.locator(".rows:not(.waiting) table").waitFor();
    // From what is chosen to the first rows and the button is one screen.
    const inView = await page
      .locator("#builder-data, .rows tbody tr:first-child, #insert-formula")
      .evaluateAll((elements) => {
        const boxes = elements.map((element) => element.getBoundingClientRect());
        return boxes.map(({ top, bottom }) => top >= 0 && bottom <= innerHeight);
      });
    expect(inView).toEqual([true, true, true]);
    expect(await page.locator("#builder-kind").isVisible()).toBe(false);
    await page.keyboard.press("Enter");
    await page.locator("#builder-kind").selectOption("Competitor");
    await addFilter(page, "source");
    await page.locator("#builder-data").press("Enter");
    await expect.poll(() => page.locator("#builder-kind").isVisible()).toBe(false);
    await page.locator("#data").getByText("Price · Competitor · 1 filter").waitFor();
  });

  it("folds the columns to one line in a narrow pane, with the button in view all the while", async () => {
    const { page } = await panes.show({ width: 320 });
    await beginWith(page, "Site");
    expect(await page.locator(".offered").first().isVisible()).toBe(false);
    await page.locator("#columns summary").getByText("the included ones").waitFor();
    const isInView = () =>
      page.locator("#insert-formula").evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
    expect(await isInView()).toBe(true);
    await page.locator("#columns > summary").press("Enter");
    await page.getByRole("checkbox", { name: "Brand name" }).first().check();
    await page.evaluate(() => scrollTo(0, 0));
    expect(await isInView()).toBe(true);
    await page.locator("#columns > summary").press("Enter");
    await page.locator("#columns summary").getByText("Brand name").waitFor();
  });
});
