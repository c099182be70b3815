/**
 * One service for a test file, a fresh workbench for each of its tests.
 * @module
 */
import type { Browser } from "playwright-core";
import { beforeEach, expect } from "vitest";
import { useService } from "./service-fixture.ts";
import type { SpreadsheetModel } from "../../src/workbench/excel-host/model.ts";
import {
  type OpenWorkbench,
  openWorkbench,
  startWorkbenchService,
  viewport,
  watchWorkbench,
  type WorkbenchLook,
  type WorkbenchService,
} from "./workbench-page.ts";

/** Until functions have answered and the grid has calculated, on a busy machine too. */
export const patience = { timeout: 30_000 };

export interface WorkbenchFixture {
  readonly service: WorkbenchService;
  /** Another window that the test's workbench has opened. */
  watch(page: OpenWorkbench["page"]): OpenWorkbench;
}

interface WorkbenchOptions extends Pick<WorkbenchLook, "workbook"> {
  /** What the simulator holds. */
  readonly data?: Parameters<typeof startWorkbenchService>[0];
  /**
   * One workbench for all tests of the file, with an empty sheet for each: opening one takes six seconds of a
   * processor. What the add-in has cached stays, so tests that count requests ask for something of their own.
   */
  readonly isShared?: boolean;
}

/**
 * Registers the hooks. After each test no window may have complained: no exception, no error on the console, no
 * request to anybody else.
 * @param opened takes the workbench of each test, on the empty sheet, and may prepare it
 */
export function useWorkbench(
  browser: Browser | undefined,
  opened: (workbench: OpenWorkbench) => unknown,
  { data = { ownSites: 3 }, isShared = false, ...look }: WorkbenchOptions = {},
): WorkbenchFixture {
  const fixture = useService(() => startWorkbenchService(data));
  const open = () => openWorkbench(browser!, fixture.service.url, look);
  beforeEach(async () => {
    if (!isShared) return void (await opened(fixture.watch(await open())));
    const { page: workbench, isNew } = await fixture.share(open);
    if (!isNew) await emptySheet(workbench);
    await opened(workbench);
  });
  return {
    get service() {
      return fixture.service;
    },
    watch: (page) => fixture.watch(watchWorkbench(page, fixture.service.url)),
  };
}

/** Takes back what an earlier test did: looks, held requests, closed pane, open menu, what is on Sheet1. */
async function emptySheet({ page, pane, goTo }: OpenWorkbench): Promise<void> {
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
  await page.setViewportSize(viewport);
  await page.keyboard.press("Escape");
  const offline = page.getByRole("button", { name: "Offline", exact: true });
  if (await offline.isVisible()) await offline.click();
  if (!(await page.locator("#pane").isVisible())) {
    await page.getByRole("button", { name: "Kalibrate", exact: true }).click();
  }
  const notice = pane.locator(".notice").getByRole("button", { name: "Close" });
  for (const button of await notice.all()) await button.click();
  await page.getByText("Sheet1").first().click();
  await page.evaluate(() => {
    const { spreadsheet } = (window as unknown as { workbench: { spreadsheet: SpreadsheetModel } }).workbench;
    const area = spreadsheet.usedArea(spreadsheet.activeSheetId());
    if (area)
      spreadsheet.write(
        area,
        Array.from({ length: area.rows }, () => Array<string>(area.columns).fill("")),
      );
  });
  await goTo("A1");
}

/**
 * The same with two tables on the sheet, filled: sites from B2 down and a brand in D2.
 * @returns besides, how many requests the Data API has got since whose path begins like that
 */
export function useTwoTables(
  browser: Browser | undefined,
  opened: (workbench: OpenWorkbench) => unknown,
  options?: WorkbenchOptions,
): { readonly fixture: WorkbenchFixture; readonly asked: (path: string) => number } {
  const fill = async (workbench: OpenWorkbench) => {
    opened(workbench);
    await workbench.enter("B2", '=KAL.QUERY("site","(entityVariant=Own)","importCode",0)');
    await workbench.enter("D2", '=KAL.QUERY("reference/Brand",,"name",0,1)');
    await expect.poll(() => workbench.cell(3, 1), patience).toMatch(/^\d+$/);
    await expect.poll(() => workbench.cell(1, 3), patience).toMatch(/^\w/);
    fixture.service.simulator.clearRequests();
  };
  const fixture = useWorkbench(browser, fill, options);
  const asked = (path: string) =>
    fixture.service.simulator.requests.filter(({ path: one }) => one.toLowerCase().startsWith(path)).length;
  return { fixture, asked };
}
