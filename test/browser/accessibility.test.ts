/**
 * Every state of the pane before axe: light, dark and forced colours, at the narrowest and the widest.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { usePanes } from "./pane-fixture.ts";
import { paneStates } from "./pane-states.ts";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const widths = [320, 450];

async function expectNoViolations(page: Page, options: RunOptions = {}): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 700 });
    const { violations } = await page.evaluate(
      (run) => (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(run),
      { ...options, resultTypes: ["violations" as const] },
    );
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${width} px, ${id}: ${html}\n${failureSummary}`),
    );
    expect(found).toEqual([]);
  }
}

/** As if it had been chosen in another workbook's pane. */
async function chooseDark(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.setItem("kal.theme", JSON.stringify("dark"));
    dispatchEvent(new StorageEvent("storage", { key: "kal.theme" }));
  });
  await page.locator('html[style*="color-scheme: dark"]').waitFor();
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
}

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["axe finds nothing", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  it.each(paneStates)("$name", async (state) => {
    const { page, show } = await panes.open({
      excel: state.outsideExcel ? undefined : "light",
      reducedMotion: true,
    });
    await state.before?.(page, panes.service);
    await show();
    await state.then(page, panes.service);
    await page.evaluate(axe);
    await expectNoViolations(page);
    if (state.hasNoTheme) await page.emulateMedia({ colorScheme: "dark" });
    else await chooseDark(page);
    // Of all rules only these look at colours.
    await expectNoViolations(page, { runOnly: ["color-contrast", "link-in-text-block"] });
    await page.emulateMedia({ forcedColors: "active" });
    // The person's own colours are painted then, while axe still reads ours.
    await expectNoViolations(page, { rules: { "color-contrast": { enabled: false } } });
  });
});
