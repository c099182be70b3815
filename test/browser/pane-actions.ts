/**
 * What people do in the pane, and what the network does to them.
 * @module
 */
import type { Page, Route } from "playwright-core";
import type { HeldConnection } from "../../src/addin/runtime/session/connection-store.ts";
import type { Credentials } from "../../src/kalibrate/environments.ts";

/** The settings of a form; what is left out stays as it is. */
export interface Settings extends Partial<Credentials> {
  readonly environment?: string;
  readonly apiBaseUrl?: string;
  readonly tenant?: string;
}

/** The pane as a page, or in the workbench's frame. */
type Pane = Pick<Page, "getByLabel" | "getByRole" | "locator">;

const labels = {
  apiBaseUrl: "Base URL",
  tenant: "Tenant",
  scope: "Scope",
  clientId: "Client ID",
  clientSecret: "Client secret",
} as const;

export const field = (page: Pane, name: keyof typeof labels) =>
  page.getByLabel(labels[name], { exact: true });

/** By its words: Fluent's buttons have their role inside (ElementInternals), where Playwright does not look. */
export const button = (page: Pane, name: string) =>
  page
    .locator("fluent-button, fluent-compound-button, button")
    .filter({ hasText: new RegExp(`^\\W*${name}`) });

/** Fills the form in and leaves its last field. */
export async function enter(page: Pane, { environment, ...values }: Settings): Promise<void> {
  if (environment !== undefined)
    await page.getByLabel("Environment", { exact: true }).selectOption(environment);
  for (const [name, value] of Object.entries(values)) {
    await field(page, name as keyof typeof labels).fill(String(value));
    await field(page, name as keyof typeof labels).blur();
  }
}

export async function connectWith(page: Pane, settings: Settings): Promise<void> {
  await enter(page, settings);
  await page.locator("#connect").click();
}

export async function connectSample(page: Page): Promise<void> {
  await button(page, "Try with sample data").click();
  await page.getByRole("heading", { name: "Sample data" }).waitFor();
}

/** Shows a section by its tab. */
export async function openSection(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name }).click();
  await page.getByRole("tabpanel", { name }).locator("section").first().waitFor();
}

/** Calls a function of the add-in as the cell with this address, and waits for what comes of it. */
export async function callFunction(
  page: Page,
  id: "QUERY" | "COLLECTIONS",
  args: readonly unknown[],
  address: string,
): Promise<void> {
  await page.evaluate(
    async ([name, given, cell]) => {
      type Call = (...args: unknown[]) => Promise<unknown>;
      const { _association: known } = CustomFunctions as unknown as {
        _association: { mappings: Record<string, Call> };
      };
      await known.mappings[name]!(...given, { address: cell }).catch(() => undefined);
    },
    [id, args, address] as const,
  );
}

const products = "(entityVariant=Own)+(currentPrice>1.2)";

/** As if a sheet had been calculated: answers, shared ones among them, and failures. */
export async function calculateSheet(page: Page): Promise<void> {
  await callFunction(page, "COLLECTIONS", [], "Prices!H1");
  for (const row of [2, 3, 4, 9]) {
    await callFunction(
      page,
      "QUERY",
      ["product", [[products]], [["site.name, currentPrice"]], 1, 5],
      `Prices!B${row}`,
    );
  }
  await callFunction(page, "QUERY", ["prices", null, null, null, null], "Prices!F2");
  await callFunction(
    page,
    "QUERY",
    ["price", [["(entityVariant=Own"]], null, null, null],
    "'North & South'!A1",
  );
}

/** Presses a button of the ribbon. */
export async function press(page: Page, command: string): Promise<void> {
  await page.evaluate((name) => window.excelHost.runCommand(name, `Kalibrate.${name}`), command);
}

/** The gateway's calls, as a pattern: `api("session")`. */
export const api = (path: string) => `**/api/v1/${path}`;

/** Lets a call wait until it is released. */
export async function hold(page: Page, path: string): Promise<{ release(): Promise<void> }> {
  let release!: () => void;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const handler = async (route: Route) => {
    await released;
    await route.fallback();
  };
  await page.route(api(path), handler);
  return {
    release: async () => {
      release();
      await page.unroute(api(path), handler);
    },
  };
}

/** Cuts the gateway off. */
export async function goOffline(page: Page): Promise<void> {
  await page.route(api("**"), (route) => route.abort("connectionrefused"));
}

export async function goOnline(page: Page): Promise<void> {
  await page.unroute(api("**"));
}

/** As if the day that was given for the end of a secret had come. */
export async function secretHasExpired(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.setItem("kal.secretExpiry", '{"testing":"2020-01-31"}');
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

/** Ends the session behind the pane's back, as its expiry would. */
export async function endSession(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const [held] = JSON.parse(localStorage.getItem("kal.connections") ?? "[]") as { ticket: string }[];
    await fetch("/api/v1/session", {
      method: "DELETE",
      headers: { "X-KAL-Request": "1", Authorization: `Bearer ${held?.ticket}` },
    });
  });
}

/** Fills up with what is sent to connect. */
export function postedSessions(page: Page): unknown[] {
  const posted: unknown[] = [];
  page.on("request", (request) => {
    const isConnect = request.method() === "POST" && request.url().endsWith("/api/v1/session");
    if (isConnect) posted.push(request.postDataJSON());
  });
  return posted;
}

/** The connections that the computer holds. */
export function heldConnections(page: Page): Promise<HeldConnection[]> {
  return page.evaluate(() => JSON.parse(localStorage.getItem("kal.connections") ?? "[]") as HeldConnection[]);
}

/** Waits until an element has the focus, by its id. */
export async function waitForFocus(page: Page, id: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);
}

/** Until everything that is due has been painted. */
export async function nextPaint(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

/** What the add-in has saved in the workbook. */
export function workbookSettings(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(() =>
    Excel.run(async (context) => {
      const settings = context.workbook.settings.load("items/key,items/value");
      await context.sync();
      return Object.fromEntries(settings.items.map(({ key, value }) => [key, value as unknown]));
    }),
  );
}
