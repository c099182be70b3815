/**
 * The add-in's runtime in the workbench: hidden with its pane, loaded anew, pressed from outside.
 */
import type { Frame } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(
  ["the add-in's runtime in the workbench", unavailable].filter(Boolean).join(": "),
  () => {
    let workbench: OpenWorkbench;
    const fixture = useWorkbench(browser, (opened) => (workbench = opened), { isShared: true });

    const pane = (): Frame =>
      workbench.page.frames().find((frame) => frame.url().endsWith("/taskpane.html"))!;

    it("is hidden with its pane: no frame is drawn, functions are answered, and all goes on when it is shown", async () => {
      await pane().evaluate(() => {
        const seen: string[] = [];
        Object.assign(window, { seen });
        document.addEventListener("visibilitychange", () => seen.push(document.visibilityState));
      });
      await workbench.page.getByRole("button", { name: "Close the task pane" }).click();
      await expect.poll(() => pane().evaluate("seen")).toEqual(["hidden"]);
      expect(await pane().evaluate(() => document.hidden)).toBe(true);
      await pane().evaluate(() => {
        const { seen } = window as unknown as { seen: string[] };
        requestAnimationFrame(() => seen.push("drawn"));
      });
      await workbench.enter("B2", '=KAL.QUERY("site","(entityVariant=Own)","importCode",0,1)');
      await expect.poll(() => workbench.cell(1, 1), patience).toMatch(/^\d+$/);
      expect(await pane().evaluate("seen")).toEqual(["hidden"]);
      await workbench.page.getByRole("button", { name: "Kalibrate", exact: true }).click();
      await expect.poll(() => pane().evaluate("seen")).toEqual(["hidden", "visible", "drawn"]);
    });

    it("is hidden and shown by the add-in itself", async () => {
      const frame = workbench.page.locator("#pane");
      await pane().evaluate(() => Office.addin.hide());
      await frame.waitFor({ state: "hidden" });
      expect(await pane().evaluate(() => document.visibilityState)).toBe("hidden");
      await pane().evaluate(() => Office.addin.showAsTaskpane());
      await frame.waitFor({ state: "visible" });
      expect(await pane().evaluate(() => document.visibilityState)).toBe("visible");
    });

    it("loaded anew while a call is pending, answers it and hears events again", async () => {
      const listen = () =>
        pane().evaluate(async () => {
          await Office.onReady();
          const seen: string[] = [];
          Object.assign(window, { seen });
          await Excel.run(async (context) => {
            const { worksheets } = context.workbook;
            worksheets.onSelectionChanged.add(async ({ address }) => void seen.push(address));
            worksheets.onChanged.add(async ({ address }) => void seen.push(`${address} changed`));
            await context.sync();
          });
        });
      await listen();
      await workbench.page.route("**/api/v1/query", () => undefined);
      await workbench.enter("B2", '=KAL.QUERY("site","(entityVariant=Own)","importCode",0,1)');
      await expect.poll(() => workbench.cell(1, 1), patience).toBe("#BUSY!");
      await expect.poll(() => pane().evaluate("seen")).toEqual(["B2", "B2 changed", "B3"]);
      await workbench.page.unroute("**/api/v1/query");
      const reloaded = workbench.page.waitForEvent("framenavigated");
      await workbench.page.evaluate(() => {
        document.querySelector<HTMLIFrameElement>("#pane")!.contentWindow!.location.reload();
      });
      await reloaded;
      await expect.poll(() => workbench.cell(1, 1), patience).toMatch(/^\d+$/);
      await listen();
      await workbench.goTo("D4");
      await expect.poll(() => pane().evaluate("seen")).toEqual(["D4"]);
    });

    it("calls chosen cells again: setDirty on one of two is one call", async () => {
      // The status is never answered from memory, so each call is a request.
      await workbench.enter("B2", '=KAL.STATUS("state")');
      await workbench.enter("D2", '=KAL.STATUS("version")');
      await expect.poll(() => workbench.cell(1, 1), patience).toBe("connected");
      await expect.poll(() => workbench.cell(1, 3), patience).toMatch(/\d/);
      fixture.service.simulator.clearRequests();
      await pane().evaluate(() =>
        Excel.run(async (context) => {
          context.workbook.worksheets.getActiveWorksheet().getRange("D2").setDirty();
          await context.sync();
        }),
      );
      const asked = () => fixture.service.simulator.requests.map(({ path }) => path.split("?")[0]!);
      await expect.poll(asked, patience).toEqual([expect.stringMatching(/status$/)]);
    });
  },
);
