/**
 * What goes wrong, in words, in its place, and with nothing lost.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { type ErrorCode, errorCatalogue } from "../../src/kalibrate/errors.ts";
import { openBrowser } from "./open-browser.ts";
import {
  api,
  button,
  connectSample,
  connectWith,
  endSession,
  enter,
  field,
  goOffline,
  goOnline,
  heldConnections,
  nextPaint,
  type Settings,
  waitForFocus,
} from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

const otherGuid = "11111111-2222-4333-8444-555555555555";

/** Failures that one field can mend: what is typed instead, and where it is said. */
const aboutFields: readonly {
  readonly code: ErrorCode;
  readonly wrong: Settings;
  readonly about: "apiBaseUrl" | "tenant" | "scope" | "clientId" | "clientSecret";
}[] = [
  { code: "KAL_SECRET_INVALID", wrong: { clientSecret: "not-the-secret" }, about: "clientSecret" },
  { code: "KAL_CLIENT_UNKNOWN", wrong: { clientId: otherGuid }, about: "clientId" },
  { code: "KAL_SCOPE_INVALID", wrong: { scope: "api://elsewhere.example/.default" }, about: "scope" },
  {
    code: "KAL_TENANT_UNKNOWN",
    wrong: { environment: "free-tenant", tenant: otherGuid },
    about: "tenant",
  },
  {
    code: "KAL_HOST_REFUSED",
    wrong: { environment: ":other", apiBaseUrl: "https://elsewhere.example/api", tenant: otherGuid },
    about: "apiBaseUrl",
  },
];

describe.skipIf(!browser)(["failures", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);
  const settings = (): Settings => ({
    environment: "testing",
    ...panes.service.simulator.credentials.sample,
  });
  const alert = (page: Page) => page.getByRole("alert");

  it.each(aboutFields)("$code is said at $about, and nothing is lost", async ({ code, wrong, about }) => {
    const { page } = await panes.show();
    const typed = { ...settings(), ...wrong };
    await connectWith(page, typed);
    const messages = page.locator(`#field-${about}-messages`);
    await messages.getByText("Request ID").waitFor({ state: "attached" });
    // The sentence comes without the code, which support asks for.
    expect(await messages.getByText("Request ID").isVisible()).toBe(false);
    expect(await messages.textContent()).toContain(errorCatalogue[code].hint);
    await waitForFocus(page, `field-${about}`);
    expect(await field(page, about).getAttribute("aria-invalid")).toBe("true");
    expect(await field(page, about).getAttribute("aria-describedby")).toContain(`field-${about}-messages`);
    const { environment, ...values } = typed;
    expect(await page.getByLabel("Environment").inputValue()).toBe(environment);
    for (const [name, value] of Object.entries(values)) {
      expect(await field(page, name as keyof typeof values).inputValue()).toBe(value);
    }
    // Said about a value that is no longer there, it would be wrong.
    await field(page, about).fill("something else");
    await messages.getByText("Request ID").waitFor({ state: "detached" });
  });

  it("says no longer what was supposed once the service has said what is wrong", async () => {
    const { page } = await panes.show();
    await enter(page, { ...settings(), clientSecret: otherGuid });
    await page.getByText("This looks like the secret’s ID").waitFor();
    await page.locator("#connect").click();
    await page.getByText(errorCatalogue.KAL_SECRET_INVALID.message).waitFor();
    expect(await page.getByText("This looks like the secret’s ID").count()).toBe(0);
  });

  it("tells an expired secret from a wrong one", async () => {
    const { page } = await panes.show();
    await connectWith(page, { ...settings(), ...panes.service.simulator.credentials.expired });
    await page.getByText(errorCatalogue.KAL_SECRET_EXPIRED.message).waitFor();
  });

  it("copies what support needs, with the request id and without the secret", async () => {
    const { page } = await panes.show();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await connectWith(page, { ...settings(), clientSecret: "not-the-secret" });
    await page.locator(".support summary").click();
    const requestId = await page.locator(".support code").last().textContent();
    await button(page, "Copy details").click();
    await button(page, "Copied.").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("KAL_SECRET_INVALID");
    expect(copied).toContain(requestId);
    expect(copied).not.toContain("not-the-secret");
  });

  it("says on the page what no field can mend, and tries again", async () => {
    const { page } = await panes.show();
    panes.service.simulator.faults.add({ kind: "unavailable" });
    await connectWith(page, settings());
    await alert(page).waitFor();
    await waitForFocus(page, "connect-problem");
    expect(await field(page, "clientSecret").inputValue()).toBe(settings().clientSecret);
    panes.service.simulator.faults.clear();
    await button(page, "Try again").click();
    await page.getByRole("heading", { name: "Testing" }).waitFor();
  });

  it("says that the sample data cannot be opened", async () => {
    const { page } = await panes.show();
    panes.service.simulator.faults.add({ kind: "down" });
    await button(page, "Try with sample data").click();
    await page.locator(".sample").getByRole("alert").waitFor();
    await waitForFocus(page, "connect-problem");
  });

  it("offers to try again where the service is unreachable from the start", async () => {
    const { page, show } = await panes.open();
    await goOffline(page);
    await show();
    await alert(page).getByText(errorCatalogue.KAL_OFFLINE.message).waitFor();
    // Once: the notice is for whoever has cells that keep their values.
    await nextPaint(page);
    expect(await page.getByText("cannot be reached").count()).toBe(1);
    await goOnline(page);
    await button(page, "Try again").click();
    await waitForFocus(page, "try-sample");
  });

  it("shows the form as soon as the service is back, without being asked", async () => {
    const { page, show } = await panes.open();
    await goOffline(page);
    await show();
    await alert(page).getByText(errorCatalogue.KAL_OFFLINE.message).waitFor();
    await button(page, "Try again").focus();
    await goOnline(page);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.locator("#connect").waitFor();
    expect(await alert(page).count()).toBe(0);
    // The button that had it is gone.
    await waitForFocus(page, "try-sample");
  });

  it("keeps what was typed when the service goes away", async () => {
    const { page } = await panes.show();
    await goOffline(page);
    await connectWith(page, settings());
    await alert(page).getByText(errorCatalogue.KAL_OFFLINE.message).waitFor();
    expect(await field(page, "clientSecret").inputValue()).toBe(settings().clientSecret);
  });

  it("says it when something else answers", async () => {
    const { page, show } = await panes.open();
    await page.route(api("environments"), (route) =>
      route.fulfill({ contentType: "text/html", body: "<h1>Please sign in to the network</h1>" }),
    );
    await show();
    await alert(page).getByText("Something other than the KAL service answered").waitFor();
  });

  it("shows words instead of an empty pane when the pane itself cannot be loaded", async () => {
    const { page, show } = await panes.open();
    await page.route("**/chunks/**", (route) => route.abort());
    await show();
    await page.getByText(errorCatalogue.KAL_OFFLINE.message).waitFor();
    await page.unroute("**/chunks/**");
    // As when the pane is closed and shown again.
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.locator("#connect").waitFor();
    expect(await page.getByText(errorCatalogue.KAL_OFFLINE.message).count()).toBe(0);
  });

  it("shows words instead of an empty pane when office.js cannot be loaded", async () => {
    const pane = await panes.open({ excel: undefined });
    await pane.page.route("**/office-js/**", (route) => route.abort());
    await pane.show();
    await pane.page.getByText("office.js) could not be loaded. Check the network").waitFor();
    // That the functions cannot register is what the words are about.
    const [complaint, ...others] = (pane.complaints as string[]).splice(0);
    expect(complaint).toContain("CustomFunctions is not defined");
    expect(others).toEqual([]);
  });

  it("keeps the connection when the service is away for a while", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await goOffline(page);
    await button(page, "Check again").click();
    await alert(page).getByText(errorCatalogue.KAL_OFFLINE.message).waitFor();
    await waitForFocus(page, "connected-problem-sample");
    expect(await heldConnections(page)).toHaveLength(1);
    await goOnline(page);
    await button(page, "Try again").click();
    await alert(page).waitFor({ state: "detached" });
    await waitForFocus(page, "connected-heading-sample");
  });

  it("sees the end of the session and says so", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await endSession(page);
    await button(page, "Check again").click();
    await page.getByText("The connection has ended").first().waitFor();
    await page.locator("#connect").waitFor();
    expect(await heldConnections(page)).toEqual([]);
  });

  it("sees on reopening that the session has ended", async () => {
    const { page, show } = await panes.show();
    await connectSample(page);
    await endSession(page);
    await show();
    await page.getByText("The connection has ended").first().waitFor();
  });

  it("follows another workbook that disconnects, unless something is being typed", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await button(other, "Disconnect").click();
    await other.locator("#connect").waitFor();
    await page.getByText("The connection has ended").first().waitFor();

    await field(page, "scope").fill("api://half-typed");
    const told = page.evaluate(() =>
      new Promise((resolve) => addEventListener("storage", resolve, { once: true })).then(() => undefined),
    );
    await connectSample(other);
    await told;
    await nextPaint(page);
    expect(await field(page, "scope").inputValue()).toBe("api://half-typed");
  });

  it("disconnects here even where the service cannot be told", async () => {
    const { page } = await panes.show();
    await connectSample(page);
    await goOffline(page);
    await button(page, "Disconnect").click();
    await page.getByText("The KAL service could not be reached; the connection").first().waitFor();
    expect(await heldConnections(page)).toEqual([]);
  });
});
