/**
 * Fresh pages, one after the other in the same tab: a new tab has a renderer of its own, which loads and compiles every
 * script anew, twice the processor time of a page in a tab that has shown it before.
 * @module
 */
import type { Browser, BrowserContextOptions, Disposable, Page } from "playwright-core";

export interface PageLook {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: "light" | "dark";
  readonly forcedColors?: "active" | "none";
  readonly reducedMotion?: "reduce" | "no-preference";
}

export interface OpenedPage {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

const settings: BrowserContextOptions = {
  // The service's certificate is made by the test.
  ignoreHTTPSErrors: true,
  locale: "en-GB",
  timezoneId: "Europe/London",
};

/** Tabs that no test uses. */
const idle = new WeakMap<Browser, Page[]>();

/** @returns an empty page with an empty profile, and what closes it. */
export async function openPage(browser: Browser, { viewport, ...media }: PageLook): Promise<OpenedPage> {
  const others = idle.get(browser) ?? [];
  idle.set(browser, others);
  const page = others.pop() ?? (await (await browser.newContext(settings)).newPage());
  await page.setViewportSize(viewport);
  await page.emulateMedia({ forcedColors: "none", reducedMotion: "no-preference", ...media });

  const scripts: Disposable[] = [];
  const addInitScript = page.addInitScript.bind(page);
  page.addInitScript = async (...given: Parameters<typeof addInitScript>) => {
    const script = await addInitScript(...given);
    scripts.push(script);
    return script;
  };
  return {
    page,
    async close() {
      page.addInitScript = addInitScript;
      const isEmpty = await emptyTab(page, scripts).catch(() => false);
      // A test that opened other windows may still be opening one.
      if (isEmpty && page.context().pages().length === 1) others.push(page);
      else await page.context().close();
    },
  };
}

/** Takes back what tests do to a tab and its profile. @returns whether everything could be taken back. */
async function emptyTab(page: Page, scripts: readonly Disposable[]): Promise<boolean> {
  const context = page.context();
  const url = new URL(page.url());
  if (context.pages().length > 1 || !url.protocol.startsWith("http")) return false;
  page.removeAllListeners();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await Promise.all(scripts.map((script) => script.dispose()));
  await context.clearPermissions();
  await context.clearCookies();
  // Nothing is saved as the page closes, which can be after everything has been deleted here.
  await page.evaluate(() => addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true));
  // A picture: a page without scripts, from where the storage can be reached.
  await page.goto(`${url.origin}/assets/icon-16.png`, { timeout: 5000 });
  return page.evaluate(async () => {
    localStorage.clear();
    sessionStorage.clear();
    for (const { name } of await indexedDB.databases()) {
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name!);
        request.onsuccess = resolve;
        request.onblocked = request.onerror = reject;
      });
    }
    // Playwright cannot take its clock back.
    return Date.name === "Date";
  });
}
