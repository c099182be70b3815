/**
 * Photographs the workbench as it opens first.
 * @module
 */
import path from "node:path";
import { openBrowser } from "./open-browser.ts";
import { openWorkbench, startWorkbenchService } from "./workbench-page.ts";

/** Writes `workbench-{light,dark}.png`. @returns the files. */
export async function takeWorkbenchScreenshots(folder: string): Promise<string[]> {
  const { browser, unavailable } = await openBrowser();
  if (!browser) throw new Error(unavailable);
  const service = await startWorkbenchService({});
  const files: string[] = [];
  try {
    for (const look of ["light", "dark"] as const) {
      const { page, values, close } = await openWorkbench(browser, service.url, look);
      await page.getByText("Prices", { exact: true }).first().click();
      // Prices, sites and connection, each from the sixth row on.
      const filled = async () => (await values(5, 0, 1, 12))[0]!.filter((value) => value !== "").length === 9;
      while (!(await filled())) await page.evaluate(() => new Promise(requestAnimationFrame));
      const file = path.join(folder, `workbench-${look}.png`);
      await page.screenshot({ path: file, animations: "disabled" });
      files.push(file);
      await close();
    }
  } finally {
    await browser.close();
    await service.close();
  }
  return files;
}
