/**
 * Changing a connection in the workbook, by keyboard alone.
 */
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { connectSample, openSection } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["changing a connection", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  it("says what is missing, lists what changes, and is done by keyboard", async () => {
    const { page } = await panes.show({});
    await connectSample(page);
    await openSection(page, "Connection");
    const part = page.locator("#change-connection");
    await part.locator("summary").focus();
    await page.keyboard.press("Enter");
    await page.locator("#change-from").waitFor();
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await part.getByText("Enter the name of a connection.").waitFor();
    await page.locator("#change-from").fill("test");
    await page.locator("#change-to").selectOption("sample");
    await page.locator("#change-to").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await part.getByText("Nothing in this workbook uses “test”.").waitFor();
    expect(await part.locator("#change-lines").count()).toBe(0);
  });
});
