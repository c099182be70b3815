/**
 * Light and dark: Excel's choice first, the system's otherwise.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

const background = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

const white = "rgb(255, 255, 255)";
const dark = "rgb(41, 41, 41)";

describe.skipIf(!browser)(["theme", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  it.each([
    { excel: "dark", colourScheme: "light", expected: dark },
    { excel: "light", colourScheme: "dark", expected: white },
    { excel: undefined, colourScheme: "dark", expected: dark },
    { excel: undefined, colourScheme: "light", expected: white },
  ] as const)("Excel $excel, system $colourScheme", async ({ excel, colourScheme, expected }) => {
    const { page } = await panes.show({ excel, colourScheme });
    expect(await background(page)).toBe(expected);
  });

  it("follows the system while it is open", async () => {
    const { page } = await panes.show({ excel: undefined });
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => background(page)).toBe(dark);
  });

  it("keeps the corner free that Excel covers with its own menu", async () => {
    const { page } = await panes.show({ width: 320 });
    const covered = await page.evaluate(() => {
      const isInCorner = ({ right, top }: DOMRect) => right > innerWidth - 34 && top < 32;
      const leaves = [...document.querySelectorAll("header *")];
      return leaves.filter((element) => isInCorner(element.getBoundingClientRect())).length;
    });
    expect(covered).toBe(0);
  });

  it.each([320, 450])("scrolls in one direction only at %i px", async (width) => {
    const { page } = await panes.show({ width });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it("stands still for people who asked for less motion", async () => {
    const { page, show } = await panes.open({ reducedMotion: true });
    await page.route("**/api/v1/environments", () => undefined);
    await show();
    await page.locator(".skeleton").waitFor();
    const animations = await page
      .locator(".skeleton span")
      .first()
      .evaluate((span) => span.getAnimations().length);
    expect(animations).toBe(0);
  });
});
