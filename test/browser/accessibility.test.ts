/**
 * Every state of the pane before axe: light and dark at the narrowest and the widest, forced colours at the narrowest
 * (they change no layout).
 */
import type { Page } from "playwright-core";
import { describe, it } from "vitest";
import { expectNoViolations, loadAxe, rulesOf } from "./axe.ts";
import { openBrowser } from "./open-browser.ts";
import { usePanes } from "./pane-fixture.ts";
import { paneStates } from "./pane-states.ts";

const sizes = [320, 450].map((width) => ({ width, height: 700 }));

/** As if it had been chosen in another workbook's pane. */
async function chooseDark(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.setItem("kal.theme", JSON.stringify("dark"));
    dispatchEvent(new StorageEvent("storage", { key: "kal.theme" }));
  });
  await page.locator('html[style*="color-scheme: dark"]').waitFor();
  // At once, and without those that turn as long as the pane waits: they never finish.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime === Infinity) animation.cancel();
      else animation.finish();
    }
  });
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
    await loadAxe(page);
    await expectNoViolations(page, sizes, rulesOf.light);
    if (state.hasNoTheme) await page.emulateMedia({ colorScheme: "dark" });
    else await chooseDark(page);
    await expectNoViolations(page, sizes, rulesOf.dark);
    await page.emulateMedia({ forcedColors: "active" });
    await expectNoViolations(page, sizes.slice(0, 1), rulesOf.forcedColours);
  });
});
