/**
 * What stands around the grid: menu, ribbon, pane, colours; by keyboard and mouse, and before axe.
 */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { expectNoViolations, loadAxe, rulesOf } from "./axe.ts";
import { openBrowser } from "./open-browser.ts";
import { useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["chrome", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  const fixture = useWorkbench(browser, (opened) => (workbench = opened), { isShared: true });

  const file = () => workbench.page.getByRole("button", { name: "File" });
  const menu = () => workbench.page.getByRole("menu", { name: "File" });
  const focused = () => workbench.page.evaluate(() => document.activeElement?.textContent);

  // First: the menu keeps the entries of its last opening.
  it("takes what is typed before the menu's entries are there", async () => {
    const { page } = workbench;
    // The menu waits for the closed workbooks, which it shows too.
    await page.evaluate(() => {
      const held = new Promise<void>((resolve) => Object.assign(window, { release: resolve }));
      const query = navigator.locks.query.bind(navigator.locks);
      navigator.locks.query = () => held.then(query);
    });
    await file().focus();
    for (const key of ["Enter", "w", "Enter"]) await page.keyboard.press(key);
    await menu().waitFor();
    expect(await menu().getByRole("menuitem").count()).toBe(0);
    await page.evaluate(() => (window as unknown as { release: () => void }).release());
    await page.getByRole("button", { name: "Offline", exact: true }).waitFor();
    await menu().waitFor({ state: "hidden" });
    expect(await focused()).toBe("File");
  });

  it("works the menu by keyboard alone", async () => {
    const { keyboard } = workbench.page;
    await file().focus();
    await keyboard.press("ArrowDown");
    await expect.poll(focused).toBe("New workbook");
    await keyboard.press("ArrowDown");
    expect(await focused()).toBe("New sample workbook");
    await keyboard.press("End");
    expect(await focused()).toBe("Work offline");
    await keyboard.press("ArrowDown");
    expect(await focused()).toBe("New workbook");
    await keyboard.press("ArrowUp");
    expect(await focused()).toBe("Work offline");
    await keyboard.press("r");
    expect(await focused()).toMatch(/^Recalculate all/);
    expect(await file().getAttribute("aria-expanded")).toBe("true");
    await keyboard.press("Escape");
    await menu().waitFor({ state: "hidden" });
    expect(await focused()).toBe("File");
    await keyboard.press("ArrowUp");
    await expect.poll(focused).toBe("Work offline");
    await keyboard.press("Enter");
    await workbench.page.getByRole("button", { name: "Offline", exact: true }).waitFor();
  });

  it("opens the pane by the ribbon's button and gives the keyboard back when it is closed", async () => {
    const { page } = workbench;
    await page.getByRole("button", { name: "Close the task pane" }).press("Enter");
    await page.locator("#pane").waitFor({ state: "hidden" });
    expect(await focused()).toMatch(/Kalibrate/);
    const button = page.getByRole("group", { name: "Kalibrate" }).getByRole("button", { name: "Kalibrate" });
    expect(await button.getAttribute("title")).toContain("connect to Kalibrate");
    await button.press("Enter");
    await page.locator("#pane").waitFor({ state: "visible" });
  });

  it("goes from part to part by F6, and back by Shift+F6; a closed pane is none", async () => {
    const { page } = workbench;
    const { keyboard } = page;
    const part = () =>
      page.evaluate(() => {
        const element = document.activeElement!;
        return element.closest(".bar") ? "bar" : element.tagName === "IFRAME" ? "pane" : "grid";
      });
    await workbench.goTo("B2");
    const order: string[] = [];
    for (const key of ["F6", "F6", "F6", "Shift+F6", "Shift+F6", "Shift+F6"]) {
      await keyboard.press(key);
      order.push(await part());
    }
    expect(order).toEqual(["bar", "pane", "grid", "pane", "bar", "grid"]);
    // In the pane the keyboard is where it was.
    await workbench.pane.getByRole("tab", { name: "Connection" }).focus();
    await keyboard.press("F6");
    expect(await part()).toBe("grid");
    await keyboard.type("typed");
    await keyboard.press("Enter");
    await expect.poll(() => workbench.cell(1, 1)).toBe("typed");
    await keyboard.press("Shift+F6");
    expect(await workbench.pane.locator(":focus").textContent()).toContain("Connection");
    await page.getByRole("button", { name: "Close the task pane" }).press("Enter");
    await keyboard.press("F6");
    expect(await part()).toBe("grid");
    await keyboard.press("Shift+F6");
    expect(await part()).toBe("bar");
  });

  it("shows the pane in a window that was opened behind others and does not know its width yet", async () => {
    const page = await browser!.newPage();
    await page.addInitScript(() => Object.defineProperty(window, "innerWidth", { value: 0 }));
    const behind = fixture.watch(page);
    await page.goto(fixture.service.url);
    await behind.pane.getByRole("heading", { name: "Sample data" }).waitFor();
  });

  it("follows the system's colours while it is open: chrome, grid and pane", async () => {
    const { page, pane } = workbench;
    const colours = async () => [
      await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
      await page.evaluate(() => document.documentElement.classList.contains("univer-dark")),
      await pane.locator("html").evaluate((html) => getComputedStyle(html).backgroundColor),
    ];
    const light = ["rgb(255, 255, 255)", false, "rgb(255, 255, 255)"];
    expect(await colours()).toEqual(light);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(colours).toEqual(["rgb(31, 31, 31)", true, "rgb(41, 41, 41)"]);
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(colours).toEqual(light);
  });

  it("axe finds nothing in light, dark and forced colours", async () => {
    const { page } = workbench;
    await workbench.choose("Work offline");
    await workbench.enter("B2", '=KAL.QUERY("prices")');
    await workbench.goTo("B2");
    await page.getByRole("status").filter({ hasText: "KAL_" }).waitFor();
    await file().click();
    await page.getByRole("menuitem", { name: "New workbook" }).waitFor();
    await loadAxe(page);
    const sizes = [1440, 400].map((width) => ({ width, height: 800 }));
    // The grid draws on a canvas and is Univer's; the pane has a test of its own.
    const excluded = ["#grid", "#pane"];
    const looks = [
      [{ colorScheme: "light" }, rulesOf.light],
      [{ colorScheme: "dark" }, rulesOf.dark],
      [{ forcedColors: "active" }, rulesOf.forcedColours],
    ] as const;
    for (const [media, rules] of looks) {
      await page.emulateMedia(media);
      await expectNoViolations(page, sizes, { ...rules, iframes: false }, excluded);
    }
  });

  // Last: they load the shared page anew, with a manifest of their own.
  it("shows every button and menu of the manifest", async () => {
    const { page } = workbench;
    const manifest = await readFile(new URL("../../manifest.xml", import.meta.url), "utf8");
    const control = /<Control [^]*?<\/Control>/.exec(manifest)![0];
    const item = control
      .replace('<Control xsi:type="Button"', "<Item")
      .replace("</Control>", "</Item>")
      .replaceAll("Kalibrate.ShowPane", "Test.Item");
    const list = control
      .replace('"Button"', '"Menu"')
      .replaceAll("Kalibrate.ShowPane", "Test.Menu")
      .replace('resid="ShowPane.Label"', 'resid="Functions.Namespace"')
      .replace(/<Action [^]*?<\/Action>/, `<Items>${item}</Items>`);
    await page.route("**/workbench/manifest.xml", (route) =>
      route.fulfill({ contentType: "text/xml", body: manifest.replace(control, control + list) }),
    );
    await page.reload();
    await page.getByRole("button", { name: "Close the task pane" }).click();
    await page.getByRole("button", { name: "KAL", exact: true }).click();
    await page.getByRole("menuitem", { name: "Kalibrate" }).click();
    await page.locator("#pane").waitFor({ state: "visible" });
  });

  it("runs the function that a button of the manifest names, and says so where there is none", async () => {
    const { page, pane } = workbench;
    const manifest = await readFile(new URL("../../manifest.xml", import.meta.url), "utf8");
    const action = '<Action xsi:type="ExecuteFunction"><FunctionName>testCommand</FunctionName></Action>';
    await page.route("**/workbench/manifest.xml", (route) =>
      route.fulfill({
        contentType: "text/xml",
        body: manifest.replace(/<Action [^]*?<\/Action>/, action),
      }),
    );
    await page.reload();
    await pane.getByRole("heading", { name: "Sample data" }).waitFor();
    const button = page.getByRole("group", { name: "Kalibrate" }).getByRole("button", { name: "Kalibrate" });
    await button.click();
    await page.getByRole("alert").filter({ hasText: "testCommand" }).waitFor();
    await pane.locator("body").evaluate(() => {
      Office.actions.associate("testCommand", (event: Office.AddinCommands.Event) => {
        document.title = `pressed ${event.source.id}`;
        event.completed();
      });
    });
    await button.click();
    await expect
      .poll(() => pane.locator("body").evaluate(() => document.title))
      .toBe("pressed Kalibrate.ShowPane");
  });
});
