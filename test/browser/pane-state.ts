/**
 * How the pane is brought into one of its states.
 * @module
 */
import type { Page } from "playwright-core";
import type { PaneService } from "./pane-service.ts";

export interface PaneState {
  readonly name: string;
  /** The state that it goes on from, in the same pane. */
  readonly follows?: string;
  /** Outside Excel the pane is a page in a plain browser. */
  readonly outsideExcel?: true;
  /** The pane's code is not there, so the browser alone decides between light and dark. */
  readonly hasNoTheme?: true;
  /** What happens before the page is opened, where it follows no state. */
  readonly before?: (page: Page, service: PaneService) => Promise<unknown>;
  /** What happens on the page; it ends when the state is reached. */
  readonly then: (page: Page, service: PaneService) => Promise<unknown>;
}
