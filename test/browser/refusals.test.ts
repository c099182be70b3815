/**
 * What the pane says when a command of the ribbon, of the cells' menu or of a key cannot be carried out.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { selectCell } from "./builder-actions.ts";
import { openBrowser } from "./open-browser.ts";
import { callFunction, connectSample, press } from "./pane-actions.ts";
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

describe.skipIf(!browser)(["refused commands", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  /** A formula of ours in the selected cell; converted it is what it shows, tried again it has failed. */
  async function selectFormula(page: Page, shows: "value" | "error"): Promise<void> {
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
    await press(page, "refreshSelection");
    release();
    await page.locator(".notice").getByText(`Refresh selection: Excel refuses: ${protectedSheet}`).waitFor();
  });

  it("a refresh while data is paused keeps what is known, and the pane says that it is paused", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await callFunction(page, "QUERY", ["site", null, [["name"]], 1, 1], "Prices!C3");
    await press(page, "togglePause");
    await press(page, "refreshWorkbook");
    await callFunction(page, "QUERY", ["site", null, [["name"]], 1, 1], "Prices!C3");
    await page.locator(".notice").getByText("Data is paused: cells show what is known already.").waitFor();
    await callFunction(page, "QUERY", ["site", null, [["brand"]], 1, 1], "Prices!C4");
    await page.locator(".notice").getByText("1 cell waits").waitFor();
  });
});
