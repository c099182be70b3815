/**
 * The section Activity, the pause, and what a refused command says.
 */
import { describe, expect, it } from "vitest";
import { selectCell } from "./builder-actions.ts";
import { openBrowser } from "./open-browser.ts";
import {
  button,
  calculateSheet,
  callFunction,
  connectSample,
  goOffline,
  goOnline,
  nextPaint,
  openSection,
  press,
  waitForFocus,
} from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["activity", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);

  async function showActivity() {
    const { page } = await panes.show();
    await connectSample(page);
    await openSection(page, "Activity");
    return page;
  }

  it("teaches while there is nothing, and lists what formulas ask for as it comes, newest first", async () => {
    const page = await showActivity();
    await page.getByText("No requests yet").waitFor();
    await calculateSheet(page);
    const titles = page.locator(".entry h3");
    await expect
      .poll(() => titles.allTextContents())
      .toEqual(
        ["Formulas", "KAL.QUERY prices", "KAL.QUERY product", "KAL.COLLECTIONS"].map(
          (title) => expect.stringContaining(title) as string,
        ),
      );
    const product = page.locator(".entry").filter({ hasText: "product" });
    await product.getByText(/sample · 5 rows · .* · (live|kept by the service)/).waitFor();
    await product.getByText("Prices!B2 and 3 more cells").waitFor();
    await page.getByText("3 calls, 3 saved").waitFor();
  });

  it("tells whoever listens that a formula has failed, and why", async () => {
    const page = await showActivity();
    await callFunction(page, "QUERY", ["prices", null, null, null, null], "Prices!F2");
    await page
      .locator("#announcer")
      .getByText("A formula failed. There is no collection “prices”.")
      .waitFor({ state: "attached" });
  });

  it("offers to try again only while something has failed", async () => {
    const page = await showActivity();
    const call = () => callFunction(page, "QUERY", ["site", null, [["name"]], 1, 1], "Prices!C3");
    const retry = button(page, "Try failed again");
    await goOffline(page);
    await call();
    await retry.waitFor();
    await goOnline(page);
    await retry.focus();
    await page.keyboard.press("Enter");
    await call();
    await retry.waitFor({ state: "detached" });
    // What failed then is still told.
    await page.locator(".entry[data-state=failed]").first().waitFor();
    await waitForFocus(page, "activity-heading");
  });

  it("does not move what has the focus when more comes", async () => {
    const page = await showActivity();
    await calculateSheet(page);
    const cells = page.getByRole("button", { name: "Prices!B2 and 3 more cells" });
    await cells.focus();
    await callFunction(page, "QUERY", ["site", [["(entityVariant=Own)"]], null, null, 1], "Prices!Z1");
    await page.getByText("KAL.QUERY site").waitFor();
    const focused = await page.evaluate(() => document.activeElement?.textContent?.trim());
    expect(focused).toBe("Prices!B2 and 3 more cells");
  });

  it("selects the cells of an entry, and says where they have gone", async () => {
    const page = await showActivity();
    await callFunction(page, "QUERY", ["site", null, [["name"]], 1, 1], "Prices!C3");
    await page.getByRole("button", { name: "Prices!C3" }).click();
    await page.locator("#announcer").getByText("Selected 1 cell.").waitFor({ state: "attached" });
    await callFunction(page, "QUERY", ["site", null, [["name"]], 1, 2], "Gone!C3");
    await page.getByRole("button", { name: "Gone!C3" }).click();
    await page.locator("#announcer").getByText("no longer there").waitFor({ state: "attached" });
  });

  it("copies for support what holds neither data nor what was asked for", async () => {
    const page = await showActivity();
    await calculateSheet(page);
    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => void ((window as { copied?: string }).copied = text);
    });
    await button(page, "Copy for support").click();
    await page.getByText("Copied: versions").first().waitFor();
    const copied = await page.evaluate(() => (window as { copied?: string }).copied);
    expect(copied).toMatch(/KAL_COLLECTION_UNKNOWN [0-9a-f-]{36}/);
    expect(copied).toMatch(/query product \| done \| \d+ ms \| 5 rows \| (live|kept), as of 20/);
    expect(copied).not.toMatch(/currentPrice|entityVariant|Prices!/);
    const ticket = await page.evaluate(() => localStorage.getItem("kal.connections") ?? "");
    expect(copied).not.toContain((JSON.parse(ticket) as { ticket: string }[])[0]!.ticket);
  });

  it("is empty after Clear, with the focus on its heading", async () => {
    const page = await showActivity();
    await calculateSheet(page);
    await button(page, "Clear").click();
    await page.getByText("No requests yet").waitFor();
    await page.waitForFunction(() => document.activeElement?.id === "activity-heading");
  });

  it("shows 200 entries, and no more", async () => {
    const page = await showActivity();
    await page.route("**/api/v1/query", (route) =>
      route.fulfill({ json: { columns: [], rows: [], rowCount: 0, asOf: new Date().toISOString() } }),
    );
    await page.evaluate(async () => {
      type Call = (...args: unknown[]) => Promise<unknown>;
      const { mappings } = (
        CustomFunctions as unknown as { _association: { mappings: Record<string, Call> } }
      )._association;
      const calls = Array.from({ length: 220 }, (_, row) =>
        mappings["QUERY"]!("site", [[`(limit=${row + 1})`]], null, 1, null, { address: `S!A${row + 1}` }),
      );
      await Promise.all(calls.map((call) => call.catch(() => undefined)));
    });
    await expect.poll(() => page.locator(".entry").count()).toBe(200);
    await nextPaint(page);
  });

  it("data is paused and resumed: the pane says so in every section", async () => {
    const page = await showActivity();
    await press(page, "togglePause");
    const notice = page.locator(".notice");
    await notice.getByText("Data is paused").waitFor();
    await callFunction(page, "QUERY", ["site", null, [["name"]], 1, 1], "Prices!C3");
    await notice.getByText("1 cell waits").waitFor();
    await page.locator(".entry").filter({ hasText: "Data is paused." }).getByText("Waiting").waitFor();
    await openSection(page, "Settings");
    await button(page, "Resume").click();
    await page.getByText("Resumed.").first().waitFor();
    await expect.poll(() => button(page, "Resume").count()).toBe(0);
    await selectCell(page, 8, 1, "typed");
    await expect.poll(() => notice.getByText("Resumed.").count()).toBe(0);
    await callFunction(page, "QUERY", ["site", null, [["name"]], 1, 1], "Prices!C3");
    await openSection(page, "Activity");
    await page.locator(".entry").filter({ hasText: "KAL.QUERY site" }).getByText("1 row").waitFor();
    expect(await page.locator(".entry").getByText("Waiting").count()).toBe(0);
  });
});
