/**
 * What the workbench shows when the network or the service goes away, and that it goes on afterwards.
 */
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

const sites = '=KAL.QUERY("site","(entityVariant=Own)","importCode",0,A1)';

describe.skipIf(!browser)(["network", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  const fixture = useWorkbench(browser, async (opened) => {
    workbench = opened;
    await workbench.enter("A1", "1");
    await workbench.enter("B2", sites);
    await expect.poll(column, patience).toEqual([aCode, "", ""]);
  });

  const column = async () => (await workbench.values(1, 1, 3, 1)).flat();
  const aCode = expect.stringMatching(/^\d+$/) as string;
  const saysOffline = async () => {
    await expect.poll(async () => (await column())[0], patience).toBe("#VALUE!");
    await workbench.goTo("B2");
    await workbench.page.getByRole("status").filter({ hasText: "KAL_OFFLINE" }).waitFor();
  };

  it("works offline and online again as the person chooses", async () => {
    const { page, pane } = workbench;
    const body = pane.locator("body");
    await body.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const name of ["offline", "online"]) addEventListener(name, () => heard.push(name));
    });
    const state = () =>
      body.evaluate(() => [navigator.onLine, ...(window as unknown as { heard: string[] }).heard]);

    await workbench.choose("Work offline");
    expect(await state()).toEqual([false, "offline"]);
    await workbench.enter("A1", "2");
    await saysOffline();
    await page.getByRole("button", { name: "File" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Work offline", checked: true }).waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Offline", exact: true }).click();
    expect(await state()).toEqual([true, "offline", "online"]);
    await workbench.enter("A1", "3");
    await expect.poll(column, patience).toEqual([aCode, aCode, aCode]);
  });

  it("fails the requests under way when the network goes", async () => {
    await workbench.page.route("**/api/v1/{query,batch}", () => undefined);
    await workbench.enter("A1", "2");
    await expect.poll(async () => (await column())[0], patience).toBe("#BUSY!");
    await workbench.choose("Work offline");
    await saysOffline();
  });

  it("goes on with a service that died and came back", async () => {
    await fixture.service.stopGateway();
    await workbench.enter("A1", "2");
    await saysOffline();
    await fixture.service.startGateway();
    // Each failure stands in for further calls for a few seconds.
    const recalculated = async () => {
      await workbench.page.keyboard.press("Control+Alt+F9");
      return column();
    };
    await expect.poll(recalculated, { ...patience, interval: 1000 }).toEqual([aCode, aCode, ""]);
  });
});
