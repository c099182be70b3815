/**
 * Analysts sign in in the workbench, with Microsoft's real library and a real OpenID provider: by Excel's account and
 * by the dialog.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { BrowserContext, FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { describeOrganisation } from "../../scripts/steps/sign-in.mjs";
import { startGateway } from "../../src/gateway/main.ts";
import { type SignInProvider, startSignInProvider } from "../../src/simulator/sign-in/sign-in-provider.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { startWorkbench, type WorkbenchServer } from "../../src/workbench/server/workbench-server.ts";
import { openBrowser } from "./open-browser.ts";
import { watchWorkbench, type OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();
const root = path.join(import.meta.dirname, "../..");
const patience = { timeout: 30_000 };

describe.skipIf(!browser)(["sign-in", unavailable].filter(Boolean).join(": "), () => {
  let provider: SignInProvider;
  let simulator: Simulator;
  let context: BrowserContext | undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), "kal-sign-in-"));
  const servers: WorkbenchServer[] = [];
  /** With Excel's account, and without. */
  let nested: WorkbenchServer;
  let byDialog: WorkbenchServer;

  async function serve(account?: string): Promise<WorkbenchServer> {
    const server = await startWorkbench({
      port: 0,
      pageFolder: path.join(root, "dist/workbench/page"),
      account,
      startGateway: (origin) =>
        startGateway({
          environment: {
            ...describeOrganisation({ folder, provider, simulator }),
            KAL_PORT: "0",
            KAL_BIND: "127.0.0.1",
            KAL_ORIGIN: origin,
            KAL_OFFICE_JS: path.join(root, "node_modules/@microsoft/office-js/dist"),
          },
          addinFolder: path.join(root, "dist/addin"),
          sampleEnvironment: simulator.environment,
          log: { write: () => undefined },
        }),
    });
    servers.push(server);
    return server;
  }

  beforeAll(async () => {
    provider = await startSignInProvider();
    simulator = await startSimulator({ ownSites: 3 });
    nested = await serve(`${provider.origin}/host/token#ada`);
    byDialog = await serve();
  });
  afterEach(() => context?.close());
  afterAll(async () => {
    await browser?.close();
    for (const server of servers) await server.close();
    await simulator?.close();
    await provider?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(server: WorkbenchServer): Promise<OpenWorkbench & { page: Page; pane: FrameLocator }> {
    context = await browser!.newContext({ viewport: { width: 1440, height: 860 }, locale: "en-GB" });
    const page = await context.newPage();
    const workbench = watchWorkbench(page, server.url);
    await page.goto(`${server.url}/workbench/?new`);
    return workbench;
  }

  // The role of Fluent's buttons is inside them, where the browser's tools for tests do not look.
  const button = (pane: FrameLocator, name: string | RegExp) =>
    pane.locator("fluent-button", { hasText: name });
  const heading = (pane: FrameLocator, name: string) => pane.getByRole("heading", { name, exact: true });

  async function openDialog(page: Page, pane: FrameLocator): Promise<Page> {
    const [dialog] = await Promise.all([
      page.waitForEvent("popup", patience),
      button(pane, "Sign in").click(patience),
    ]);
    return dialog;
  }

  async function openProvider(dialog: Page): Promise<Page> {
    const [window] = await Promise.all([
      context!.waitForEvent("page", patience),
      dialog.getByRole("button", { name: "Sign in" }).click(),
    ]);
    return window;
  }

  it("signs in without a click by Excel's account, shows who it is, and signs out", async () => {
    const { page, pane, enter, cell } = await open(nested);
    await heading(pane, "Signed in as Ada Example").waitFor(patience);
    for (const label of ["Pricing (read)", "Sites (read)"]) await heading(pane, label).waitFor(patience);
    expect(await pane.getByText("Your roles: Pricing.Read, Sites.Read").count()).toBe(1);
    await pane.getByText("Sites, brands and areas.").waitFor();
    await pane.getByText("Open to you by your role Sites.Read.").waitFor();
    expect(await button(pane, /secret|^Disconnect/).count()).toBe(0);
    await page.getByText("Sheet1").first().click();
    for (const [row, name] of ["pricing", "sites"].entries()) {
      await enter(`B${row + 2}`, `=KAL.QUERY("${name}:site","(entityVariant=Own)","importCode",0,1)`);
      await expect.poll(() => cell(row + 1, 1), patience).toMatch(/^\d+$/);
    }
    await button(pane, "Sign out").click();
    await heading(pane, "Sign in").waitFor(patience);
    expect(await pane.locator("#connect").count()).toBe(0);
    await page.reload();
    await heading(pane, "Sign in").waitFor(patience);
    await button(pane, "Sign in").click();
    await heading(pane, "Signed in as Ada Example").waitFor(patience);
  });

  it("signs in by a dialog where Excel has no account, as the person who is chosen", async () => {
    const { page, pane, enter, cell } = await open(byDialog);
    await heading(pane, "Sign in").waitFor(patience);
    await pane.getByText("No access? Ask pricing-systems@example.com.").waitFor();
    expect(await pane.locator("#connect").count()).toBe(0);
    const dialog = await openDialog(page, pane);
    await (await openProvider(dialog)).getByRole("button", { name: "Ben Example" }).click();
    await heading(pane, "Signed in as Ben Example").waitFor(patience);
    await page.getByText("Sheet1").first().click();
    await enter("B2", '=KAL.QUERY("sites:site","(entityVariant=Own)","importCode",0,1)');
    await expect.poll(() => cell(1, 1), patience).toMatch(/^\d+$/);
  });

  it("says so when the dialog is closed half way, and can be tried again", async () => {
    const { page, pane } = await open(byDialog);
    await (await openDialog(page, pane)).close();
    await pane.getByText("The sign-in was not finished.").waitFor(patience);
    await button(pane, "Sign in").waitFor();
  });

  it("says so when the browser blocks the dialog", async () => {
    const { page, pane } = await open(byDialog);
    await button(pane, "Sign in").waitFor(patience);
    await page.evaluate(() => {
      window.open = () => null;
    });
    await button(pane, "Sign in").click();
    await pane.getByText("was blocked").waitFor(patience);
  });

  it("tells somebody without a role whom to ask", async () => {
    const { page, pane } = await open(byDialog);
    const dialog = await openDialog(page, pane);
    await (await openProvider(dialog)).getByRole("button", { name: "Cleo Example" }).click();
    await pane.getByText("Your account has no role that opens Kalibrate data.").waitFor(patience);
    await pane.getByText("Ask for access: pricing-systems@example.com.").waitFor();
  });
});
