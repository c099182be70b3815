/**
 * What the builder makes besides rows: totals and averages, values beside cells, markets.
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

  const options = (page: Page) => page.locator(".values [role=option]");
  const picker = (page: Page, at: number) => page.getByLabel("Value", { exact: true }).nth(at);

  /** Chooses values of a key from the list. */
  async function pick(page: Page, at: number, labels: readonly string[]): Promise<void> {
    await picker(page, at).click();
    for (const label of labels) await page.getByRole("option", { name: label, exact: true }).click();
    await picker(page, at).press("Escape");
  }

  /** Writes the codes of the own sites below a heading, from A2 on, and selects the first. */
  async function writeCodes(page: Page): Promise<void> {
    await picker(page, 0).click();
    await options(page).nth(2).waitFor();
    const labels = await options(page).allTextContents();
    await picker(page, 0).press("Escape");
    await selectCell(page, 0, 0, "Site");
    for (const at of [0, 1, 2]) await selectCell(page, at + 1, 0, labels[at]!.trim().split(",")[0]);
    await selectCell(page, 1, 0);
  }

  it("fills a value beside each of the cells, and opens and changes all of them as one", async () => {
    const page = await start();
    await wantInstead(page, "A value beside each of my rows");
    await collection(page, "Product").click();
    await writeCodes(page);
    await button(page, "Use the selected cells").first().click();
    await page.getByText("Prices!A2:A4, 3 cells").waitFor();
    await pick(page, 0, ["Diesel", "Unleaded"]);
    await page.getByText("6 cells get a formula, with headings in B1:C1.").waitFor();
    await expect.poll(() => rows(page).count()).toBe(3);
    const first =
      '=KAL.LOOKUP("product","(entityVariant=Own)","currentPrice","site.importCode, product.name",$A2,B$1)';
    await expect.poll(() => shownFormula(page)).toBe(first);
    await button(page, "Fill Prices!B2:C4").click();
    await status(page, "Filled Prices!B2:C4: 6 formulas.").waitFor();
    expect(await contentOf(page, 0, 1)).toBe("Diesel");
    expect(await contentOf(page, 1, 1)).toBe(first);
    expect(await contentOf(page, 3, 2)).toBe(first.replace("$A2", "$A4").replace("B$1", "C$1"));
    await button(page, "Start over").click();
    await selectCell(page, 2, 2);
    await button(page, "Edit the formula in Prices!C3").click();
    await page.getByText("Editing the formulas in Prices!B2:C4.").first().waitFor();
    await page.getByText("Prices!B1:C1, 2 cells").waitFor();
    await page.locator("#columns > summary").click();
    await page.getByRole("button", { name: "Remove currentPrice" }).click();
    await page.getByLabel("Search fields").fill("currentPriceEffectiveTime");
    await page.getByRole("checkbox").first().check();
    await button(page, "Update formulas in Prices!B2:C4").click();
    await status(page, "Updated in Prices!B2:C4.").waitFor();
    expect(await contentOf(page, 3, 2)).toContain('"currentPriceEffectiveTime"');
    await page.locator("#undo-write").click();
    await status(page, "Undone: Prices!B2:C4 is as before.").waitFor();
    expect(await contentOf(page, 3, 2)).toContain('"currentPrice"');
  });

  it("fills what was in force at a moment in cells, by keyboard alone, only where nothing is in the way", async () => {
    const page = await start();
    await pressUntilFocused(page, 'input[value="rows"]');
    await page.keyboard.press("ArrowDown");
    await collection(page, "Price").press("Enter");
    await writeCodes(page);
    await selectCell(page, 1, 1, "mine");
    await selectCell(page, 1, 0);
    await pressUntilFocused(page, '[id^="cells-"]');
    await page.keyboard.press("Enter");
    await page.getByText("Prices!A2:A4, 3 cells").waitFor();
    await page.locator('[id^="cells-"]:focus').waitFor();
    await picker(page, 0).focus();
    await page.keyboard.type("Diesel");
    await page.keyboard.press("Enter");
    await button(page, "Fill Prices!C2:C4").waitFor();
    await expect
      .poll(() => shownFormula(page))
      .toBe(
        '=KAL.ASOF("price","(entityVariant=Own)","price","site.importCode, product.product.name","now",$A2,C$1)',
      );
    await page.locator("#moment-when").selectOption("chosen");
    await page.getByLabel("Kind of date").selectOption("day");
    await page.locator('input[type="date"]').fill("2026-11-20");
    await expect.poll(() => shownFormula(page)).toContain('"2026-11-20",$A2,C$1');
    await pressUntilFocused(page, "#insert-formula");
    await page.keyboard.press("Enter");
    await status(page, "Filled Prices!C2:C4: 3 formulas.").waitFor();
    expect(await contentOf(page, 1, 1)).toBe("mine");
    expect(await contentOf(page, 0, 2)).toBe("Diesel");
  });

  it("makes the market of a site, from a chosen code or from cells, and opens it again", async () => {
    const page = await start();
    await wantInstead(page, "Competitors of a site");
    await picker(page, 0).click();
    await options(page).first().click();
    await picker(page, 0).press("Escape");
    await rows(page).first().waitFor();
    await expect.poll(() => shownFormula(page)).toMatch(/^=KAL\.MARKET\("\d+",,,2\)$/);
    const made = await shownFormula(page);
    await button(page, "Insert formula into Prices!B3").click();
    await status(page, "Inserted into Prices!B3.").waitFor();
    expect(await contentOf(page, 2, 1)).toBe(made);
    await button(page, "Start over").click();
    await selectCell(page, 2, 1);
    await button(page, "Edit the formula in Prices!B3").click();
    await pick(page, 1, ["Diesel"]);
    await button(page, "Update formula in Prices!B3").click();
    await status(page, "Updated in Prices!B3.").waitFor();
    expect(await contentOf(page, 2, 1)).toBe(made!.replace('",,,', '","Diesel",,'));
  });
});
