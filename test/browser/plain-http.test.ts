/**
 * Over plain http another program can take the port of a stopped service and with it the origin's storage: a ticket of
 * typed credentials is in no place that it could read.
 */
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { connectSample, connectWith, heldConnections } from "./pane-actions.ts";
import { openPane } from "./pane-page.ts";
import { startPaneService } from "./pane-service.ts";
import { useService } from "./service-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["plain http", unavailable].filter(Boolean).join(": "), () => {
  const fixture = useService(() => startPaneService({ plainHttp: true }));

  async function show() {
    const pane = fixture.watch(await openPane(browser!, { url: fixture.service.url, excel: "light" }));
    await pane.show();
    await pane.page.locator("#connect").waitFor();
    return pane.page;
  }

  it("ends a connection with typed credentials with its page, and says so before", async () => {
    const page = await show();
    await page.getByText("only while this page is open").waitFor();
    expect(await page.locator("#remember").count()).toBe(0);
    await connectWith(page, { environment: "testing", ...fixture.service.simulator.credentials.sample });
    await page.getByRole("heading", { name: "Testing", exact: true }).waitFor();
    expect(await heldConnections(page)).toEqual([]);
    await page.reload();
    await page.locator("#connect").waitFor();
  });

  it("keeps the connection to the sample data", async () => {
    const page = await show();
    await connectSample(page);
    expect(await heldConnections(page)).toHaveLength(1);
    await page.reload();
    await page.getByRole("heading", { name: "Sample data" }).waitFor();
  });
});
