/**
 * Several connections side by side, new secrets, what is said before an end comes, and a service that is away.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { errorCatalogue } from "../../src/kalibrate/errors.ts";
import { openBrowser } from "./open-browser.ts";
import {
  button,
  connectSample,
  connectWith,
  enter,
  field,
  goOffline,
  goOnline,
  heldConnections,
  postedSessions,
  secretHasExpired,
  waitForFocus,
  workbookSettings,
} from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

const otherGuid = "11111111-2222-4333-8444-555555555555";

/** Changes what the computer holds of its only connection. */
const changeHeld = (page: Page, change: object) =>
  page.evaluate((changed) => {
    const [held] = JSON.parse(localStorage.getItem("kal.connections")!) as object[];
    localStorage.setItem("kal.connections", JSON.stringify([{ ...held, ...changed }]));
  }, change);

const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Europe/London" });

const workbookUses = async (page: Page) => (await workbookSettings(page))["KAL.connection"];

/** The card of a connection, by its heading. */
const card = (page: Page, label: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: label, exact: true }) });

describe.skipIf(!browser)(["connections", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);
  const settings = () => ({ environment: "testing", ...panes.service.simulator.credentials.sample });

  async function addNamed(page: Page, label: string): Promise<void> {
    await button(page, "Add a connection").click();
    await enter(page, { ...settings() });
    await page.getByLabel("Name in formulas").fill(label);
    await page.locator("#connect").click();
    await page.getByRole("heading", { name: label, exact: true }).waitFor();
  }

  it("turns a workbook to another connection only when told to", async () => {
    const { page } = await panes.show();
    await connectWith(page, settings());
    await page.getByRole("heading", { name: "Testing" }).waitFor();
    await addNamed(page, "north");
    await page.getByText("This workbook still uses its own connection").first().waitFor();
    await expect.poll(() => workbookUses(page)).toBe("testing");
    expect((await heldConnections(page)).map(({ name }) => name)).toEqual(["testing", "north"]);

    await button(page, "Use for this workbook").click();
    await page.getByText("This workbook now uses “north”").first().waitFor();
    await expect.poll(() => workbookUses(page)).toBe("north");
    await card(page, "north").getByText("Used by this workbook").waitFor();
    await waitForFocus(page, "connected-heading-north");
  });

  it("goes on with one's own data after the sample", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await button(page, "Connect to your own data").click();
    await connectWith(page, settings());
    await page.getByRole("heading", { name: "Testing" }).waitFor();
    await expect.poll(() => workbookUses(page)).toBe("testing");
  });

  it("says which connection the workbook lacks beside others, and offers both ways", async () => {
    const { page, show } = await panes.show({ workbookConnection: "elsewhere" });
    await connectWith(page, settings());
    await page.getByText("This workbook uses the connection “elsewhere”, which is not connected").waitFor();
    await expect.poll(() => workbookUses(page)).toBe("elsewhere");
    await show();
    await page.getByText("which is not connected here").waitFor();
    await button(page, "Use for this workbook").click();
    await page.getByText("which is not connected here").waitFor({ state: "detached" });
    await expect.poll(() => workbookUses(page)).toBe("testing");
  });

  it("gives a second client of one environment a name of its own", async () => {
    const { page, show } = await panes.show();
    await connectWith(page, settings());
    await page.getByRole("heading", { name: "Testing" }).waitFor();
    await changeHeld(page, { clientId: otherGuid });
    await show();
    await button(page, "Add a connection").click();
    const posted = postedSessions(page);
    await connectWith(page, settings());
    await page.getByText("“testing” is connected with another client ID").waitFor();
    await waitForFocus(page, "field-label");
    expect(posted).toEqual([]);
    await button(page, "Use testing-2").click();
    await page.locator("#connect").click();
    await page.getByRole("heading", { name: "testing-2" }).waitFor();
    expect(posted).toMatchObject([{ label: "testing-2" }]);
    expect((await heldConnections(page)).map(({ name }) => name)).toEqual(["testing", "testing-2"]);
  });

  it.each([
    ["client", { environment: "sample", clientId: otherGuid }, "Connect to your own data"],
    ["environment", { environment: "elsewhere" }, "Add a connection"],
  ])(
    "gives a ticket up whose name, which only the service knows, is another %s's",
    async (_, other, more) => {
      const { page, show } = await panes.show();
      await connectWith(page, settings());
      await page.getByRole("heading", { name: "Testing" }).waitFor();
      await changeHeld(page, { name: "sample", ...other });
      await show();
      const before = await heldConnections(page);
      const givenUp = page.waitForResponse((answer) => answer.request().method() === "DELETE");
      await button(page, more).click();
      const { apiBaseUrl, tenant } = panes.service.simulator.environment;
      await connectWith(page, { ...settings(), environment: ":other", apiBaseUrl, tenant });
      await page.getByText("“sample” is connected with another client ID or environment").waitFor();
      await waitForFocus(page, "field-label");
      const deleted = await givenUp;
      expect(deleted.status()).toBe(204);
      const { authorization } = await deleted.request().allHeaders();
      expect(authorization).not.toBe(`Bearer ${before[0]!.ticket}`);
      expect(await heldConnections(page)).toEqual(before);

      await button(page, "Use sample-2").click();
      await page.locator("#connect").click();
      await page.getByRole("heading", { name: "sample-2" }).waitFor();
      expect((await heldConnections(page)).map(({ name }) => name)).toEqual(["sample", "sample-2"]);
    },
  );

  it("replaces the secret in place, and says what is wrong with another", async () => {
    const { page } = await panes.show();
    await connectWith(page, settings());
    await page.getByRole("heading", { name: "Testing" }).waitFor();
    const [before] = await heldConnections(page);
    await button(page, "New secret").click();
    await waitForFocus(page, "field-clientSecret");
    await page.keyboard.press("Enter");
    await page.getByText("Enter the client secret").waitFor();
    await field(page, "clientSecret").fill("not-the-secret");
    await page.keyboard.press("Enter");
    const messages = page.locator("#field-clientSecret-messages");
    await messages.getByText(errorCatalogue.KAL_SECRET_INVALID.message).waitFor();
    await expect.poll(() => field(page, "clientSecret").inputValue()).toBe("not-the-secret");
    await field(page, "clientSecret").fill(settings().clientSecret);
    await page.keyboard.press("Enter");
    await page.getByText("The new secret of “Testing” works").first().waitFor();
    await waitForFocus(page, "connected-heading-testing");
    await expect.poll(() => field(page, "clientSecret").count()).toBe(0);
    expect(await heldConnections(page)).toEqual([before]);
    const kept = await page.evaluate(() => Object.values<string>(localStorage).join());
    expect(kept).not.toContain(settings().clientSecret);
  });

  it("says an hour before that the connection ends, by the clock, and connects again with the settings", async () => {
    const { page } = await panes.show();
    await connectWith(page, settings());
    await page.getByRole("heading", { name: "Testing" }).waitFor();
    const [held] = await heldConnections(page);
    await expect.poll(() => button(page, "Connect again").count()).toBe(0);
    await page.clock.setFixedTime(Date.parse(held!.expiresAt) - 1_800_000);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.getByText("“Testing” stays connected until").first().waitFor();
    await button(page, "Connect again").click();
    await page.getByRole("heading", { name: "Connect to testing again" }).waitFor();
    await page.locator("#connect").waitFor();
    await expect.poll(() => field(page, "clientId").inputValue()).toBe(settings().clientId);
    await expect.poll(() => field(page, "clientSecret").inputValue()).toBe("");
    await field(page, "clientSecret").fill(settings().clientSecret);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Testing" }).waitFor();
    expect(await heldConnections(page)).toHaveLength(1);
  });

  it("reminds of the secret's own end by the date that was given", async () => {
    const { page, show } = await panes.show();
    await connectWith(page, settings());
    await page.getByRole("heading", { name: "Testing" }).waitFor();
    const expiry = page.getByLabel("Secret expires on");
    await expiry.fill(inDays(10));
    await expiry.blur();
    await page.getByText("expires in 10 days").first().waitFor();
    await show();
    await page.getByText("expires in 10 days").first().waitFor();
    // A slip is said, and nothing is forgotten for it.
    await expiry.fill(inDays(-1));
    await expiry.blur();
    await page.getByText("This day has passed").waitFor();
    await show();
    await page.getByText("expires in 10 days").first().waitFor();

    await secretHasExpired(page);
    await page.getByText("has expired, according to the date that you entered").first().waitFor();
    await button(page, "Enter a new secret").click();
    await waitForFocus(page, "field-clientSecret");
    await field(page, "clientSecret").fill(settings().clientSecret);
    await page.locator("#field-secretExpires").fill(inDays(13));
    await page.keyboard.press("Enter");
    await page.getByText("expires in 13 days").first().waitFor();
    await expect.poll(() => expiry.inputValue()).toBe(inDays(13));
  });

  it("takes the secret's own end with the other settings, checks it, and does not send it", async () => {
    const { page } = await panes.show();
    const posted = postedSessions(page);
    const expiry = page.getByLabel("Secret expires on");
    await enter(page, settings());
    // Half typed, it has no value yet, and a page that wrote to it would empty it.
    await expiry.focus();
    await page.keyboard.type("12");
    await page.locator("#connect").click();
    await page.getByText("This is not a complete date").waitFor();
    await waitForFocus(page, "field-secretExpires");
    expect(await expiry.evaluate((input: HTMLInputElement) => input.validity.badInput)).toBe(true);

    await expiry.fill("2020-01-31");
    await page.locator("#connect").click();
    await page.getByText("This day has passed").waitFor();
    expect(posted).toEqual([]);

    await expiry.fill(inDays(1));
    await page.locator("#connect").click();
    await page.getByText("expires tomorrow").first().waitFor();
    expect(posted).toHaveLength(1);
    expect(posted[0]).not.toHaveProperty("secretExpires");
    await expect.poll(() => page.getByLabel("Secret expires on").inputValue()).toBe(inDays(1));
  });

  it("forgets a day that has passed once the secret has worked again", async () => {
    const { page, show } = await panes.open();
    await page.addInitScript(() => localStorage.setItem("kal.secretExpiry", '{"testing":"2020-01-31"}'));
    await show();
    await connectWith(page, settings());
    await page.getByRole("heading", { name: "Testing" }).waitFor();
    await expect.poll(() => page.evaluate(() => localStorage.getItem("kal.secretExpiry"))).toBe("{}");
    await expect.poll(() => page.getByText("has expired, according to the date").count()).toBe(0);
  });

  it("does not say Connected while the service is away, and notices its return", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await goOffline(page);
    await page.evaluate(() => dispatchEvent(new Event("offline")));
    await page.locator("#offline").waitFor();
    await page.locator("fluent-badge").getByText("Not reachable").waitFor();
    // A browser without a network still reaches a service on its own computer.
    await goOnline(page);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await page.locator("#offline").waitFor({ state: "detached" });
    await page.locator("fluent-badge").getByText("Connected").waitFor();
  });

  it("inserts the example as sheets of its own", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await button(page, "Insert example sheet").click();
    await page.getByText("Inserted as the sheet “KAL example”").waitFor();
    await button(page, "Insert example sheet").click();
    await page.getByText("Inserted as the sheet “KAL example 2”").waitFor();
    const seen = await page.evaluate(() =>
      Excel.run(async (context) => {
        const { worksheets } = context.workbook;
        worksheets.load("items/name");
        const first = worksheets.getItem("KAL example");
        const active = worksheets.getActiveWorksheet().load("name");
        const formulas = ["A9", "B20", "F24", "A27"].map((address) =>
          first.getRange(address).load("formulas"),
        );
        const format = first.getRange("G20").load("numberFormat");
        await context.sync();
        return {
          sheets: worksheets.items.map(({ name }) => name),
          active: active.name,
          formulas: formulas.map((range) => range.formulas[0]![0] as unknown),
          format: format.numberFormat[0]![0] as unknown,
        };
      }),
    );
    expect(seen.sheets.slice(-2)).toEqual(["KAL example", "KAL example 2"]);
    expect(seen.active).toBe("KAL example 2");
    expect(seen.formulas).toEqual([
      // The sample is the workbook's own connection, so the formulas name none.
      '=KAL.QUERY("site","(entityVariant=Own)","importCode, name, brand.name",2,5)',
      "=B10",
      '=IFNA(KAL.LOOKUP("product","(entityVariant=Own)","currentPrice","site.importCode, product.name",$A24,F$19),"")',
      "Type a formula into any empty cell, for example:",
    ]);
    expect(seen.format).toBe("yyyy-mm-dd hh:mm");
  });
});
