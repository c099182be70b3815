/**
 * Refreshing from the workbench's ribbon, by mouse and keyboard.
 */
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { patience, useTwoTables } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["refresh", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  const { asked } = useTwoTables(browser, (opened) => (workbench = opened), { isShared: true });
  const ribbon = () => workbench.page.getByRole("group", { name: "Kalibrate" });
  const focused = () => workbench.page.evaluate(() => document.activeElement?.textContent);

  /** Holds the add-in's calls back until it is told to let them through. */
  async function holdCalls(): Promise<() => void> {
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    await workbench.page.route("**/api/v1/{query,batch}", async (route) => {
      await released;
      await route.continue();
    });
    return release;
  }

  it("asks again for the whole workbook with one click; cells are busy and then filled", async () => {
    const release = await holdCalls();
    await ribbon().getByRole("button", { name: "Refresh" }).click();
    await expect
      .poll(() => Promise.all([workbench.cell(1, 1), workbench.cell(1, 3)]), patience)
      .toEqual(["#BUSY!", "#BUSY!"]);
    release();
    await expect.poll(() => workbench.cell(3, 1), patience).toMatch(/^\d+$/);
    await expect.poll(() => workbench.cell(1, 3), patience).toMatch(/^[A-Z]/);
    expect(asked("/api/site")).toBeGreaterThan(0);
    expect(asked("/api/reference/brand")).toBeGreaterThan(0);
  });

  it("asks again for the table that the selected cell lies in, by keyboard alone", async () => {
    await workbench.goTo("B3");
    const release = await holdCalls();
    const { keyboard } = workbench.page;
    await ribbon().getByRole("button", { name: "More" }).focus();
    await keyboard.press("ArrowDown");
    await expect.poll(focused).toBe("Refresh sheet");
    await keyboard.press("ArrowDown");
    expect(await focused()).toBe("Refresh selection");
    await keyboard.press("Enter");
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#BUSY!");
    expect(await workbench.cell(1, 3)).not.toBe("#BUSY!");
    release();
    await expect.poll(() => workbench.cell(3, 1), patience).toMatch(/^\d+$/);
    expect(asked("/api/site")).toBeGreaterThan(0);
    expect(asked("/api/reference/brand")).toBe(0);
  });
});
