/**
 * Every state of the pane before axe: light and dark at the narrowest and the widest, forced colours at the narrowest
 * (they change no layout).
 */
import type { Page } from "playwright-core";
import { describe, it } from "vitest";
import { expectNoViolations, loadAxe, rulesOf } from "./axe.ts";
import { openBrowser } from "./open-browser.ts";
import { usePanes } from "./pane-fixture.ts";
import type { PaneState } from "./pane-state.ts";
import { paneStates, wayTo } from "./pane-states.ts";

const sizes = [320, 450].map((width) => ({ width, height: 700 }));

/** As if it had been chosen in another workbook's pane. */
async function choose(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.evaluate((chosen) => {
    localStorage.setItem("kal.theme", JSON.stringify(chosen));
    dispatchEvent(new StorageEvent("storage", { key: "kal.theme" }));
  }, theme);
  await page.locator(`html[style*="color-scheme: ${theme}"]`).waitFor();
  // At once, and without those that turn as long as the pane waits: they never finish.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime === Infinity) animation.cancel();
      else animation.finish();
    }
  });
}

/** From each state that no other follows, back to a fresh pane. */
const ways = paneStates.filter(({ name }) => paneStates.every(({ follows }) => follows !== name)).map(wayTo);
/** Each state once; one that was reached on another way is only passed. */
const rows = ways.map((way, at) => {
  const toLookAt = way.filter((state) => !ways.slice(0, at).some((earlier) => earlier.includes(state)));
  return [toLookAt.map(({ name }) => name).join(", "), way, toLookAt] as const;
});

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["axe finds nothing", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  it.each(rows)("%s", async (_, way, toLookAt) => {
    const [first] = way as [PaneState];
    const { page, show } = await panes.open({
      excel: first.outsideExcel ? undefined : "light",
      reducedMotion: true,
    });
    const given = page.viewportSize()!;
    await first.before?.(page, panes.service);
    await show();
    for (const state of way) {
      await state.then(page, panes.service);
      if (!toLookAt.includes(state)) continue;
      await loadAxe(page);
      await expectNoViolations(page, sizes, rulesOf.light);
      if (state.hasNoTheme) await page.emulateMedia({ colorScheme: "dark" });
      else await choose(page, "dark");
      await expectNoViolations(page, sizes, rulesOf.dark);
      await page.emulateMedia({ forcedColors: "active" });
      await expectNoViolations(page, sizes.slice(0, 1), rulesOf.forcedColours);
      if (state === way.at(-1)) continue;
      await page.emulateMedia({ forcedColors: "none" });
      await choose(page, "light");
      await page.setViewportSize(given);
    }
  });
});
