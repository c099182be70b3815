/**
 * One service for a test file, a fresh pane for each of its tests.
 * @module
 */
import type { Browser } from "playwright-core";
import { openPane, type Pane, type PaneOptions } from "./pane-page.ts";
import { type PaneService, startPaneService } from "./pane-service.ts";
import { useService } from "./service-fixture.ts";

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
  const fixture = useService(startPaneService);
  return {
    get service() {
      return fixture.service;
    },
    async open(options = {}) {
      return fixture.watch(
        await openPane(browser!, { url: fixture.service.url, excel: "light", ...options }),
      );
    },
    async show(options = {}) {
      const pane = await this.open(options);
      await pane.show();
      await pane.page.locator("#connect").waitFor();
      return pane;
    },
  };
}
