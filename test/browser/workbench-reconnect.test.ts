/**
 * A secret that is changed while a workbook is open: what failed meanwhile heals when the person connects again.
 */
import { describe, expect, it } from "vitest";
import { errorCatalogue } from "../../src/kalibrate/errors.ts";
import { openBrowser } from "./open-browser.ts";
import { button, connectWith } from "./pane-actions.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["connecting again", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  const fixture = useWorkbench(browser, (opened) => (workbench = opened));

  /** The pane as its own page: what people do in it is written down for pages. */
  const pane = () => workbench.page.frames().find((frame) => frame.url().endsWith("/taskpane.html"))!;
  const cells = async () => {
    const [table, lookup, caught, plain] = (await workbench.values(1, 1, 1, 7))[0]!.filter(
      (_, at) => at % 2 === 0,
    );
    return { table, lookup, caught, plain };
  };
  const requests = (path: string) =>
    fixture.service.simulator.requests.filter((request) => request.path.includes(path)).length;

  it("heals every failed cell by itself, with one pull, and touches no other", async () => {
    const settings = { environment: "testing", ...fixture.service.simulator.credentials.sample };
    const filled = { table: "1001", lookup: "1001", caught: "1002", plain: 7 };
    await button(pane(), "Disconnect").click();
    await connectWith(pane(), settings);
    await pane().getByRole("heading", { name: "Testing", exact: true }).waitFor();
    const lookup = (code: number) =>
      `KAL.LOOKUP("site","(entityVariant=Own)","importCode","importCode",${code})`;
    await workbench.enter(
      "B2",
      '=KAL.QUERY("site","(entityVariant=Own)+(orderBy=importCode)","importCode",0,1)',
    );
    await workbench.enter("D2", `=${lookup(1001)}`);
    await workbench.enter("F2", `=IFERROR(${lookup(1002)},"none")`);
    await workbench.enter("H2", "=3+4");
    await expect.poll(cells, patience).toEqual(filled);

    await button(pane(), "Disconnect").click();
    await pane().locator("#connect").waitFor();
    // Values stay, for whoever asks for new ones too: nobody could answer.
    expect(await cells()).toEqual(filled);
    await workbench.page
      .getByRole("group", { name: "Kalibrate" })
      .getByRole("button", { name: "Refresh" })
      .click();
    await pane().locator(".notice").getByText("Refresh: Not connected to Kalibrate.").waitFor();
    expect(await cells()).toEqual(filled);
    await workbench.page.keyboard.press("Control+Alt+F9");
    const failed = { table: "#VALUE!", lookup: "#VALUE!", caught: "none", plain: 7 };
    await expect.poll(cells, patience).toEqual(failed);

    await connectWith(pane(), { ...settings, clientSecret: "not-this-one" });
    await pane().getByText(errorCatalogue.KAL_SECRET_INVALID.message).first().waitFor();
    expect(await cells()).toEqual(failed);

    fixture.service.simulator.clearRequests();
    await connectWith(pane(), { clientSecret: settings.clientSecret });
    await expect.poll(cells, patience).toEqual(filled);
    // One for the table and one for all lookups, as far as the service has not kept what it pulled before.
    expect(requests("/site")).toBeLessThanOrEqual(2);
    expect(requests("/token")).toBe(1);
  }, 240_000);
});
