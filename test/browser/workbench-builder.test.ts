/**
 * From nothing to values by keyboard alone: connect to the sample, build, insert, edit, refresh, convert. With the real
 * office.js and a result that spills over the grid.
 */
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["query builder, keyboard", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  const fixture = useWorkbench(browser, (opened) => (workbench = opened));

  const keys = () => workbench.page.keyboard;
  /** What has the focus in the pane: its id, or else its name. */
  const focused = () =>
    workbench.pane.locator("body").evaluate(() => {
      const element = document.activeElement;
      return element?.id || element?.getAttribute("aria-label") || element?.textContent?.trim() || "";
    });

  /** Presses Tab, or Shift+Tab, until something in the pane has the focus. */
  async function tabTo(wanted: string, key = "Tab"): Promise<void> {
    for (let presses = 0; presses < 80; presses++) {
      if ((await focused()).startsWith(wanted)) return;
      await keys().press(key);
    }
    throw new Error(`${key} never comes to ${wanted}`);
  }

  async function press(wanted: string, key = "Enter"): Promise<void> {
    await tabTo(wanted);
    await keys().press(key);
  }

  /** What of the window has the keyboard, by its tag or what stands on it. */
  const inWindow = () =>
    workbench.page.evaluate(() => {
      const element = document.activeElement!;
      return element.matches('[data-u-comp="editor"]')
        ? "grid"
        : element.textContent.trim() || element.tagName;
    });

  /** Goes from part to part of the window. */
  async function goInto(part: "grid" | "File" | "IFRAME"): Promise<void> {
    for (let presses = 0; (await inWindow()) !== part; presses++) {
      if (presses === 3) throw new Error(`F6 never comes to ${part}`);
      await keys().press("F6");
    }
  }

  /** Presses a button of the ribbon. */
  async function pressInRibbon(name: string): Promise<void> {
    await goInto("File");
    for (let presses = 0; (await inWindow()) !== name && presses < 10; presses++) await keys().press("Tab");
    await keys().press("Enter");
  }

  /** Searches for a field and ticks it. */
  async function tickField(words: string, path = words): Promise<void> {
    await tabTo("search-fields", "Shift+Tab");
    await keys().press("Control+A");
    await keys().type(words);
    const box = workbench.pane.getByRole("checkbox", { name: new RegExp(`\\b${path} ·`) }).first();
    await box.waitFor();
    const hasFocus = () => box.evaluate((element) => element === document.activeElement);
    for (let presses = 0; presses < 40 && !(await hasFocus()); presses++) await keys().press("Tab");
    await keys().press("Space");
    await expect.poll(() => box.isChecked()).toBe(true);
  }

  const status = (text: string) => workbench.pane.getByRole("status").getByText(text).first().waitFor();

  it(
    "pulls the competitors’ prices of last week, edits, refreshes and keeps them",
    { timeout: 240_000 },
    async () => {
      const { pane } = workbench;
      await goInto("IFRAME");
      await press("Disconnect");
      await pane.locator("#connect").waitFor();
      await press("try-sample");
      await pane.getByRole("heading", { name: "Sample data" }).waitFor();

      await tabTo("tab-", "Shift+Tab");
      await keys().press("Home");
      await pane.locator(".collection").first().waitFor();
      await press("Price");
      await expect.poll(focused).toBe("builder-collection");
      await tabTo("builder-kind");
      await keys().type("Comp");
      await pane.getByText("importCode").first().waitFor();
      await press("add-filter");
      await expect.poll(focused).toMatch(/^filter-\d+-property$/);
      await keys().type("Effective");
      await expect.poll(() => pane.getByLabel("Kind of date").inputValue()).toBe("daysAgo");
      await tabTo("search-fields");
      await tickField("site.name");
      await tickField("site brand name", "site.brand.name");
      await tickField("product.name");
      await tickField("price");
      await tickField("effectiveTime");
      await press("insert-formula");
      await status("Inserted into Sheet1!A1.");
      expect(await workbench.formula(0, 0)).toMatch(/effectiveTime>=?today-7\)/);
      const headings = ["Site name", "Site brand name", "Product name", "Price", "Effective"];
      await expect.poll(() => workbench.texts(0, 0, 1, 5), patience).toEqual([headings]);
      const [[site, brand, product, price, time] = []] = await workbench.values(1, 0, 1, 5);
      for (const name of [site, brand, product]) expect(name).toMatch(/^[A-Z]\w/);
      expect(price).toBeGreaterThan(0.5);
      expect(time).toBeGreaterThan(45_000);
      // As money is read at the pump, whatever the first price is.
      await expect
        .poll(async () => (await workbench.texts(1, 3, 1, 1))[0]![0], patience)
        .toMatch(/^\d\.\d{3}$/);

      // A cell inside the spilled table stands for its formula.
      await tabTo("Start over", "Shift+Tab");
      await keys().press("Enter");
      await goInto("grid");
      for (const key of ["Right", "Right", "Down", "Down", "Down"]) await keys().press(`Arrow${key}`);
      await goInto("IFRAME");
      await press("Edit the formula in Sheet1!A1");
      await expect.poll(() => pane.locator("#builder-kind").inputValue()).toBe("Competitor");
      await tabTo("Order and rows");
      await keys().press("Enter");
      await tabTo("limit");
      await keys().type("2");
      await press("update-formula");
      await status("Updated in Sheet1!A1. 2 rows.");
      await expect.poll(() => workbench.texts(3, 0, 1, 5), patience).toEqual([["", "", "", "", ""]]);
      await expect.poll(() => workbench.cell(2, 3), patience).toBeGreaterThan(0.5);

      fixture.service.simulator.clearRequests();
      await pressInRibbon("Refresh");
      const asked = () => fixture.service.simulator.requests.filter(({ path }) => /price/i.test(path)).length;
      await expect.poll(asked, patience).toBeGreaterThan(0);
      await expect.poll(() => workbench.cell(2, 3), patience).toBeGreaterThan(0.5);

      // Any cell of the table stands for its formula, in the menu of cells too.
      await goInto("grid");
      for (const key of ["ArrowUp", "Shift+F10", "k", "Enter", "c", "Enter"]) await keys().press(key);
      await expect.poll(() => workbench.formula(0, 0), patience).toBe("Site name");
      expect(await workbench.cell(2, 3)).toBeGreaterThan(0.5);
    },
  );
});
