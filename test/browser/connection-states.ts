/**
 * The states of the section of connections, and of what is said above all sections.
 * @module
 */
import type { Page } from "playwright-core";
import {
  button,
  connectSample,
  connectWith,
  enter,
  field,
  secretHasExpired,
  goOffline,
  heldConnections,
  hold,
} from "./pane-actions.ts";
import type { PaneService } from "./pane-service.ts";
import type { PaneState } from "./pane-state.ts";

const testing = ({ simulator }: PaneService) => ({ environment: "testing", ...simulator.credentials.sample });

async function connectTesting(page: Page, service: PaneService): Promise<void> {
  await connectWith(page, testing(service));
  await page.getByRole("heading", { name: "Testing" }).waitFor();
}

async function addNorth(page: Page, service: PaneService): Promise<void> {
  await enter(page, testing(service));
  await page.getByLabel("Name in formulas").fill("north");
  await page.locator("#connect").click();
  await page.getByRole("heading", { name: "north", exact: true }).waitFor();
}

async function askForSecret(page: Page, service: PaneService): Promise<void> {
  await connectTesting(page, service);
  await button(page, "New secret").click();
  await field(page, "clientSecret").waitFor();
}

export const connectionStates: readonly PaneState[] = [
  {
    name: "checking-on-reopening",
    then: async (page, service) => {
      await connectTesting(page, service);
      await hold(page, "status");
      await page.reload();
      await page.locator(".skeleton").waitFor();
    },
  },
  { name: "several-connections", follows: "adding-a-connection", then: addNorth },
  {
    name: "workbook-turned",
    follows: "several-connections",
    then: async (page) => {
      await button(page, "Use for this workbook").click();
      await page.getByText("This workbook now uses").first().waitFor();
    },
  },
  {
    name: "adding-a-connection",
    follows: "connected",
    then: async (page) => {
      await button(page, "Add a connection").click();
      await page.getByLabel("Name in formulas").fill("Northern region");
      await page.getByLabel("Name in formulas").blur();
      await page.getByText("A name has letters, digits, dots").waitFor();
    },
  },
  {
    name: "expiry-has-passed",
    then: async (page, service) => {
      await enter(page, testing(service));
      await page.getByLabel("Secret expires on").fill("2020-01-31");
      await page.locator("#connect").click();
      await page.getByText("This day has passed").waitFor();
    },
  },
  { name: "new-secret", then: askForSecret },
  {
    name: "new-secret-wrong",
    follows: "new-secret",
    then: async (page) => {
      await field(page, "clientSecret").fill("not-the-secret");
      await page.keyboard.press("Enter");
      await page.getByText("The client secret is wrong").waitFor();
    },
  },
  {
    name: "connection-ends-soon",
    then: async (page, service) => {
      await connectTesting(page, service);
      const [held] = await heldConnections(page);
      await page.clock.setFixedTime(Date.parse(held!.expiresAt) - 1_800_000);
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      await button(page, "Connect again").waitFor();
    },
  },
  {
    name: "secret-expired",
    then: async (page, service) => {
      await connectTesting(page, service);
      await secretHasExpired(page);
      await button(page, "Enter a new secret").waitFor();
    },
  },
  {
    name: "service-away",
    then: async (page) => {
      await connectSample(page);
      await goOffline(page);
      await page.evaluate(() => dispatchEvent(new Event("offline")));
      await page.locator("#offline").waitFor();
    },
  },
  {
    name: "example-inserted",
    then: async (page) => {
      await connectSample(page);
      await button(page, "Insert example sheet").click();
      await page.getByText("Inserted as the sheet").waitFor();
    },
  },
];
