/**
 * The keyboard alone does everything, and whoever listens instead of looks is told the same.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { button, connectSample, field, hold, waitForFocus } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

/** What has the focus: its id, or else its words. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.id || element?.textContent.trim() || "";
  });

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, wanted: string, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await focused(page)).startsWith(wanted)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never comes to ${wanted}`);
}

/** Roles and names as the browser gives them to a screen reader. */
async function spoken(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  return nodes.flatMap(({ ignored, role, name }) =>
    ignored ? [] : [`${role?.value as string} ${(name?.value as string | undefined) ?? ""}`.trim()],
  );
}

describe.skipIf(!browser)(["keyboard and screen reader", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  it("opens the sample data, checks, and disconnects", async () => {
    const { page } = await panes.show();
    await tabTo(page, "try-sample");
    await page.keyboard.press("Enter");
    await waitForFocus(page, "panel-connection");
    await tabTo(page, "Insert into Prices!B3");
    await page.keyboard.press("Space");
    await page.getByText("Inserted into").waitFor();
    await tabTo(page, "Check again");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("The connection works").waitFor({ state: "attached" });
    await tabTo(page, "Disconnect");
    await page.keyboard.press("Enter");
    await page.locator("#connect").waitFor();
    await waitForFocus(page, "main");
  });

  it("fills the form in, in the order of the page, and sends it with Enter", async () => {
    const { page } = await panes.show();
    const { scope, clientId, clientSecret } = panes.service.simulator.credentials.sample;
    await tabTo(page, "environment");
    await page.keyboard.type("Testing");
    await tabTo(page, "field-scope");
    await page.keyboard.type(scope);
    await page.keyboard.press("Tab");
    await page.keyboard.type(clientId);
    await page.keyboard.press("Tab");
    await page.keyboard.type(clientSecret);
    // A date has a place for the keyboard in each of its parts.
    await tabTo(page, "field-secretExpires");
    await tabTo(page, "remember");
    await page.keyboard.press("Space");
    await tabTo(page, "field-clientSecret", "Shift+Tab");
    await page.keyboard.press("Enter");
    await waitForFocus(page, "panel-connection");
    await page.getByRole("heading", { name: "Testing" }).waitFor();
  });

  it("cancels", async () => {
    const { page } = await panes.show();
    await hold(page, "session");
    await tabTo(page, "try-sample");
    await page.keyboard.press("Enter");
    await page.locator("#cancel").waitFor();
    await tabTo(page, "cancel");
    await page.keyboard.press("Enter");
    await waitForFocus(page, "try-sample");
  });

  it("shows where the focus is on everything that can have it", async () => {
    const { page } = await panes.show();
    const unmarked: string[] = [];
    const seen = new Set<string>();
    let last: string | undefined;
    for (;;) {
      await page.keyboard.press("Tab");
      const { key, isMarked } = await page.evaluate(() => {
        const element = document.activeElement!;
        const marks = [element, element.shadowRoot].flatMap((item) =>
          item instanceof Element ? [getComputedStyle(item), getComputedStyle(item, "::after")] : [],
        );
        const isMarked = marks.some(
          (style) =>
            (style.outlineStyle !== "none" && style.outlineWidth !== "0px") ||
            style.boxShadow !== "none" ||
            (style.content !== "none" && style.borderTopWidth !== "0px"),
        );
        return { key: element.id || element.className || element.tagName, isMarked };
      });
      // The parts of a date are one element.
      if (key === "BODY" || (seen.has(key) && key !== last)) break;
      seen.add((last = key));
      if (!isMarked) unmarked.push(key);
    }
    expect([...seen]).toEqual([
      "try-sample",
      "environment",
      "field-tenant",
      "field-scope",
      "field-clientId",
      "field-clientSecret",
      "reveal inline-action",
      "field-secretExpires",
      "remember",
      "connect",
      "A",
    ]);
    expect(unmarked).toEqual([]);
  });

  it("gives everything a role and a name", async () => {
    const { page } = await panes.show();
    const first = await spoken(page);
    for (const expected of [
      "heading Kalibrate data",
      "button Try with sample data One click, nothing to fill in.",
      "form Connect to Kalibrate",
      "combobox Environment",
      "textbox Scope",
      "textbox Client ID",
      "textbox Client secret",
      "button Show the client secret",
      "checkbox Remember on this computer",
      "button Connect",
    ]) {
      expect(first).toContain(expected);
    }
    await connectSample(page);
    await button(page, "Insert into Prices!B3").waitFor();
    const second = await spoken(page);
    for (const expected of [
      "heading Sample data",
      "button Insert into Prices!B3",
      "button Copy",
      "button Check again",
      "button Disconnect",
      "button Connect to your own data",
    ]) {
      expect(second).toContain(expected);
    }
  });

  it("tells what happens", async () => {
    const { page } = await panes.show();
    const said = await page.evaluateHandle(() => {
      const words: string[] = [];
      const region = document.getElementById("announcer")!;
      new MutationObserver(() => words.push(region.textContent)).observe(region, {
        childList: true,
        subtree: true,
      });
      return words;
    });
    await connectSample(page);
    await expect
      .poll(() => said.jsonValue())
      .toEqual(["Opening the sample data…", "Connected to Sample data."]);
  });

  it("describes each field by its hint and by what is wrong", async () => {
    const { page } = await panes.show();
    await field(page, "scope").fill("api://x");
    await field(page, "scope").blur();
    const described = await field(page, "scope").evaluate((input) =>
      input
        .getAttribute("aria-describedby")!
        .split(" ")
        .map((id) => document.getElementById(id)!.textContent.trim())
        .join(" "),
    );
    expect(described).toContain("A scope begins with api:// and ends in /.default.");
    expect(described).toContain("The database you may read");
  });
});
