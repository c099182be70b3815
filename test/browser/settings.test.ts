/**
 * The section Settings, by keyboard.
 */
import { describe, expect, it } from "vitest";
import { selectCell } from "./builder-actions.ts";
import { openBrowser } from "./open-browser.ts";
import { button, connectSample, openSection, workbookSettings } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["settings", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  async function showSettings(options = {}) {
    const { page } = await panes.show(options);
    await connectSample(page);
    await openSection(page, "Settings");
    return page;
  }

  it("a workbook that refreshes on opening asks once, and is answered by keyboard", async () => {
    const page = await showSettings({ workbookRefreshes: true });
    const question = page.locator("#refresh-question");
    await question.getByText("wants to load new data from “Sample data”").waitFor();
    await question.getByText("Not now").focus();
    await page.keyboard.press("Enter");
    await question.waitFor({ state: "detached" });
    await page.reload();
    await question.getByText("Allow and refresh").click();
    await question.waitFor({ state: "detached" });
    await page.reload();
    await page.getByRole("tab", { name: "Settings" }).waitFor();
    expect(await question.count()).toBe(0);
  });

  it("every choice is reached and made by keyboard, holds at once and is announced", async () => {
    const page = await showSettings();
    const announced = page.locator("#announcer");
    await page.getByLabel("Off", { exact: true }).focus();
    for (const key of ["ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    await announced.getByText("refreshes every 15 minutes").waitFor({ state: "attached" });
    await page
      .locator("#schedule-state")
      .getByText(/^Next refresh: \d/)
      .waitFor();
    await page.keyboard.press("Tab");
    for (const key of ["ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    await announced.getByText("Theme: Dark.").waitFor({ state: "attached" });
    expect(await page.evaluate(() => document.documentElement.style.colorScheme)).toBe("dark");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await announced.getByText("Saved.").waitFor({ state: "attached" });
    // Beside what was changed, and only there.
    await page.getByRole("group", { name: "Dates" }).getByText("Saved.").waitFor();
    expect(await page.locator(".outcome:not(:empty)").count()).toBe(1);
    await expect.poll(() => page.getByLabel("21/11/2026").isChecked()).toBe(true);
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => document.activeElement?.getAttribute("value") === "#N/A");
    const saved = page.getByRole("group", { name: "Missing values" }).getByText("Saved.");
    await saved.waitFor();
    // Later changes of the workbook are not what it was about.
    await selectCell(page, 8, 1, "typed");
    await expect.poll(() => saved.count()).toBe(0);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await announced.getByText("will refresh when it is opened").waitFor({ state: "attached" });
    await expect
      .poll(() => workbookSettings(page))
      .toMatchObject({ "KAL.dates": "dd/mm/yyyy", "KAL.emptyValues": "#N/A", "KAL.refreshOnOpen": true });
    expect(await page.evaluate(() => localStorage.getItem("kal.values"))).toBe(
      JSON.stringify({ dates: "dd/mm/yyyy", empty: "#N/A" }),
    );
    expect(await page.evaluate(() => Office.addin.getStartupBehavior())).toBe("Load");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await announced.getByText("are not warned").waitFor({ state: "attached" });
    await expect
      .poll(() => workbookSettings(page))
      .toMatchObject({ "KAL.refreshEvery": 15, "Office.DisableTrustUX": true });
  });

  it("copies a report on this Excel that holds nothing of the workbook and opens nothing", async () => {
    const page = await showSettings({ workbookConnection: "canary-connection" });
    await selectCell(page, 2, 1, '=KAL.QUERY("site","name=canary-formula")');
    await page.evaluate(() => {
      Office.context.document.settings.set("canary", "canary-setting");
      navigator.clipboard.writeText = async (text) => void ((window as { copied?: string }).copied = text);
    });
    await button(page, "Copy report").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Report" }).getByText("Copied.").waitFor();
    const { copied = "", stored } = await page.evaluate(() => ({
      copied: (window as { copied?: string }).copied,
      stored: localStorage.getItem("kal.connections") ?? "",
    }));
    expect(copied.split("\n").map((line) => line.split(/[:,]/)[0])).toEqual([
      "KAL report of the pane",
      "Add-in",
      "Excel",
      "Web view",
      "Languages",
      "Theme",
      "Minutes ahead of UTC",
      "CustomFunctionsRuntime",
      "SharedRuntime",
      "ExcelApi",
      "RibbonApi",
      "KeyboardShortcuts",
      "",
    ]);
    expect(copied).toMatch(/^Add-in: \d+\.\d+\.\d+$/m);
    expect(copied).toMatch(/^Excel: Excel PC \d/m);
    expect(copied).toContain("CustomFunctionsRuntime: yes 1.1 1.2 1.3 1.4; no 1.5");
    const [held] = JSON.parse(stored) as { ticket: string; name: string; label: string }[];
    for (const kept of [held!.ticket, held!.name, held!.label, "canary", "Prices", page.url(), "localhost"]) {
      expect(copied).not.toContain(kept);
    }
  });

  it("says why Excel does not calculate with the choice, which holds all the same", async () => {
    const page = await showSettings();
    await selectCell(page, 2, 1, '=KAL.QUERY("site")');
    await page.evaluate(() => {
      window.selectedCell.refusal = "The sheet is protected.";
    });
    await page.getByLabel("21/11/2026").check();
    await page
      .getByRole("group", { name: "Dates" })
      .getByText("Excel did not allow that: The sheet is protected.")
      .waitFor();
    expect(await page.getByLabel("21/11/2026").isChecked()).toBe(true);
  });

  it("outside Excel the theme stays on this computer, and a report is copied", async () => {
    const page = await showSettings({ excel: undefined });
    const scheme = () => page.evaluate(() => document.documentElement.style.colorScheme);
    await page.getByLabel("Dark").check();
    await expect.poll(scheme).toBe("dark");
    await page.reload();
    await expect.poll(scheme).toBe("dark");
    await openSection(page, "Settings");
    await expect.poll(() => page.getByLabel("Dark").isChecked()).toBe(true);
    await page.getByLabel("Automatic").check();
    await expect.poll(scheme).toBe("light");
    // There is no workbook that the other choices could be kept in.
    await expect.poll(() => page.getByText("For everybody with this workbook").count()).toBe(0);
    // Nor an Excel to report on, which the report says.
    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => void ((window as { copied?: string }).copied = text);
    });
    await button(page, "Copy report").click();
    await page.getByRole("region", { name: "Report" }).getByText("Copied.").waitFor();
    const copied = await page.evaluate(() => (window as { copied?: string }).copied);
    expect(copied).toMatch(/^ExcelApi: yes none;/m);
  });
});
