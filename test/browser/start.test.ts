/**
 * A pane that cannot be started says so and tries again; an empty pane would leave a person with nothing to do.
 */
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { button } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

/** What goes wrong once: the file, and what comes in its place. */
const faults: readonly [what: string, file: string, body: (text: string) => string | undefined][] = [
  ["a file of the pane does not come", "**/chunks/*.js", () => undefined],
  ["a file of the pane is something else", "**/chunks/*.js", () => "throw new Error('planted');"],
  [
    "Excel does not get ready",
    "**/office-js/office.js",
    (text) => `${text};Office.onReady = () => Promise.reject(new Error("planted"));`,
  ],
];

describe.skipIf(!browser)(["start", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  it.each(faults)("where %s, says so and starts with another try", async (_, file, body) => {
    const pane = await panes.open();
    const { page } = pane;
    let isBroken = true;
    await page.route(file, async (route) => {
      if (!isBroken) return route.fallback();
      if (body("") === undefined) return route.abort();
      const response = await route.fetch();
      await route.fulfill({ response, body: body(await response.text())! });
    });
    await pane.show();
    await page.getByRole("alert").getByText("The pane could not be started.").waitFor();
    isBroken = false;
    await button(page, "Try again").click();
    await page.locator("#connect").waitFor();
    expect(await page.getByText("could not be started").count()).toBe(0);
    pane.forgive(/planted/);
  });
});
