/**
 * The pane open in a browser: how to drive it, and everything that it should not have done.
 * @module
 */
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { bundle } from "../support/bundle.ts";
import { openPage } from "./open-page.ts";

export interface PaneOptions {
  readonly url: string;
  /** Inside the emulated Excel, with its theme; a plain browser otherwise. */
  readonly excel?: "light" | "dark" | undefined;
  /** The connection that the workbook in Excel remembers. */
  readonly workbookConnection?: string;
  /** Whether the workbook wants to refresh when it is opened. */
  readonly workbookRefreshes?: boolean;
  readonly colourScheme?: "light" | "dark";
  readonly forcedColours?: boolean;
  /** Pixels; Excel's pane is 320 to 450 wide. */
  readonly width?: number;
  readonly reducedMotion?: boolean;
}

export interface Pane {
  readonly page: Page;
  /** Console errors, exceptions, CSP violations of our own, requests to others: there should be none. */
  readonly complaints: readonly string[];
  /** Loads the page; before that, requests can be held or replaced. */
  readonly show: () => Promise<void>;
  /** Takes back the complaints that a test provokes. */
  readonly forgive: (provoked: RegExp) => void;
  readonly close: () => Promise<void>;
}

let excel: Promise<string> | undefined;

/** Opens the pane in a fresh profile. */
export async function openPane(browser: Browser, options: PaneOptions): Promise<Pane> {
  const { page, close } = await openPage(browser, {
    viewport: { width: options.width ?? 350, height: 700 },
    colorScheme: options.colourScheme ?? "light",
    forcedColors: options.forcedColours ? "active" : "none",
    reducedMotion: options.reducedMotion ? "reduce" : "no-preference",
  });
  const complaints: string[] = [];
  watch(page, options.url, complaints);
  await page.addInitScript(reportViolations);
  if (options.excel) {
    excel ??= bundle(path.join(import.meta.dirname, "excel-page.ts"));
    const { excel: theme, workbookConnection, workbookRefreshes } = options;
    const given = JSON.stringify({ excelIsDark: theme === "dark", workbookConnection, workbookRefreshes });
    await page.addInitScript({ content: `Object.assign(window, ${given});\n${await excel}` });
  }
  return {
    page,
    complaints,
    forgive(provoked) {
      const others = complaints.filter((complaint) => !provoked.test(complaint));
      complaints.splice(0, complaints.length, ...others);
    },
    show: async () => void (await page.goto(`${options.url}/taskpane.html`)),
    close,
  };
}

function watch(page: Page, url: string, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(String(error.stack ?? error)));
  page.on("console", (message) => {
    const text = message.text();
    // Violations are reported below, with where they come from; a failed request is what some tests are about.
    if (message.type() !== "error" || /Content Security Policy|Failed to load resource/.test(text)) return;
    complaints.push(text);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`)) complaints.push(`request to ${request.url()}`);
  });
}

/** Outside Excel, office.js adds a telemetry frame with an inline style; that the CSP stops both is right. */
function reportViolations(): void {
  document.addEventListener("securitypolicyviolation", (violation) => {
    if (violation.sourceFile.includes("/office-js/")) return;
    console.error(`CSP ${violation.violatedDirective}: ${violation.blockedURI} in ${violation.sourceFile}`);
  });
}
