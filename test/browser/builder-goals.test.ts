/**
 * What the builder makes besides rows: totals and averages.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  collection,
  contentOf,
  openBuilder,
  pressUntilFocused,
  selectCell,
  shownFormula,
  status,
  wantInstead,
} from "./builder-actions.ts";
import { openBrowser } from "./open-browser.ts";
import { button, waitForFocus } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["what the builder makes", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);
  async function start(): Promise<Page> {
    const { page } = await panes.show();
    await openBuilder(page);
    return page;
  }
  const rows = (page: Page) => page.locator(".rows:not(.waiting) tbody tr");

  it("makes totals and averages, and opens them again from the cell", async () => {
    const page = await start();
    await wantInstead(page, "Totals and averages");
    await collection(page, "Price").click();
    await expect
      .poll(() => shownFormula(page))
      .toBe('=KAL.SUMMARY("price","(entityVariant=Own)","","timeavg(price)",2)');
    await button(page, "\\+ Add group").click();
    await page.getByLabel("Group by").selectOption("site.brand.name");
    await button(page, "\\+ Add group").click();
    await page.getByLabel("Group by").nth(1).selectOption("effectiveTime");
    await expect.poll(() => page.getByLabel("Time span").inputValue()).toBe("day");
    await page.getByLabel("Time span").selectOption("month");
    await button(page, "\\+ Add figure").click();
    await page.getByLabel("Figure", { exact: true }).nth(1).selectOption("count");
    await expect
      .poll(() => shownFormula(page))
      .toBe(
        '=KAL.SUMMARY("price","(entityVariant=Own)","site.brand.name, month(effectiveTime)","timeavg(price), count",2)',
      );
    await rows(page).first().waitFor();
    expect(await page.locator("#insert-table").count()).toBe(0);
    await button(page, "Insert formula into Prices!B3").click();
    await status(page, "Inserted into Prices!B3.").waitFor();
    await button(page, "Start over").click();
    await selectCell(page, 2, 1);
    await button(page, "Edit the formula in Prices!B3").click();
    await page.getByText("Editing the formula in Prices!B3.").first().waitFor();
    await page.getByRole("button", { name: "Remove the figure count" }).click();
    await button(page, "Update formula in Prices!B3").click();
    await status(page, "Updated in Prices!B3.").waitFor();
    expect(await contentOf(page, 2, 1)).toBe(
      '=KAL.SUMMARY("price","(entityVariant=Own)","site.brand.name, month(effectiveTime)","timeavg(price)",2)',
    );
  });

  it("makes them by keyboard alone", async () => {
    const page = await start();
    await pressUntilFocused(page, 'input[value="rows"]');
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => page.getByRole("radio", { name: "Totals" }).isChecked()).toBe(true);
    await collection(page, "Site").press("Enter");
    await pressUntilFocused(page, "#add-by");
    await page.keyboard.press("Enter");
    await page.locator('[aria-label="Group by"]:focus').waitFor();
    await page.keyboard.type("Brand name");
    await expect
      .poll(() => shownFormula(page))
      .toBe('=KAL.SUMMARY("site","(entityVariant=Own)","brand.name","count",2)');
    await pressUntilFocused(page, "#insert-formula");
    await page.keyboard.press("Enter");
    await status(page, "Inserted into Prices!B3.").waitFor();
  });

  it("keeps what was chosen when something else is wanted, and says what is missing", async () => {
    const page = await start();
    await collection(page, "Product").click();
    await page.locator("#builder-kind").selectOption("Competitor");
    await wantInstead(page, "Totals and averages");
    await expect
      .poll(() => shownFormula(page))
      .toBe('=KAL.SUMMARY("product","(entityVariant=Competitor)","","avg(currentPrice)",2)');
    await page.getByRole("button", { name: "Remove the figure" }).click();
    await button(page, "Insert formula").click();
    await status(page, "Choose at least one figure first.").waitFor();
    await waitForFocus(page, "add-measures");
    await wantInstead(page, "Rows");
    await expect.poll(() => shownFormula(page)).toBe('=KAL.QUERY("product","(entityVariant=Competitor)",,2)');
  });
});
