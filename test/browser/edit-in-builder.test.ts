/**
 * “Edit in builder” of the cells' menu, the ribbon and the keys: the builder opens with the selected formula in it.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { selectCell } from "./builder-actions.ts";
import { openBrowser } from "./open-browser.ts";
import { connectSample, press } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["edit in builder", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  async function start(content?: string): Promise<Page> {
    const { page } = await panes.show();
    await connectSample(page);
    if (content !== undefined) await selectCell(page, 7, 5, content);
    await press(page, "editFormula");
    await page.getByRole("tab", { name: "Build", selected: true }).waitFor();
    return page;
  }
  const focused = (page: Page) =>
    page.waitForFunction(() => document.activeElement?.id === "builder-heading");

  it("opens Build with the formula of the selected cell in it, the builder loaded or not", async () => {
    const page = await start('=KAL.QUERY("site","(entityVariant=Own)","importCode, name")');
    await page.getByText("Editing the formula in Prices!F8.").first().waitFor();
    await focused(page);
    await page.getByRole("tab", { name: "Settings" }).click();
    await selectCell(page, 8, 5, '=KAL.QUERY("product")');
    await press(page, "editFormula");
    await page.getByText("Editing the formula in Prices!F9.").first().waitFor();
    await expect.poll(() => page.locator("#builder-collection").inputValue()).toBe("product");
    await focused(page);
  });

  it("shows which queries there are where the formula has several", async () => {
    const page = await start('=VSTACK(KAL.QUERY("price"),KAL.QUERY("site"))');
    await page.getByText("Edit query 2 of 2").waitFor();
    await focused(page);
  });

  it("says so where the cell holds none, until there is something else", async () => {
    const page = await start("1.459");
    await page.getByText("The selected cell contains no Kalibrate formula").first().waitFor();
    expect(await page.locator("#announcer").textContent()).toContain("contains no Kalibrate formula");
    await focused(page);
    await selectCell(page, 8, 5, '=KAL.QUERY("product")');
    await page.getByText("Edit the formula in Prices!F9").waitFor();
    await expect.poll(() => page.locator(".note").getByText("contains no Kalibrate formula").count()).toBe(0);
  });

  it("says so where no cell is selected", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await page.evaluate(() => {
      window.selectedCell.selectionRefusal = "The current selection is invalid for this operation.";
    });
    await press(page, "editFormula");
    await page.locator(".note").getByText("contains no Kalibrate formula").waitFor();
  });
});
