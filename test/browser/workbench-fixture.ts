/**
 * One browser and one service for a test file, a fresh workbench for each of its tests.
 * @module
 */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
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
  let service: WorkbenchService | undefined;
  let windows: OpenWorkbench[] = [];

  beforeAll(async () => {
    service = await startWorkbenchService(data);
  });
  beforeEach(async () => {
    const workbench = await openWorkbench(browser!, service!.url);
    windows = [workbench];
    await opened(workbench);
  });
  afterEach(async () => {
    const complaints = windows.flatMap((window) => window.complaints);
    // Windows share their context.
    await windows[0]?.close();
    windows = [];
    service?.simulator.faults.clear();
    service?.simulator.clearRequests();
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  return {
    get service() {
      return service!;
    },
    watch(page) {
      const window = watchWorkbench(page, service!.url);
      windows.push(window);
      return window;
    },
  };
}
