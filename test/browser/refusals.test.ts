/**
 * What the pane says when a command of the ribbon, of the cells' menu or of a key cannot be carried out, or had nothing
 * to do.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { selectCell } from "./builder-actions.ts";
import { openBrowser } from "./open-browser.ts";
import { button, callFunction, connectSample, openSection, press } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

const protectedSheet = "The sheet is protected.";
const chartSelected = "The current selection is invalid for this operation.";

/** Every command that Excel can refuse, and by what the pane calls it. */
const refused = [
  { command: "convertSelection", name: "Convert selection to values", because: protectedSheet },
  { command: "convertSelection", name: "Convert selection to values", because: chartSelected },
  { command: "refreshSelection", name: "Refresh selection", because: protectedSheet },
  { command: "refreshSelection", name: "Refresh selection", because: chartSelected },
  { command: "refreshSheet", name: "Refresh sheet", because: protectedSheet },
  { command: "refreshWorkbook", name: "Refresh", because: protectedSheet },
  { command: "retryFailed", name: "Try failed again", because: protectedSheet },
  { command: "togglePause", name: "Pause or resume", because: protectedSheet },
];

/** Every command that may find nothing to do, with what is selected. */
const told = [
  {
    command: "refreshSelection",
    shows: "nothing",
    words:
      "Refresh selection: No KAL formula in the selection. Select a cell with a KAL formula, or any cell that one fills.",
  },
  {
    command: "refreshSheet",
    shows: "nothing",
    words:
      "Refresh sheet: No KAL formula on this sheet. Go to a sheet that has one, or type =KAL. into a cell.",
  },
  {
    command: "refreshWorkbook",
    shows: "nothing",
    words: "Refresh: No KAL formula in this workbook. Type =KAL. into a cell, or choose Build in this pane.",
  },
  {
    command: "retryFailed",
    shows: "value",
    words: "Try failed again: Nothing has failed. For new data choose Refresh.",
  },
  {
    command: "convertSelection",
    shows: "nothing",
    words:
      "Convert selection to values: No KAL formula in the selection. Select a cell with a KAL formula, or any cell that one fills.",
  },
  {
    command: "convertSelection",
    shows: "error",
    words:
      "Convert selection to values: 0 formulas are values now. Skipped: 1 formula that shows an error. Choose Try failed again, then convert.",
  },
] as const;

describe.skipIf(!browser)(["refused commands", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  /** A formula of ours in the selected cell; converted it is what it shows, tried again it has failed. */
  async function selectFormula(page: Page, shows: "value" | "error" | "nothing"): Promise<void> {
    if (shows === "nothing") return selectCell(page, 2, 1, "=SUM(1)");
    await selectCell(page, 2, 1, '=KAL.QUERY("site")');
    if (shows === "error") return;
    await page.evaluate(() => {
      const { read } = window.spreadsheet;
      Object.assign(window.spreadsheet, {
        read: (area: Parameters<typeof read>[0]) =>
          read(area).map((row) =>
            row.map((cell) => (cell.formula === "" ? cell : { ...cell, value: 1.459, text: "1.459" })),
          ),
      });
    });
  }

  it.each(refused)("$name: $because", async ({ command, name, because }) => {
    const { page } = await panes.show();
    await connectSample(page);
    if (command === "togglePause") await press(page, command);
    await selectFormula(page, command === "convertSelection" ? "value" : "error");
    await page.evaluate(
      ([text, isSelection]) => {
        window.selectedCell[isSelection ? "selectionRefusal" : "refusal"] = text;
      },
      [because, because === chartSelected] as const,
    );
    await press(page, command);
    const notice = page.locator(".notice").getByText(`${name}: Excel refuses: ${because}`);
    await notice.waitFor();
    expect(await page.locator("#announcer").textContent()).toContain(`${name}: Excel refuses`);
    // Beside all else that has happened, with what to do.
    await page.getByRole("tabpanel", { name: "Activity" }).getByText("unprotect the sheet").waitFor();
    // The same again is news again.
    await page.evaluate(() => (document.getElementById("announcer")!.textContent = ""));
    if (command === "togglePause") return;
    await press(page, command);
    await page.locator("#announcer").getByText(`${name}: Excel refuses`).waitFor({ state: "attached" });
  });

  it.each(told)("$command, where the cell shows $shows: $words", async ({ command, shows, words }) => {
    const { page } = await panes.show();
    await connectSample(page);
    await openSection(page, "Settings");
    await selectFormula(page, shows);
    await press(page, command);
    await page.locator(".notice").getByText(words, { exact: true }).waitFor();
    await page.locator("#announcer").getByText(words, { exact: true }).waitFor({ state: "attached" });
    // What the person was at stays.
    await page.getByRole("tabpanel", { name: "Settings" }).waitFor();
    // The same again is news again, and what goes well takes its place.
    await page.evaluate(() => (document.getElementById("announcer")!.textContent = ""));
    await press(page, command);
    await page.locator("#announcer").getByText(words, { exact: true }).waitFor({ state: "attached" });
    await selectFormula(page, "error");
    await press(page, "refreshSheet");
    await page.locator(".notice").getByText("Refresh sheet: Refreshing 1 cell.", { exact: true }).waitFor();
  });

  it("pause and resume: what each has come to", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await selectFormula(page, "error");
    const notice = page.locator(".notice");
    await press(page, "togglePause");
    await notice.getByText("Data is paused: cells show the data already loaded.").waitFor();
    await press(page, "refreshSheet");
    await notice.getByText("Refresh sheet: Data is paused, so nothing new was requested. Resume").waitFor();
    await press(page, "togglePause");
    await notice.getByText("Pause or resume: Data is no longer paused.").waitFor();
    expect(await notice.count()).toBe(1);
    await press(page, "refreshSheet");
    await notice.getByText("Refresh sheet: Refreshing 1 cell.", { exact: true }).waitFor();
    expect(await notice.count()).toBe(1);
  });

  it("Try failed again in the pane says so where there is nothing left that has failed", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await callFunction(page, "QUERY", ["prices", null, null, 1, 1], "Prices!C3");
    await openSection(page, "Activity");
    const panel = page.getByRole("tabpanel", { name: "Activity" });
    await button(page, "Try failed again").click();
    await panel.locator(".outcome").getByText("Nothing has failed. For new data choose Refresh.").waitFor();
  });

  it("what was refused before the pane was loaded is said by it", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/chunks/**", async (route) => {
      await released;
      await route.continue();
    });
    // The page counts as loaded when the pane is, which it is not.
    await page.reload({ waitUntil: "commit" });
    await page.waitForFunction(() => window.excelHost);
    await selectFormula(page, "error");
    await page.evaluate((text) => void (window.selectedCell.refusal = text), protectedSheet);
    // It waits for the commands' code, which is held back as well.
    const pressed = press(page, "refreshSelection");
    release();
    await pressed;
    await page.locator(".notice").getByText(`Refresh selection: Excel refuses: ${protectedSheet}`).waitFor();
  });

  it("a refresh while data is paused keeps what is known, and the pane says that it is paused", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await callFunction(page, "QUERY", ["site", null, [["name"]], 1, 1], "Prices!C3");
    await press(page, "togglePause");
    await press(page, "refreshWorkbook");
    await callFunction(page, "QUERY", ["site", null, [["name"]], 1, 1], "Prices!C3");
    await page.locator(".notice").getByText("Data is paused: cells show the data already loaded.").waitFor();
    await callFunction(page, "QUERY", ["site", null, [["brand"]], 1, 1], "Prices!C4");
    await page.locator(".notice").getByText("1 cell waits").waitFor();
  });
});
