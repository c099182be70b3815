/**
 * One browser and one service for a test file, a fresh workbench for each of its tests.
 * @module
 */
import type { Browser } from "playwright-core";
import { beforeEach } from "vitest";
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
  const fixture = useService(browser, () => startWorkbenchService(data));
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
