/**
 * Excel on the web: office.js's web client, our built page and the emulated Excel around it, over https under one
 * host name.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import type { BrowserContext, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGateway } from "../../src/gateway/main.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import type { FunctionCall } from "../../src/workbench/excel-host/invocations.ts";
import { operations } from "../support/excel-operations/operations.ts";
import { runOperation } from "../support/excel-operations/run-operation.ts";
import { bundle } from "../support/bundle.ts";
import { openBrowser } from "./open-browser.ts";
import type { WebHostWindow } from "./web-host-page.ts";

const { browser, unavailable } = await openBrowser();

/** Reserved for tests: no such host exists (RFC 2606). */
const origin = "https://kal.test";
const root = path.join(import.meta.dirname, "../..");

describe.skipIf(!browser)(["web bridge", unavailable].filter(Boolean).join(": "), () => {
  let simulator: Simulator;
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let context: BrowserContext;
  let page: Page;
  let frame: Frame;
  /** What the page asked of others than its own host. */
  const elsewhere: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    if (!existsSync(path.join(root, "dist/addin/taskpane.html"))) throw new Error("The add-in is not built.");
    simulator = await startSimulator({ ownSites: 3 });
    gateway = await startGateway({
      environment: {
        KAL_PORT: "0",
        KAL_BIND: "127.0.0.1",
        KAL_ORIGIN: origin,
        KAL_OFFICE_JS: path.join(root, "node_modules/@microsoft/office-js/dist"),
      },
      addinFolder: path.join(root, "dist/addin"),
      sampleEnvironment: simulator.environment,
      log: new Writable({ write: (_chunk, _encoding, done) => done() }),
    });
    const hostScript = await bundle(path.join(import.meta.dirname, "web-host-page.ts"));
    context = await browser!.newContext();
    await context.route("**", async (route) => {
      const url = new URL(route.request().url());
      if (url.origin !== origin) {
        elsewhere.push(url.href);
        return route.abort();
      }
      if (url.pathname === "/host.html") {
        const body = `<!doctype html><meta charset="utf-8"><title>Excel</title><body><script>${hostScript}</script>`;
        return route.fulfill({ contentType: "text/html", body });
      }
      // As a proxy that ends https in front of the gateway does.
      const response = await route.fetch({
        url: `http://127.0.0.1:${gateway.port}${url.pathname}${url.search}`,
        headers: { ...route.request().headers(), host: url.host },
      });
      return route.fulfill({ response });
    });
    page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(String(error.stack ?? error)));
    await page.goto(`${origin}/host.html`);
    await page.waitForFunction(() => "excel" in window);
    await page.evaluate(() => (window as unknown as WebHostWindow).excel.host.ready);
    frame = page.frames().find((frame) => frame.url().endsWith("/taskpane.html"))!;
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
    await gateway?.close();
    await simulator?.close();
  });

  const invoke = (call: FunctionCall) =>
    page.evaluate(
      (functionCall) => (window as unknown as WebHostWindow).excel.host.invoke(functionCall).result,
      call,
    );

  it("is Excel on the web for the add-in", async () => {
    const seen: unknown = await frame.evaluate("Office.onReady()");
    expect(seen).toMatchObject({ host: "Excel", platform: "OfficeOnline" });
    expect(
      await frame.evaluate(() => Office.context.requirements.isSetSupported("SharedRuntime", "1.1")),
    ).toBe(true);
  });

  it("calls a function", async () => {
    const cells = await invoke({
      functionId: "QUERY",
      args: ["site", "(entityVariant=Own)", "importCode, name", 1, 2],
    });
    expect(cells).toHaveLength(3);
    expect(cells[0]).toEqual([{ value: "importCode" }, { value: "name" }]);
    for (const cell of cells.slice(1).flat())
      expect(cell).toEqual({ value: expect.stringMatching(/\S/) as string });
  });

  it("brings an error with its text", async () => {
    expect(await invoke({ functionId: "QUERY", args: ["prices"] })).toEqual([
      [{ error: "#VALUE!", message: expect.stringContaining("KAL_COLLECTION_UNKNOWN") as string }],
    ]);
  });

  it("cancels a call: the add-in's request is broken off", async () => {
    let asked = 0;
    const failed: string[] = [];
    page.on("requestfailed", (request) => failed.push(request.url()));
    // Never answered.
    await context.route("**/api/v1/query", () => void asked++);
    await page.evaluate(() => {
      const { host } = (window as unknown as WebHostWindow).excel;
      const call = host.invoke({ functionId: "QUERY", args: ["brand"] });
      Object.assign(window, { call, outcome: call.result.catch((error: Error) => error.message) });
    });
    await expect.poll(() => asked).toBe(1);
    await page.evaluate(() => {
      const { excel, call } = window as unknown as WebHostWindow & { call: { id: number } };
      excel.host.cancel(call.id);
    });
    await expect.poll(() => failed).toEqual([`${origin}/api/v1/query`]);
    expect(await page.evaluate("outcome")).toBe("The call was cancelled.");
    await context.unroute("**/api/v1/query");
  });

  it.each(operations.filter(({ name }) => /read values|splits|special|tables: add|selection/.test(name)))(
    "Excel.run: $name",
    async ({ run, expected }) => {
      expect(await frame.evaluate(`(${runOperation.toString()})(Excel, ${run.toString()})`)).toEqual(
        expected,
      );
    },
  );

  it("tells of a changed selection", async () => {
    await frame.evaluate(() =>
      Excel.run(async (context) => {
        Object.assign(window, { seen: [] });
        context.workbook.worksheets.onSelectionChanged.add(async ({ address }) => {
          (window as unknown as { seen: string[] }).seen.push(address);
        });
        await context.sync();
      }),
    );
    await page.evaluate(() => {
      const { spreadsheet } = (window as unknown as WebHostWindow).excel;
      spreadsheet.select({ ...spreadsheet.selection(), row: 4, column: 2 });
    });
    await expect.poll(() => frame.evaluate("seen")).toEqual(["C5"]);
  });

  it("keeps settings in the workbook", async () => {
    await frame.evaluate(
      () =>
        new Promise<void>((resolve) => {
          Office.context.document.settings.set("KAL.test", { a: 1 });
          Office.context.document.settings.saveAsync(() => resolve());
        }),
    );
    const settings = await page.evaluate(() =>
      (window as unknown as WebHostWindow).excel.workbook.readSettings(),
    );
    expect(settings["KAL.test"]).toBe(`{"a":1}`);
    const refreshed: unknown = await frame.evaluate(
      () =>
        new Promise((resolve) => {
          const { settings } = Office.context.document;
          settings.refreshAsync(() => resolve(settings.get("KAL.test")));
        }),
    );
    expect(refreshed).toEqual({ a: 1 });
  });

  it("presses a ribbon button", async () => {
    await frame.evaluate(() =>
      Office.actions.associate("testCommand", (event: Office.AddinCommands.Event) => {
        Object.assign(window, { pressed: event.source.id });
        event.completed();
      }),
    );
    await page.evaluate(() =>
      (window as unknown as WebHostWindow).excel.host.runCommand("testCommand", "Kalibrate.Test"),
    );
    expect(await frame.evaluate("pressed")).toBe("Kalibrate.Test");
  });

  it("refuses what it does not know, at once", async () => {
    const { status } = await frame.evaluate(
      () =>
        new Promise<{ status: string }>((resolve) =>
          Office.context.document.getSelectedDataAsync(Office.CoercionType.Text, ({ status }) =>
            resolve({ status: String(status) }),
          ),
        ),
    );
    expect(status).toBe("failed");
  });

  it("asked nobody on the internet, and nothing went wrong in the page", () => {
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
