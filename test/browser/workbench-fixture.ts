/**
 * One service for a test file, a fresh workbench for each of its tests.
 * @module
 */
import type { Browser } from "playwright-core";
import { beforeEach, expect } from "vitest";
import { useService } from "./service-fixture.ts";
import {
  type OpenWorkbench,
  openWorkbench,
  startWorkbenchService,
  watchWorkbench,
  type WorkbenchService,
} from "./workbench-page.ts";

/** Until functions have answered and the grid has calculated, on a busy machine too. */
export const patience = { timeout: 30_000 };

export interface WorkbenchFixture {
  readonly service: WorkbenchService;
  /** Another window that the test's workbench has opened. */
  watch(page: OpenWorkbench["page"]): OpenWorkbench;
}

/**
 * Registers the hooks. After each test no window may have complained: no exception, no error on the console, no
 * request to anybody else.
 * @param opened takes the workbench of each test, on the empty sheet, and may prepare it
 * @param data what the simulator holds
 */
export function useWorkbench(
  browser: Browser | undefined,
  opened: (workbench: OpenWorkbench) => unknown,
  data: Parameters<typeof startWorkbenchService>[0] = { ownSites: 3 },
): WorkbenchFixture {
  const fixture = useService(() => startWorkbenchService(data));
  beforeEach(async () => {
    await opened(fixture.watch(await openWorkbench(browser!, fixture.service.url)));
  });
  return {
    get service() {
      return fixture.service;
    },
    watch: (page) => fixture.watch(watchWorkbench(page, fixture.service.url)),
  };
}

/**
 * The same with two tables on the sheet, filled: sites from B2 down and a brand in D2.
 * @returns besides, how many requests the Data API has got since whose path begins like that
 */
export function useTwoTables(
  browser: Browser | undefined,
  opened: (workbench: OpenWorkbench) => unknown,
): { readonly fixture: WorkbenchFixture; readonly asked: (path: string) => number } {
  const fixture = useWorkbench(browser, async (workbench) => {
    opened(workbench);
    await workbench.enter("B2", '=KAL.QUERY("site","(entityVariant=Own)","importCode",0)');
    await workbench.enter("D2", '=KAL.QUERY("reference/Brand",,"name",0,1)');
    await expect.poll(() => workbench.cell(3, 1), patience).toMatch(/^\d+$/);
    await expect.poll(() => workbench.cell(1, 3), patience).toMatch(/^\w/);
    fixture.service.simulator.clearRequests();
  });
  const asked = (path: string) =>
    fixture.service.simulator.requests.filter(({ path: one }) => one.toLowerCase().startsWith(path)).length;
  return { fixture, asked };
}
