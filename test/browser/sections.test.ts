/**
 * The sections of the pane: loaded when they are shown, and what a first view costs.
 */
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { button, connectSample, field, hold, waitForFocus } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["sections", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  /** What the page has loaded beside the functions, gzipped, since this was called. */
  function watchSize(page: Page): () => Promise<number> {
    const chunks = new Map<string, Promise<Buffer>>();
    page.on("response", (response) => {
      if (response.url().includes("/chunks/")) chunks.set(response.url(), response.body());
    });
    return async () => {
      const bodies = await Promise.all(chunks.values());
      return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    };
  }

  it("the first view adds at most 60 kB, of somebody new as of somebody connected", async () => {
    const first = await panes.open();
    const sizeOfFirstRun = watchSize(first.page);
    await first.show();
    await first.page.locator("#connect").waitFor();
    const firstRun = await sizeOfFirstRun();
    await connectSample(first.page);

    const sizeOfConnected = watchSize(first.page);
    await first.show();
    await first.page.getByRole("heading", { name: "Your first formula" }).waitFor();
    const connected = await sizeOfConnected();
    for (const size of [firstRun, connected]) {
      expect(size).toBeLessThanOrEqual(60_000);
      expect(size).toBeGreaterThan(20_000);
    }
    // Who is connected sees no form, and loads none.
    expect(await first.page.evaluate(() => customElements.get("fluent-checkbox"))).toBeUndefined();
  });

  it("says that the form to connect cannot be loaded, and tries again", async () => {
    const { page, show } = await panes.open();
    let isCut = true;
    await page.route("**/chunks/**", async (route) => {
      const isPaneThere = (await page.locator("#main").count()) > 0;
      return isCut && isPaneThere ? route.abort() : route.continue();
    });
    await show();
    // What needs no form stands there all the same.
    await page.getByText("live in Excel with a formula").waitFor();
    await page.getByRole("alert").getByText("could not be loaded").waitFor();
    isCut = false;
    await button(page, "Try again").click();
    await waitForFocus(page, "connect-form");
    await page.locator("#connect").waitFor();
    await connectSample(page);
  });

  it("paints before the network has answered", async () => {
    const { page, show } = await panes.open();
    const environments = await hold(page, "environments");
    await show();
    await page.getByText("live in Excel with a formula").waitFor();
    await page.locator(".skeleton").waitFor();
    await environments.release();
    await page.locator("#connect").waitFor();
  });

  it("says that a section cannot be loaded, and tries again", async () => {
    const { page, show } = await panes.show();
    const before = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name),
    );
    const firstView = new Set(before.filter((name) => name.includes("/chunks/")));
    let isCut = true;
    await page.route("**/chunks/**", (route) =>
      isCut && !firstView.has(route.request().url()) ? route.abort() : route.continue(),
    );
    await button(page, "Try with sample data").click();
    await page.getByRole("alert").getByText("could not be loaded").waitFor();
    await button(page, "Try again").click();
    await page.getByRole("alert").getByText("could not be loaded").waitFor();
    isCut = false;
    await button(page, "Try again").click();
    await page.getByRole("heading", { name: "Sample data" }).waitFor();
    await expect.poll(() => page.getByRole("alert").count()).toBe(0);
    await waitForFocus(page, "main");
    await show();
    await page.getByRole("heading", { name: "Sample data" }).waitFor();
  });

  it("are reached by arrows, Home and End, keep what is typed, and the one last used comes first again", async () => {
    const { page, show } = await panes.show();
    await connectSample(page);
    await button(page, "Connect to your own data").click();
    await field(page, "clientId").fill("half-typed");
    const shown = page.locator('[role="tab"][aria-selected="true"]');
    await shown.focus();
    const seen: (string | null)[] = [];
    for (const key of ["Home", "ArrowLeft", "ArrowRight", "ArrowRight", "End"]) {
      await page.keyboard.press(key);
      await page.waitForFunction(() => document.activeElement?.getAttribute("aria-selected") === "true");
      seen.push((await shown.textContent())!.trim());
    }
    expect(seen).toEqual(["Build", "Connection", "Build", "Activity", "Connection"]);
    await expect.poll(() => field(page, "clientId").inputValue()).toBe("half-typed");

    await page.keyboard.press("ArrowLeft");
    await show();
    await shown.waitFor();
    expect((await shown.textContent())!.trim()).toBe("Settings");
    const lines = await page
      .getByRole("tab")
      .evaluateAll((tabs) => new Set(tabs.map((tab) => tab.getBoundingClientRect().top)).size);
    expect(lines).toBe(1);
  });
});
