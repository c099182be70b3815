/**
 * A morning with the add-in under each profile of Excel, in a real browser: connect, query, refresh, build, insert a
 * table, convert, save and open again, and what Excel does unkindly in between.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAddress } from "../../src/excel/address.ts";
import { hostProfiles, profileNames } from "../../src/workbench/excel-host/profiles.ts";
import { bundle } from "../support/bundle.ts";
import { openBrowser } from "./open-browser.ts";
import { button, openSection } from "./pane-actions.ts";
import { type PaneService, startPaneService } from "./pane-service.ts";
import type { ProfileWindow } from "./profile-page.ts";
import { patience } from "./workbench-fixture.ts";

const { browser, unavailable } = await openBrowser();
const functionsFile = path.join(import.meta.dirname, "../../dist/addin/functions.json");

const query = '=KAL.QUERY("sample:site","(entityVariant=Own)","importCode, name, createdOn",0,3)';

describe.skipIf(!browser)(["profiles", unavailable].filter(Boolean).join(": "), () => {
  let service: PaneService;
  let script: string;

  beforeAll(async () => {
    service = await startPaneService();
    script = await bundle(path.join(import.meta.dirname, "profile-page.ts"));
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  it.each(profileNames)("%s", async (profile) => {
    const behaviours = hostProfiles[profile].behaviours as Record<string, string | undefined>;
    const context = await browser!.newContext({
      viewport: { width: 350, height: 700 },
      ignoreHTTPSErrors: true,
    });
    const page = await context.newPage();
    const given = { profile, functions: JSON.parse(readFileSync(functionsFile, "utf8")) as unknown };
    await page.addInitScript({ content: `window.kalProfile = ${JSON.stringify(given)};\n${script}` });
    const excel = drive(page);
    const asked = () => service.simulator.requests.filter(({ path: one }) => /site/i.test(one)).length;

    const calls = () => page.evaluate(() => (window as unknown as ProfileWindow).calls);

    // A click before the page has loaded is lost, and nothing pretends otherwise.
    await page.goto(`${service.url}/taskpane.html`);
    await button(page, "Try with sample data").click();
    await page.getByRole("heading", { name: "Sample data" }).waitFor();
    await expect
      .poll(() => page.evaluate(() => (window as unknown as ProfileWindow).isFirstPressOver))
      .toBe(true);
    await openSection(page, "Activity");
    await page.getByText("press it again", { exact: false }).waitFor();

    await excel.enter("B3", query);
    await expect.poll(() => excel.text("C5"), patience).toMatch(/^[A-Z]/);
    const before = await excel.texts("B3:D5");

    const requests = asked();
    await excel.press("refreshWorkbook");
    await expect.poll(asked, patience).toBeGreaterThan(requests);

    // The pane takes the keyboard where Excel lets it; shortcuts work again once the grid is clicked.
    await excel.hidePane();
    await excel.select("H9");
    await excel.press("convertSelection");
    await page.getByText("No KAL formula in the selection.").first().waitFor();
    await excel.select("B3");
    const beforeShortcut = asked();
    await excel.shortcut("refreshSelection");
    if (behaviours["showingPane"] !== "takesKeyboard")
      await expect.poll(asked, patience).toBeGreaterThan(beforeShortcut);
    await excel.clickGrid();
    await excel.shortcut("refreshSelection");
    await expect.poll(asked, patience).toBeGreaterThan(beforeShortcut);

    // Without a window Excel refuses, and the pane says so.
    await excel.setWindow("hidden");
    await excel.press("refreshWorkbook");
    await page
      .getByText(/Excel refuses/)
      .first()
      .waitFor();
    await excel.setWindow("front");

    // A formula that is built, then opened and changed; no event need tell of the selection.
    await excel.select("F3");
    await openSection(page, "Build");
    await button(page, "Site\\s").click();
    await page.locator("#insert-formula").click();
    await expect.poll(() => excel.formula("F3"), patience).toMatch(/^=KAL\.QUERY\(/);
    await expect.poll(() => excel.text("F4"), patience).not.toBe("");
    await page.getByRole("heading", { name: "Order and rows" }).click();
    await page.getByLabel("Rows at most").fill("2");
    await page.locator("#update-formula").click();
    await expect.poll(() => excel.formula("F3"), patience).toMatch(/,2\)$/);

    // A table, inserted and rewritten.
    await excel.select("B20");
    await page.locator("#insert-table").click();
    await page.getByText("Inserted as a table").first().waitFor();
    await excel.enter("B21", "typed over");
    await excel.press("refreshWorkbook");
    await expect.poll(() => excel.text("B21"), patience).not.toBe("typed over");

    // Saved, opened again: the values are there before anything is asked, and so is the connection.
    await excel.press("refreshWorkbook");
    await expect.poll(() => excel.texts("B3:D5"), patience).toEqual(before);
    // What is saved while it is busy is rightly asked for again when it is opened.
    await expect.poll(() => excel.text("F3"), patience).not.toBe("#BUSY!");
    expect(await calls()).toBeGreaterThan(0);
    await page.evaluate(() => (window as unknown as ProfileWindow).saveWorkbook());
    await page.reload();
    await page.getByRole("tab", { name: "Connection" }).click();
    await page.getByRole("heading", { name: "Sample data" }).waitFor();
    expect(await excel.formula("B3")).toBe(query);
    expect(await excel.text("C5")).toBe(before[2]![1]);
    expect(await calls()).toBe(0);

    const beforeOpening = asked();
    await excel.press("refreshWorkbook");
    await expect.poll(asked, patience).toBeGreaterThan(beforeOpening);
    await excel.select("B3");
    await expect
      .poll(async () => {
        await excel.press("convertSelection");
        return excel.formula("B3");
      }, patience)
      .toBe(before[0]![0]);
    expect(await excel.texts("B3:D5")).toEqual(before);
    await context.close();
  });
});

/** The emulated Excel around the pane; addresses are those of its first sheet. */
function drive(page: Page) {
  const areaOf = (address: string) => parseAddress(address);
  type Property = "text" | "formula";
  const read = (address: string, property: Property) =>
    page.evaluate(
      ([area, name]) => {
        const { spreadsheet } = window as unknown as ProfileWindow;
        const sheetId = spreadsheet.sheets()[0]!.id;
        return spreadsheet.read({ ...area, sheetId }).map((row) => row.map((cell) => String(cell[name])));
      },
      [areaOf(address), property] as const,
    );
  const select = (address: string) =>
    page.evaluate((area) => {
      const { spreadsheet } = window as unknown as ProfileWindow;
      spreadsheet.select({ ...area, sheetId: spreadsheet.sheets()[0]!.id });
    }, areaOf(address));
  return {
    select,
    texts: (address: string) => read(address, "text"),
    text: async (address: string) => (await read(address, "text"))[0]![0]!,
    formula: async (address: string) => (await read(address, "formula"))[0]![0]!,
    enter: (address: string, content: string) =>
      page.evaluate(
        ([area, text]) => {
          const { spreadsheet } = window as unknown as ProfileWindow;
          spreadsheet.write({ ...area, sheetId: spreadsheet.sheets()[0]!.id }, [[text]]);
        },
        [areaOf(address), content] as const,
      ),
    press: (name: string) =>
      page.evaluate(
        (command) => (window as unknown as ProfileWindow).excelHost.runCommand(command, command),
        name,
      ),
    shortcut: (name: string) =>
      page.evaluate((action) => (window as unknown as ProfileWindow).excelHost.runAction(action), name),
    clickGrid: () => page.evaluate(() => (window as unknown as ProfileWindow).excelHost.clickGrid()),
    hidePane: () => page.evaluate(() => (window as unknown as ProfileWindow).excelHost.setPaneVisible(false)),
    setWindow: (form: "front" | "hidden") =>
      page.evaluate((window_) => {
        const { behaviours } = window as unknown as ProfileWindow;
        (behaviours as { window: string }).window = window_;
      }, form),
  };
}
