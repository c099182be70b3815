/**
 * The sections of the pane: loaded when they are shown, and what a first view costs.
 */
import { gzipSync } from "node:zlib";
import type { Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { beginWith, openBuilder, status } from "./builder-actions.ts";
import { button, connectSample, field, hold, openSection, press, waitForFocus } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["sections", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  /** What the page has loaded beside the functions, gzipped, since this was called. */
  function watchSize(page: Page): () => Promise<number> {
    const chunks = new Map<string, Promise<Buffer>>();
    page.on("response", (response) => {
      if (/\/chunks\/(?!behind-)/.test(response.url())) chunks.set(response.url(), response.body());
    });
    return async () => {
      const bodies = await Promise.all(chunks.values());
      return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    };
  }

  /** Keeps the page from loading what it has not loaded yet. */
  async function cutNewChunks(page: Page): Promise<{ mend(): Promise<void> }> {
    const before = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name),
    );
    const handler = (route: Route) =>
      before.includes(route.request().url()) ? route.fallback() : route.abort();
    await page.route("**/chunks/**", handler);
    return { mend: () => page.unroute("**/chunks/**", handler) };
  }

  it("notices come below the tabs, which stay where they are", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    const place = () => page.getByRole("tab", { name: "Settings" }).boundingBox();
    const before = await place();
    await press(page, "refreshSheet");
    const notice = page.locator(".notice");
    await notice.waitFor();
    expect(await place()).toEqual(before);
    expect((await notice.boundingBox())!.y).toBeGreaterThan(before!.y + before!.height);
    // Where there are no tabs they are at the top.
    await button(page, "Disconnect").click();
    await page.locator("#connect").waitFor();
    await notice.waitFor();
    const form = (await page.locator("#connect-place").boundingBox())!;
    expect((await notice.boundingBox())!.y).toBeLessThan(form.y);
  });

  it("the first view adds at most 60 kB, whichever section was used last", async () => {
    const first = await panes.open();
    // What is loaded behind the first view cannot be: the view needs none of it.
    await first.page.route("**/chunks/behind-*", (route) => route.abort());
    const sizeOfFirstRun = watchSize(first.page);
    await first.show();
    await first.page.locator("#connect").waitFor();
    const firstRun = await sizeOfFirstRun();
    await connectSample(first.page);

    const sizeOfConnected = watchSize(first.page);
    await first.show();
    await first.page.getByRole("heading", { name: "Your first formula" }).waitFor();
    const connected = await sizeOfConnected();
    // Who is connected sees no form, and loads none.
    expect(await first.page.evaluate(() => customElements.get("fluent-checkbox"))).toBeUndefined();

    const sizes = [firstRun, connected];
    for (const [name, firstView] of [
      ["Build", ".collection"],
      ["Activity", "#activity-heading"],
      ["Settings", "fieldset"],
    ] as const) {
      await openSection(first.page, name);
      const sizeOfSection = watchSize(first.page);
      await first.show();
      await first.page.locator(firstView).first().waitFor();
      sizes.push(await sizeOfSection());
    }
    for (const size of sizes) {
      expect(size).toBeLessThanOrEqual(60_000);
      expect(size).toBeGreaterThan(20_000);
    }
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
    const cut = await cutNewChunks(page);
    await button(page, "Try with sample data").click();
    await page.getByRole("alert").getByText("could not be loaded").waitFor();
    await button(page, "Try again").click();
    // The first message stays until the next frame; only the second one gets the focus.
    await waitForFocus(page, "shell-problem");
    await cut.mend();
    await button(page, "Try again").click();
    await page.getByRole("heading", { name: "Sample data" }).waitFor();
    await expect.poll(() => page.getByRole("alert").count()).toBe(0);
    await waitForFocus(page, "main");
    await show();
    await page.getByRole("heading", { name: "Sample data" }).waitFor();
  });

  it("says that the parts of a query cannot be loaded, and tries again", async () => {
    const { page } = await panes.show();
    await openBuilder(page);
    const cut = await cutNewChunks(page);
    await page.getByRole("button", { name: /^Price Prices/ }).click();
    await page.getByRole("alert").getByText("“Build a formula” could not be loaded").waitFor();
    await cut.mend();
    await button(page, "Try again").click();
    await page.locator(".rows:not(.waiting) table").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    await waitForFocus(page, "builder-heading");
  });

  it("says that tables cannot be loaded, and inserts one once they can", async () => {
    const { page } = await panes.show();
    await beginWith(page, "Site");
    const cut = await cutNewChunks(page);
    await button(page, "Insert as table").click();
    await status(page, "The KAL service cannot be reached").waitFor();
    await cut.mend();
    await button(page, "Insert as table").click();
    await status(page, "Inserted as a table").waitFor();
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
