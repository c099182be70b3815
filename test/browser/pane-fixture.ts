/**
 * One browser and one service for a test file, a fresh pane for each of its tests.
 * @module
 */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { openPane, type Pane, type PaneOptions } from "./pane-page.ts";
import { type PaneService, startPaneService } from "./pane-service.ts";

export interface PaneFixture {
  readonly service: PaneService;
  /** A pane that is not loaded yet, in Excel unless said otherwise. */
  open(options?: Partial<PaneOptions>): Promise<Pane>;
  /** A pane with its first view. */
  show(options?: Partial<PaneOptions>): Promise<Pane>;
}

/**
 * Registers the hooks. After each test nothing may have complained: no error on the console, no violation of the
 * CSP, no request to anybody else.
 */
export function usePanes(browser: Browser | undefined): PaneFixture {
  let service: PaneService | undefined;
  let panes: Pane[] = [];

  beforeAll(async () => {
    service = await startPaneService();
  });
  afterEach(async () => {
    const complaints = panes.flatMap((pane) => pane.complaints);
    await Promise.all(panes.map((pane) => pane.close()));
    panes = [];
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
    async open(options = {}) {
      const pane = await openPane(browser!, { url: service!.url, excel: "light", ...options });
      panes.push(pane);
      return pane;
    },
    async show(options = {}) {
      const pane = await this.open(options);
      await pane.show();
      await pane.page.locator("#connect").waitFor();
      return pane;
    },
  };
}
