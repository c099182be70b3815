/**
 * Photographs every state of the pane.
 * @module
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { openBrowser } from "./open-browser.ts";
import { openPane, type PaneOptions } from "./pane-page.ts";
import { startPaneService } from "./pane-service.ts";
import { paneStates, wayTo } from "./pane-states.ts";

const looks: Readonly<Record<string, Omit<PaneOptions, "url">>> = {
  light: {},
  dark: { colourScheme: "dark" },
  narrow: { width: 320 },
  contrast: { forcedColours: true, colourScheme: "dark" },
};

/** Writes `{state}-{look}.png` for every state whose name holds `only`. @returns the files. */
export async function takeScreenshots(folder: string, only = ""): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const { browser, unavailable } = await openBrowser();
  if (!browser) throw new Error(unavailable);
  const service = await startPaneService();
  const files: string[] = [];
  try {
    for (const state of paneStates.filter(({ name }) => name.includes(only))) {
      for (const [look, options] of Object.entries(looks)) {
        const theme = options.colourScheme ?? "light";
        const excel = state.outsideExcel ? undefined : theme;
        const pane = await openPane(browser, { url: service.url, excel, reducedMotion: true, ...options });
        const way = wayTo(state);
        await way[0]!.before?.(pane.page, service);
        await pane.show();
        for (const step of way) await step.then(pane.page, service);
        const file = path.join(folder, `${state.name}-${look}.png`);
        // As high as the page: what stays at the window's lower edge is then below everything else.
        const height = await pane.page.evaluate(() => document.documentElement.scrollHeight);
        await pane.page.setViewportSize({ width: options.width ?? 350, height });
        await pane.page.screenshot({ path: file, fullPage: true, animations: "disabled" });
        files.push(file);
        await pane.close();
        service.simulator.faults.clear();
      }
    }
  } finally {
    await browser.close();
    await service.close();
  }
  return files;
}
