/**
 * Every state of the pane, as a table: each is looked at by axe, and photographed by scripts/screenshots.mjs.
 * @module
 */
import {
  api,
  button,
  calculateSheet,
  connectSample,
  connectWith,
  endSession,
  enter,
  field,
  goOffline,
  hold,
  openSection,
  press,
} from "./pane-actions.ts";
import { builderStates } from "./builder-states.ts";
import { connectionStates } from "./connection-states.ts";
import { signInStates } from "./sign-in-states.ts";
import type { PaneService } from "./pane-service.ts";
import type { PaneState } from "./pane-state.ts";

const testing = ({ simulator }: PaneService) => ({ environment: "testing", ...simulator.credentials.sample });

export const paneStates: readonly PaneState[] = [
  { name: "first-view", then: (page) => page.locator("#connect").waitFor() },
  {
    name: "first-view-outside-excel",
    outsideExcel: true,
    then: (page) => page.locator("#connect").waitFor(),
  },
  {
    name: "first-view-without-sample",
    before: (page) =>
      page.route(api("environments"), (route) =>
        route.fulfill({ json: [{ id: "production", label: "Production", needsCredentials: true }] }),
      ),
    then: (page) => page.locator("#connect").waitFor(),
  },
  {
    name: "start-failed",
    hasNoTheme: true,
    before: (page) => page.route("**/chunks/*.js", (route) => route.abort()),
    then: (page) => page.getByRole("alert").getByText("could not be started").waitFor(),
  },
  {
    name: "loading",
    before: (page) => hold(page, "environments"),
    then: (page) => page.locator(".skeleton").waitFor(),
  },
  {
    name: "service-unreachable",
    before: goOffline,
    then: (page) => page.getByRole("alert").waitFor(),
  },
  {
    name: "opening-sample",
    before: (page) => hold(page, "session"),
    then: async (page) => {
      await button(page, "Try with sample data").click();
      await button(page, "Cancel").waitFor();
    },
  },
  {
    name: "mistakes-in-fields",
    follows: "nothing-entered",
    then: async (page) => {
      const guid = "3f2b8c1e-0d4a-4c55-9e7b-61c0a2d4f890";
      await enter(page, {
        environment: ":other",
        apiBaseUrl: "data.example.com/api",
        tenant: "common",
        scope: `api://${guid}`,
        clientId: `Client: ${guid}`,
        clientSecret: guid,
      });
      await page.getByText("This looks like the secret’s ID").waitFor();
    },
  },
  {
    name: "nothing-entered",
    follows: "first-view",
    then: async (page) => {
      await page.locator("#connect").click();
      await page.getByText("Enter the client secret").waitFor();
    },
  },
  {
    name: "pasted-too-much",
    follows: "mistakes-in-fields",
    then: async (page) => {
      await field(page, "scope").fill("x".repeat(1_000_000));
      await page.getByText("1,000,000 characters").waitFor();
    },
  },
  {
    name: "connecting",
    before: (page) => hold(page, "session"),
    then: async (page, service) => {
      await connectWith(page, testing(service));
      await button(page, "Cancel").waitFor();
    },
  },
  {
    name: "wrong-secret",
    then: async (page, service) => {
      await connectWith(page, { ...testing(service), clientSecret: "not-the-secret" });
      await page.getByText("The client secret is wrong").waitFor();
    },
  },
  {
    name: "upstream-down",
    then: async (page, service) => {
      service.simulator.faults.add({ kind: "unavailable" });
      await connectWith(page, testing(service));
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "connected",
    then: async (page, service) => {
      await connectWith(page, testing(service));
      await page.getByRole("heading", { name: "Testing" }).waitFor();
    },
  },
  { name: "connected-to-sample", then: connectSample },
  { name: "connected-outside-excel", outsideExcel: true, then: connectSample },
  {
    name: "formula-inserted",
    then: async (page) => {
      await connectSample(page);
      await button(page, "Insert into").click();
      await page.getByText("Inserted into").waitFor();
    },
  },
  {
    name: "cell-occupied",
    then: async (page) => {
      await connectSample(page);
      await page.evaluate(() => {
        window.selectedCell.isEmpty = false;
        window.spreadsheet.select(window.spreadsheet.selection());
      });
      await page.getByText("is not empty").waitFor();
    },
  },
  {
    name: "check-failed",
    then: async (page) => {
      await connectSample(page);
      await goOffline(page);
      await button(page, "Check again").click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "session-ended",
    then: async (page) => {
      await connectSample(page);
      await endSession(page);
      await button(page, "Check again").click();
      await page.getByText("The connection has ended").first().waitFor();
      await page.locator("#connect").waitFor();
    },
  },
  {
    name: "disconnected",
    then: async (page, service) => {
      await connectWith(page, testing(service));
      await button(page, "Disconnect").click();
      await page.locator("#connect").waitFor();
    },
  },
  {
    name: "connecting-to-another",
    then: async (page) => {
      await connectSample(page);
      await button(page, "Connect to your own data").click();
      await page.locator("#connect").waitFor();
    },
  },
  {
    name: "activity-empty",
    follows: "connected-to-sample",
    then: (page) => openSection(page, "Activity"),
  },
  {
    name: "activity",
    follows: "activity-empty",
    then: async (page) => {
      await calculateSheet(page);
      await page.getByText("There is no collection").first().waitFor();
    },
  },
  {
    name: "paused",
    then: async (page) => {
      await connectSample(page);
      await openSection(page, "Activity");
      await press(page, "togglePause");
      await calculateSheet(page);
      await page.getByText("cells wait").waitFor();
    },
  },
  {
    name: "settings",
    follows: "activity",
    then: async (page) => {
      await openSection(page, "Settings");
      await page.getByLabel("21/11/2026").check();
      await page.getByText("Saved.").first().waitFor();
    },
  },
  {
    name: "settings-outside-excel",
    outsideExcel: true,
    then: async (page) => {
      await connectSample(page);
      await openSection(page, "Settings");
    },
  },
  ...builderStates,
  ...connectionStates,
  ...signInStates,
];

/** The states on the way to one, itself the last: each begins where the one before ends. */
export function wayTo(state: PaneState): readonly PaneState[] {
  if (state.follows === undefined) return [state];
  const before = paneStates.find(({ name }) => name === state.follows);
  if (!before) throw new Error(`no state ${state.follows}`);
  return [...wayTo(before), state];
}
