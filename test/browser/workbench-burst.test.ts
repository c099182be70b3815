/**
 * Thousands of cells in the workbench at once, as when a person pastes a column of formulas.
 */
import type { FUniver } from "@univerjs/core/facade";
import { describe, expect, it } from "vitest";
import type { SpreadsheetModel } from "../../src/workbench/excel-host/model.ts";
import { openBrowser } from "./open-browser.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

// Enough that the grid cannot draw all of them in one frame; bursts.test.ts counts the calls of more.
const many = 2000;
/** The simulator's sites are counted from here. */
const firstCode = 1001;
const codes = Array.from({ length: many }, (_, index) => String(firstCode + index));
const formulas = codes.map(
  (code) => `=KAL.LOOKUP("site","(entityVariant=Own)","importCode","importCode","${code}")`,
);

/** What the page notes of a burst. */
interface Noted {
  /** Frames drawn since the grid was told to calculate with the answers, until the last cell was filled. */
  frames: number;
  filled: boolean;
}

describe.skipIf(!browser)(["bursts", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  useWorkbench(
    browser,
    (opened) => {
      workbench = opened;
    },
    { data: { ownSites: many } },
  );

  /** Notes what happens from now on, in the page itself: nothing from outside comes in between. */
  const note = () =>
    workbench.page.evaluate((last) => {
      const { grid, spreadsheet } = (
        window as unknown as { workbench: { grid: FUniver; spreadsheet: SpreadsheetModel } }
      ).workbench;
      const noted: Noted = { frames: 0, filled: false };
      Object.assign(window, { noted });
      const place = { sheetId: spreadsheet.activeSheetId(), row: last, column: 0, rows: 1, columns: 1 };
      grid.addEvent(grid.Event.CommandExecuted, ({ id }) => {
        if (id === "formula.mutation.set-trigger-formula-calculation-start") noted.frames = 0;
      });
      const frame = () => {
        noted.frames++;
        noted.filled = /^\d/.test(String(spreadsheet.read(place)[0]![0]!.value));
        if (!noted.filled) requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    }, many - 1);
  const noted = () => workbench.page.evaluate(() => (window as unknown as { noted: Noted }).noted);

  it("fills 2,000 pasted lookups by two calls at most, and answers the person meanwhile", async () => {
    const { page } = workbench;
    let calls = 0;
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/api/v1/lookup", async (route) => {
      calls++;
      await released;
      await route.continue();
    });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate((text) => navigator.clipboard.writeText(text), formulas.join("\n"));
    await workbench.goTo("A1");
    await note();
    await page.keyboard.press("Control+V");

    await expect.poll(() => workbench.cell(many - 1, 0), patience).toBe("#BUSY!");
    await page.getByRole("button", { name: "File" }).click();
    await page.getByRole("menuitem", { name: "New workbook" }).waitFor();
    await page.keyboard.press("Escape");
    await workbench.enter("C1", "meanwhile");
    expect(await workbench.cell(0, 2)).toBe("meanwhile");
    expect(await workbench.cell(many - 1, 0)).toBe("#BUSY!");

    release();
    await expect.poll(async () => (await noted()).filled, patience).toBe(true);
    expect((await workbench.values(0, 0, many, 1)).flat()).toEqual(codes);
    expect((await noted()).frames).toBeGreaterThan(2);
    expect(calls).toBeLessThanOrEqual(2);
  });
});
