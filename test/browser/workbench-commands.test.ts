/**
 * The add-in's commands in the workbench: what manifest.xml adds to the menu of cells, and the shortcuts beside it; by
 * mouse and keyboard.
 */
import type { FUniver } from "@univerjs/core/facade";
import { describe, expect, it } from "vitest";
import type { SpreadsheetModel } from "../../src/workbench/excel-host/model.ts";
import { openBrowser } from "./open-browser.ts";
import { patience, useTwoTables } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["commands", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  const { asked } = useTwoTables(browser, (opened) => (workbench = opened), { isShared: true });
  const button = (name: string) => workbench.page.getByRole("button", { name, exact: true });
  /** The add-in's menu within the menu of cells: in the ribbon there is a button of the same name. */
  const kalibrate = () => workbench.page.locator(".univer-popup").getByRole("button", { name: "Kalibrate" });
  const convert = "Convert selection to values (replaces formulas)";
  const keys = () => workbench.page.keyboard;
  const isInGrid = () =>
    workbench.page.evaluate(() => document.activeElement?.matches('[data-u-comp="editor"]'));

  describe("the menu of cells", () => {
    it("has the manifest’s items at its end, by mouse", async () => {
      const { page } = workbench;
      // Over cell B3, a part of the first table: columns are 88 wide, rows 24 high.
      const grid = (await page.locator('#grid canvas[data-u-comp="render-canvas"]').last().boundingBox())!;
      await page.mouse.click(grid.x + 46 + 88 + 20, grid.y + 20 + 2 * 24 + 12, { button: "right" });
      await kalibrate().hover();
      for (const name of ["Refresh selection", "Edit in builder", convert]) {
        await button(name).waitFor();
      }
      await button("Refresh selection").click();
      await expect.poll(() => asked("/api/site"), patience).toBeGreaterThan(0);
      expect(asked("/api/reference/brand")).toBe(0);
      await expect.poll(isInGrid).toBe(true);
    });

    const chosen = () => workbench.page.evaluate(() => document.activeElement?.textContent);
    const selected = () =>
      workbench.page.evaluate(() => {
        const { spreadsheet } = (window as unknown as { workbench: { spreadsheet: SpreadsheetModel } })
          .workbench;
        const { row, column } = spreadsheet.selection();
        return [row, column];
      });

    it.each(["Shift+F10", "ContextMenu"])(
      "opens at the selected cell by %s, and is left again",
      async (key) => {
        await workbench.goTo("B3");
        await keys().press(key);
        await expect.poll(chosen).toContain("Copy");
        const entry = (await workbench.page.locator(":focus").boundingBox())!;
        // Beside the cell, or below it.
        expect(entry.x).toBeGreaterThan(46 + 88);
        expect(entry.x).toBeLessThan(46 + 3 * 88);
        await keys().press("ArrowUp");
        await expect.poll(chosen).toBe("Kalibrate");
        await keys().press("ArrowRight");
        await expect.poll(chosen).toBe("Refresh selection");
        await keys().press("ArrowDown");
        await expect.poll(chosen).toBe("Edit in builder");
        await keys().press("ArrowLeft");
        expect(await chosen()).toBe("Kalibrate");
        await keys().press("Enter");
        await expect.poll(chosen).toBe("Refresh selection");
        await keys().press("c");
        await expect.poll(chosen).toBe(convert);
        await keys().press("Escape");
        expect(await chosen()).toBe("Kalibrate");
        await button(convert).waitFor({ state: "hidden" });
        // What is no key of a menu is for nobody: neither for the grid, nor for the add-in.
        await keys().press("Control+Alt+Shift+U");
        await keys().press("7");
        await keys().press("Escape");
        await expect.poll(isInGrid).toBe(true);
        await kalibrate().waitFor({ state: "hidden" });
        expect(await selected()).toEqual([2, 1]);
        expect(await workbench.formula(1, 1)).toMatch(/^=KAL/);
        // And the keyboard is the grid's again.
        await keys().press("ArrowDown");
        await expect.poll(selected).toEqual([3, 1]);
      },
    );

    it("is chosen from by what is typed ahead of it, every time", async () => {
      await workbench.goTo("D2");
      for (const key of ["Shift+F10", "End", "Enter", "Enter"]) await keys().press(key);
      await expect.poll(() => asked("/api/reference/brand"), patience).toBeGreaterThan(0);
      await expect.poll(() => workbench.cell(1, 3), patience).toMatch(/^\w/);
      await expect.poll(isInGrid).toBe(true);
      await workbench.goTo("B3");
      for (const key of ["Shift+F10", "k", "ArrowRight", "ArrowUp", "Enter"]) await keys().press(key);
      await expect.poll(() => workbench.formula(1, 1), patience).toMatch(/^\d+$/);
      await expect.poll(isInGrid).toBe(true);
      expect(await selected()).toEqual([2, 1]);
      expect(await workbench.formula(1, 3)).toMatch(/^=KAL/);
      expect(asked("/api/site")).toBe(0);
    });

    it("is not opened while a cell is edited, nor by keys that are meant for the ribbon", async () => {
      const { page } = workbench;
      await workbench.goTo("G9");
      await keys().type("abc");
      await keys().press("Shift+F10");
      await keys().type("def");
      await keys().press("Enter");
      await expect.poll(() => workbench.cell(8, 6), patience).toBe("abcdef");
      await page.getByRole("button", { name: "File" }).focus();
      await keys().press("Shift+F10");
      expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("File");
      expect(await kalibrate().isVisible()).toBe(false);
    });
  });

  describe("shortcuts", () => {
    it("refresh the selection, and only that", async () => {
      await workbench.goTo("D2");
      await keys().press("Control+Alt+Shift+R");
      await expect.poll(() => asked("/api/reference/brand"), patience).toBeGreaterThan(0);
      expect(asked("/api/site")).toBe(0);
    });

    it("refresh the sheet", async () => {
      await workbench.goTo("G9");
      await keys().press("Control+Alt+Shift+H");
      await expect.poll(() => asked("/api/reference/brand"), patience).toBeGreaterThan(0);
      await expect.poll(() => asked("/api/site"), patience).toBeGreaterThan(0);
    });

    it("convert the selection, and leave the grid with the keyboard", async () => {
      await workbench.goTo("D2");
      await keys().press("Control+Alt+Shift+U");
      await expect.poll(() => workbench.formula(1, 3), patience).toMatch(/^[A-Z]/);
      expect(await workbench.formula(1, 1)).toMatch(/^=KAL/);
      expect(await isInGrid()).toBe(true);
    });

    it("say what was converted, until that is undone", async () => {
      const { pane } = workbench;
      await workbench.goTo("D2");
      await keys().press("Control+Alt+Shift+U");
      const line = pane.locator(".notice").getByText("1 formula is a value now.");
      await line.waitFor();
      await workbench.page.evaluate(() =>
        (window as unknown as { workbench: { grid: FUniver } }).workbench.grid.undo(),
      );
      await expect.poll(() => workbench.formula(1, 3), patience).toMatch(/^=KAL/);
      await line.waitFor({ state: "hidden" });
    });

    it("convert the table of which a cell in the middle is selected", async () => {
      await workbench.goTo("B3");
      await keys().press("Control+Alt+Shift+U");
      await expect.poll(() => workbench.formula(1, 1), patience).toMatch(/^\d+$/);
      expect(await workbench.formula(2, 1)).toMatch(/^\d+$/);
      expect(await workbench.formula(1, 3)).toMatch(/^=KAL/);
    });

    it("say where there is no formula to work on, and leave the grid with the keyboard", async () => {
      const { page, pane } = workbench;
      await page.getByRole("button", { name: "Close the task pane" }).click();
      await page.locator("#pane").waitFor({ state: "hidden" });
      await workbench.goTo("G9");
      for (const [shortcut, name] of [
        ["R", "Refresh selection"],
        ["U", "Convert selection to values"],
      ]) {
        await keys().press(`Control+Alt+Shift+${shortcut}`);
        await pane.locator(".notice").getByText(`${name}: No KAL formula in the selection.`).waitFor();
        expect(await isInGrid()).toBe(true);
      }
      await workbench.goTo("D2");
      await keys().press("Control+Alt+Shift+R");
      await pane
        .locator(".notice")
        .getByText(/^Refresh selection: 1 cell is up to date, as of \d/)
        .waitFor();
    });

    it("open the pane, and do nothing while a cell is edited", async () => {
      const { page } = workbench;
      await page.getByRole("button", { name: "Close the task pane" }).click();
      await page.locator("#pane").waitFor({ state: "hidden" });
      await workbench.goTo("G9");
      await keys().type("abc");
      await keys().press("Control+Alt+Shift+K");
      await keys().press("Enter");
      await expect.poll(() => workbench.cell(8, 6), patience).toBe("abc");
      expect(await page.locator("#pane").isHidden()).toBe(true);
      await keys().press("Control+Alt+Shift+K");
      await page.locator("#pane").waitFor({ state: "visible" });
    });
  });
});
