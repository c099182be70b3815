/**
 * The view of a connection: its status, the first formula, the way to another connection.
 */
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { api, button, connectSample, connectWith, heldConnections, waitForFocus } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

const formula =
  '=KAL.QUERY("product","(entityVariant=Own)","site.name, product.name, currentPrice, currentPriceEffectiveTime",2,10)';

describe.skipIf(!browser)(["connected", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);
  const settings = () => ({ environment: "testing", ...panes.service.simulator.credentials.sample });

  it("is still connected when the pane is opened again, and asks how things stand", async () => {
    const { page, show } = await panes.show();
    await connectSample(page);
    const status = page.waitForResponse((response) => response.url().endsWith("/api/v1/status"));
    await show();
    expect((await status).status()).toBe(200);
    await page.locator("fluent-badge").getByText("Connected").waitFor();
    // Nobody wants to know it of sample data at first sight.
    await page.getByText("Details", { exact: true }).click();
    await page.locator("dl").getByText(panes.service.simulator.credentials.sample.clientId).waitFor();
  });

  it("checks again on demand", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    const before = panes.service.simulator.requests.length;
    await button(page, "Check again").click();
    await page.getByRole("status").getByText("The connection works").waitFor({ state: "attached" });
    expect(panes.service.simulator.requests.length).toBeGreaterThan(before);
  });

  it("ends a connection everywhere", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    const [held] = await heldConnections(page);
    await button(page, "Disconnect").click();
    await page.getByText("Disconnected. The values in your cells stay").first().waitFor();
    expect(await heldConnections(page)).toEqual([]);
    const status = await page.evaluate(async (ticket) => {
      const headers = { "X-KAL-Request": "1", Authorization: `Bearer ${ticket}` };
      return (await fetch("/api/v1/status", { headers })).status;
    }, held!.ticket);
    expect(status).toBe(401);
  });

  it("connects to another environment, and back", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await button(page, "Connect to your own data").click();
    await waitForFocus(page, "environment");
    expect(await button(page, "Try with sample data").count()).toBe(0);
    await button(page, "Back").click();
    await waitForFocus(page, "connected-heading-sample");

    await button(page, "Connect to your own data").click();
    await connectWith(page, settings());
    await page.getByRole("heading", { name: "Testing" }).waitFor();
    // The sample stays for formulas that name it.
    expect(await heldConnections(page)).toMatchObject([{ name: "sample" }, { name: "testing" }]);
  });

  it("puts the formula into the selected cell", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await button(page, "Insert into Prices!B3").click();
    await page.getByText("Inserted into Prices!B3. 10 rows.").waitFor();
    expect(await page.evaluate(() => window.selectedCell.formula)).toBe(formula);
  });

  it.each([
    { because: "it is not empty", cell: { isEmpty: false }, said: "Prices!B3 is not empty." },
    { because: "it lies in a table", cell: { isInTable: true }, said: "The table Table1 is in the way." },
  ])("leaves the cell alone when $because: the formula gets a sheet of its own", async ({ cell, said }) => {
    const { page } = await panes.show();
    await connectSample(page);
    await page.evaluate((state) => void Object.assign(window.selectedCell, state), cell);
    await page.evaluate(() => window.spreadsheet.select(window.spreadsheet.selection()));
    await page.getByText(said).waitFor();
    await button(page, "Insert on a new sheet").click();
    await page.getByText("Inserted on a new sheet, at 'Prices 2'!A1.").waitFor();
    expect(await page.evaluate(() => window.selectedCell.formula)).toBeUndefined();
    await button(page, "Undo").click();
    await page.getByText("the new sheet has been removed").waitFor();
  });

  it("says why Excel does not take the formula", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await page.evaluate(() => {
      window.selectedCell.refusal = "The sheet is protected.";
    });
    await button(page, "Insert into Prices!B3").click();
    await page.getByText("Excel did not accept the formula: The sheet is protected.").waitFor();
  });

  it("copies the formula", async () => {
    const { page } = await panes.show({ excel: undefined });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await connectSample(page);
    await button(page, "Copy").click();
    await page.getByText("write semicolons instead of the commas").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(formula);
  });

  it("copies in a frame that is not given the clipboard", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    const copied = page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
      return new Promise<string>((resolve) => {
        document.addEventListener("copy", ({ target }) => resolve((target as HTMLTextAreaElement).value));
      });
    });
    await button(page, "Copy").click();
    expect(await copied).toBe(formula);
    await page.getByText("write semicolons instead of the commas").waitFor();
  });

  it("says outside Excel where formulas run, and offers no cell", async () => {
    const { page } = await panes.show({ excel: undefined });
    await page.getByText("Formulas run only in Excel").waitFor();
    await connectSample(page);
    await button(page, "Copy").waitFor();
    expect(await button(page, "Insert").count()).toBe(0);
    await page.getByText("Formulas run only in Excel").waitFor();
  });

  it("names the connection that the workbook needs", async () => {
    const { page } = await panes.show({ workbookConnection: "testing" });
    await page.getByText("This workbook uses the connection “testing”.").first().waitFor();
    expect(await page.getByLabel("Environment").inputValue()).toBe("testing");
  });

  it("does not show yesterday's status under today's failure", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await page.route(api("status"), (route) => route.abort());
    await button(page, "Check again").click();
    await page.locator("fluent-badge").getByText("Not reachable").waitFor();
    expect(await page.locator("dl").textContent()).not.toContain("Response time");
  });
});
