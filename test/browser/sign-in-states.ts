/**
 * The states of signing in, a part of the pane's. The real provider is in sign-in.test.ts; here the page and the
 * computer's storage only look as they do with one.
 * @module
 */
import type { Page } from "playwright-core";
import type { HeldConnection } from "../../src/addin/runtime/session/connection-store.ts";
import type { SignInSettings, Status } from "../../src/kalibrate/gateway-api.ts";
import { api, hold } from "./pane-actions.ts";
import type { PaneService } from "./pane-service.ts";
import type { PaneState } from "./pane-state.ts";

const contact = "pricing-systems@example.com";

/** The page as the service sends it where analysts sign in. */
const offerSignIn =
  (given: Partial<SignInSettings> = {}) =>
  async (page: Page, { url }: PaneService): Promise<void> => {
    const settings: SignInSettings = {
      typedCredentials: false,
      // Nobody answers there.
      provider: { authority: url, tenant: "organisation", clientId: "kal", scope: "api://kal/use" },
      contact,
      ...given,
    };
    await page.route("**/taskpane.html", async (route) => {
      const response = await route.fetch();
      const text = JSON.stringify(settings).replaceAll('"', "&quot;");
      await route.fulfill({
        response,
        body: (await response.text()).replace(/data-sign-in="[^"]*"/, `data-sign-in="${text}"`),
      });
    });
  };

/** To somebody who has signed out: otherwise the pane first waits ten seconds for the provider that is not there. */
const offerAgain = (given?: Partial<SignInSettings>) => async (page: Page, service: PaneService) => {
  await page.addInitScript(() => localStorage.setItem("kal.signedOut", "true"));
  await offerSignIn(given)(page, service);
};

const signInButton = (page: Page) => page.locator("#sign-in").getByText("Sign in", { exact: true });

const held: readonly HeldConnection[] = ["Sites (read)", "Pricing (read)"].map((label) => ({
  name: label.split(" ")[0]!.toLowerCase(),
  environment: "testing",
  label,
  ticket: `ticket-${label}`,
  expiresAt: "2099-01-31T12:00:00Z",
  analyst: {
    name: "Ada Example",
    tenant: "organisation",
    objectId: "ada",
    roles: ["Pricing.Read", "Sites.Read"],
  },
}));

const status: Status = {
  connection: "pricing",
  environment: "testing",
  state: "connected",
  tenant: "7f1d2b64-93a5-4c0e-8b16-5d2e9a70c3f8",
  clientId: "3f2b8c1e-0d4a-4c55-9e7b-61c0a2d4f890",
  customerId: "b0a4c6d2-1e57-4f39-a8d3-0c9e7f15b264",
  audience: "api://data",
  issuer: "https://login.example.com/",
  version: "3.4.1",
  expirationTime: "2099-01-31T11:00:00Z",
  latency: 84,
  gatewayVersion: "1.2.0",
};

/** As if Ada had signed in in another workbook. */
async function signedIn(page: Page, service: PaneService): Promise<void> {
  await offerSignIn()(page, service);
  await page.route(api("status"), (route) => route.fulfill({ json: status }));
  await page.addInitScript((connections) => {
    localStorage.setItem("kal.connections", JSON.stringify(connections));
  }, held);
}

const account = (page: Page) => page.getByRole("heading", { name: "Signed in as Ada Example" });

export const signInStates: readonly PaneState[] = [
  { name: "sign-in", before: offerAgain(), then: (page) => signInButton(page).waitFor() },
  {
    name: "sign-in-or-type",
    before: offerAgain({ typedCredentials: true }),
    then: async (page) => {
      await signInButton(page).waitFor();
      await page.locator("#connect").waitFor();
    },
  },
  {
    name: "sign-in-failed",
    before: offerAgain(),
    then: async (page) => {
      await signInButton(page).click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "signed-in",
    before: signedIn,
    then: async (page) => {
      await account(page).waitFor();
      await page.getByText("Connected", { exact: true }).nth(1).waitFor();
    },
  },
  {
    name: "signed-in-checking",
    before: async (page, service) => {
      await signedIn(page, service);
      await page.unroute(api("status"));
      await hold(page, "status");
    },
    then: (page) => account(page).waitFor(),
  },
  {
    name: "signed-in-role-lost",
    before: async (page, service) => {
      await signedIn(page, service);
      const error = {
        code: "KAL_FORBIDDEN",
        message: "“Pricing (read)” is not open to you: your account has none of its roles.",
        hint: `Ask ${contact} for access, then sign in again in the Kalibrate pane.`,
        retryable: false,
      };
      await page.route(api("status"), (route) =>
        route.request().headers()["authorization"]?.includes("Pricing")
          ? route.fulfill({ status: 403, json: { error } })
          : route.fallback(),
      );
    },
    then: async (page) => {
      await account(page).waitFor();
      await page.getByRole("alert").first().waitFor();
    },
  },
];
