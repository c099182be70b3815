/**
 * `Excel.run` in the workbench: the real office.js in the pane's frame, the grid behind it.
 */
import type { Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../support/excel-operations/operations.ts";
import { runOperation } from "../support/excel-operations/run-operation.ts";
import { openBrowser } from "./open-browser.ts";
import {
  type OpenWorkbench,
  openWorkbench,
  startWorkbenchService,
  type WorkbenchService,
} from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["Excel.run in the workbench", unavailable].filter(Boolean).join(": "), () => {
  let service: WorkbenchService;
  let workbench: OpenWorkbench;
  /** The add-in's page, where office.js is. */
  let pane: Frame;

  beforeAll(async () => {
    service = await startWorkbenchService({ ownSites: 3 });
    workbench = await openWorkbench(browser!, service.url);
    pane = workbench.page.frames().find((frame) => frame.url().endsWith("/taskpane.html"))!;
  });
  afterAll(async () => {
    await workbench?.close();
    await browser?.close();
    await service?.close();
  });

  it.each(operations)("$name", async ({ run, expected }) => {
    const seen: unknown = await pane.evaluate(`(${runOperation.toString()})(Excel, ${run.toString()})`);
    expect(seen).toEqual(expected);
  });
});
