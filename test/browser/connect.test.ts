/**
 * Connecting in the pane: with sample data, with typed settings, and what keeps a person from mistakes.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  api,
  button,
  connectSample,
  connectWith,
  enter,
  field,
  heldConnections,
  hold,
  postedSessions,
  waitForFocus,
} from "./pane-actions.ts";
import { openBrowser } from "./open-browser.ts";
import { usePanes } from "./pane-fixture.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["connecting", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);
  const settings = () => ({ environment: "testing", ...panes.service.simulator.credentials.sample });
  const connectedTo = (page: Page, name: string) =>
    page.getByRole("heading", { name, exact: true }).waitFor();

  it("paints before the service has answered", async () => {
    const { page, show } = await panes.open();
    await hold(page, "environments");
    await show();
    await page.getByRole("heading", { name: "Kalibrate data" }).waitFor();
    await page.getByText("live in Excel with a formula").waitFor();
    expect(await page.locator("form").count()).toBe(0);
  });

  it("takes one click with sample data", async () => {
    const { page } = await panes.show();
    const posted = postedSessions(page);
    await connectSample(page);
    expect(posted).toEqual([{ environment: "sample" }]);
    expect(await page.locator("fluent-badge").textContent()).toContain("Connected");
    expect(await heldConnections(page)).toMatchObject([{ name: "sample", environment: "sample" }]);
  });

  it("offers no sample data where the service has none", async () => {
    const { page, show } = await panes.open();
    await page.route(api("environments"), (route) =>
      route.fulfill({ json: [{ id: "production", label: "Production", needsCredentials: true }] }),
    );
    await show();
    await page.locator("#connect").waitFor();
    expect(await button(page, "Try with sample data").count()).toBe(0);
    expect(await field(page, "tenant").inputValue()).toBe("");
  });

  it("connects with typed settings and keeps everything but the secret", async () => {
    const { page, show } = await panes.show();
    const { clientSecret, clientId, scope } = settings();
    const { tenant } = panes.service.simulator.environment;
    expect(await field(page, "tenant").getAttribute("readonly")).not.toBeNull();
    const posted = postedSessions(page);
    await connectWith(page, settings());
    await connectedTo(page, "Testing");
    expect(posted).toEqual([{ environment: "testing", clientId, scope, clientSecret, remember: false }]);
    const details = await page.locator("dl").textContent();
    for (const shown of [clientId, tenant, "Customer", "Access valid until", "Response time"]) {
      expect(details).toContain(shown);
    }
    const everything = await page.evaluate(() => {
      const inputs = [...document.querySelectorAll("input")].map(({ value }) => value);
      return [
        document.documentElement.outerHTML,
        ...inputs,
        ...Object.values<string>(localStorage),
        ...Object.values<string>(sessionStorage),
      ].join();
    });
    expect(everything).toContain(clientId);
    expect(everything).not.toContain(clientSecret);

    await button(page, "Disconnect").click();
    await page.locator("#connect").waitFor();
    await show();
    await page.locator("#connect").waitFor();
    expect(await page.getByLabel("Environment").inputValue()).toBe("testing");
    expect(await field(page, "clientId").inputValue()).toBe(clientId);
    expect(await field(page, "scope").inputValue()).toBe(scope);
    expect(await field(page, "clientSecret").inputValue()).toBe("");
  });

  it("asks for the tenant where the environment leaves it open", async () => {
    const { page } = await panes.show();
    const { tenant } = panes.service.simulator.environment;
    await connectWith(page, { ...settings(), environment: "free-tenant", tenant });
    await connectedTo(page, "Testing, any tenant");
  });

  it("stays connected for longer when asked to remember", async () => {
    const { page } = await panes.show();
    await page.getByText("Remember on this computer").click();
    await connectWith(page, settings());
    await connectedTo(page, "Testing");
    const [held] = await heldConnections(page);
    const days = (Date.parse(held!.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(20);
  });

  it("cleans what is pasted", async () => {
    const { page } = await panes.show();
    const { clientId, clientSecret, scope } = settings();
    await connectWith(page, {
      environment: "testing",
      clientId: `\u200b"${clientId}"`,
      clientSecret: ` “${clientSecret}”\u00a0`,
      scope: `'${scope}' `,
    });
    await connectedTo(page, "Testing");
  });

  it("offers the correction of a mistake", async () => {
    const { page } = await panes.show();
    await enter(page, { environment: "testing", scope: "api://data.example.com/abc" });
    await button(page, "Use api://data.example.com/abc/.default").click();
    await waitForFocus(page, "field-scope");
    expect(await field(page, "scope").inputValue()).toBe("api://data.example.com/abc/.default");
    expect(await field(page, "scope").getAttribute("aria-invalid")).toBe("false");
  });

  it("forgets what it said about a tenant that the environment now sets", async () => {
    const { page } = await panes.show();
    await enter(page, { environment: "free-tenant", tenant: "common" });
    await page.getByText("stands for any tenant").waitFor();
    await enter(page, { environment: "testing" });
    await page.getByText("stands for any tenant").waitFor({ state: "detached" });
    expect(await field(page, "tenant").inputValue()).toBe(panes.service.simulator.environment.tenant);
  });

  it("sends nothing while a field is wrong, and goes to the first of them", async () => {
    const { page } = await panes.show();
    const posted = postedSessions(page);
    await connectWith(page, { ...settings(), clientId: "me" });
    await waitForFocus(page, "field-clientId");
    expect(await page.locator("#field-clientId-messages").textContent()).toContain("A client ID is a GUID");
    expect(posted).toEqual([]);
  });

  it("warns of a secret that looks like its id, and lets it pass", async () => {
    const { page } = await panes.show();
    const posted = postedSessions(page);
    const secretId = "3f2b8c1e-0d4a-4c55-9e7b-61c0a2d4f890";
    await enter(page, { ...settings(), clientSecret: secretId });
    await page.getByText("This looks like the secret’s ID").waitFor();
    await page.locator("#connect").click();
    await page.getByText("The client secret is wrong").waitFor();
    expect(posted).toMatchObject([{ clientSecret: secretId }]);
  });

  it("leaves out a megabyte pasted into a field, and lives on", async () => {
    const { page } = await panes.show();
    await field(page, "clientId").fill("3f2b8c1e");
    await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>("#field-clientId")!;
      input.focus();
      document.execCommand("insertText", false, "x".repeat(1_048_576));
    });
    await page.getByText("That was 1,048,584 characters").waitFor();
    expect(await field(page, "clientId").inputValue()).toBe("3f2b8c1e");
    await connectSample(page);
  });

  it("shows and hides the secret", async () => {
    const { page } = await panes.show();
    const secret = field(page, "clientSecret");
    await secret.fill("my-secret");
    expect(await secret.getAttribute("type")).toBe("password");
    expect(await secret.getAttribute("autocomplete")).toBe("off");
    await page.getByRole("button", { name: "Show the client secret" }).click();
    await expect.poll(() => secret.getAttribute("type")).toBe("text");
    await page.getByRole("button", { name: "Hide the client secret" }).click();
    await expect.poll(() => secret.getAttribute("type")).toBe("password");
    expect(await secret.inputValue()).toBe("my-secret");
  });

  it("asks once however often it is clicked", async () => {
    const { page } = await panes.show();
    const posted = postedSessions(page);
    const held = await hold(page, "session");
    await enter(page, settings());
    await page.locator("#connect").dblclick();
    await field(page, "scope").press("Enter");
    await button(page, "Try with sample data").click({ force: true });
    await held.release();
    await connectedTo(page, "Testing");
    expect(posted).toHaveLength(1);
  });

  it("can be cancelled, and the late answer changes nothing", async () => {
    const { page } = await panes.show();
    const { clientId, clientSecret } = settings();
    const held = await hold(page, "session");
    await connectWith(page, settings());
    await button(page, "Cancel").click();
    await button(page, "Cancel").waitFor({ state: "detached" });
    expect(await page.locator("#connect").textContent()).toContain("Connect");
    expect(await field(page, "clientId").inputValue()).toBe(clientId);
    expect(await field(page, "clientSecret").inputValue()).toBe(clientSecret);
    await waitForFocus(page, "connect");

    await held.release();
    expect(await heldConnections(page)).toEqual([]);
    expect(await field(page, "clientId").inputValue()).toBe(clientId);

    // And it can be tried again.
    await page.locator("#connect").click();
    await connectedTo(page, "Testing");
  });
});
