/**
 * Typing into cells and into the formula bar, with the keys that Excel has for it.
 */
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["editing", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  useWorkbench(browser, (opened) => (workbench = opened), { isShared: true });

  /** Keys as Playwright names them; other texts are typed. */
  async function press(...keys: readonly string[]): Promise<void> {
    const { keyboard } = workbench.page;
    for (const key of keys) {
      if (/^(?:Shift\+)?(?:F2|Home|End|Enter|Arrow[A-Z][a-z]+)$/.test(key)) await keyboard.press(key);
      else await keyboard.type(key);
    }
  }

  it.each([
    ["an empty cell", "", "=1+1", "=1+1"],
    ["a formula, at its end", "=1+1", "+2", "=1+1+2"],
  ])("types into the formula bar after one click: %s", async (_, before, typed, after) => {
    const { page } = workbench;
    await workbench.enter("B2", before === "" ? "x" : before);
    await workbench.goTo("B2");
    if (before === "") await page.keyboard.press("Delete");
    await page.locator('[data-u-comp="formula-bar"] canvas').click();
    await page.keyboard.type(typed);
    await page.keyboard.press("Enter");
    await expect.poll(() => workbench.formula(1, 1), patience).toBe(after);
  });

  it.each([
    ["an argument that is empty", "=SUM(A1,)", ["F2", "ArrowLeft", "ArrowLeft", "+1"], "=SUM(A1+1,)"],
    ["an operator at the end", "=A1+", ["F2", "ArrowLeft", "2"], "=A12+"],
    ["the ends of the line", "=A1+A2", ["F2", "Home", "ArrowRight", "1+", "End", "+3"], "=1+A1+A2+3"],
    ["a part replaced", "=A1+A2", ["F2", "Shift+ArrowLeft", "Shift+ArrowLeft", "B1"], "=A1+B1"],
    ["F2 again, which points at cells", "=A1", ["F2", "+", "F2", "ArrowLeft"], "=A1+B3"],
    ["F2 while a formula is typed", undefined, ["=1+", "F2", "ArrowLeft", "2"], "=12+"],
    ["a formula typed without F2 points at cells", undefined, ["=", "ArrowUp"], "=C2"],
  ])("moves the caret within the text after F2: %s", async (_, before, keys, after) => {
    if (before !== undefined) await workbench.enter("C3", before);
    await workbench.goTo("C3");
    await press(...keys, "Enter");
    await expect.poll(() => workbench.formula(2, 2), patience).toBe(after);
  });

  it("confirms a formula by Enter under the list of functions", async () => {
    const { page } = workbench;
    await workbench.goTo("D4");
    await page.keyboard.type("=SU");
    await page.getByText("SUMPRODUCT", { exact: true }).waitFor();
    await page.keyboard.type("BSTITUTE(1,1,2)");
    await page.keyboard.press("Enter");
    await expect.poll(() => workbench.formula(3, 3), patience).toBe("=SUBSTITUTE(1,1,2)");
    await expect.poll(() => workbench.cell(3, 3), patience).toBe("2");
  });
});
