/**
 * Photographs the workbench as it opens first.
 * @module
 */
import path from "node:path";
import { openBrowser } from "./open-browser.ts";
import { openWorkbench, startWorkbenchService } from "./workbench-page.ts";

const pictures = [
  { name: "light", colourScheme: "light", width: 1440 },
  { name: "dark", colourScheme: "dark", width: 1440 },
  { name: "narrow", colourScheme: "light", width: 640 },
  { name: "menu", colourScheme: "light", width: 1440 },
] as const;

/** Writes `workbench-{light,dark,narrow,menu}.png`. @returns the files. */
export async function takeWorkbenchScreenshots(folder: string): Promise<string[]> {
  const { browser, unavailable } = await openBrowser();
  if (!browser) throw new Error(unavailable);
  const service = await startWorkbenchService({});
  const files: string[] = [];
  try {
    for (const { name, colourScheme, width } of pictures) {
      const { page, values, close } = await openWorkbench(browser, service.url, {
        workbook: "sample",
        colourScheme,
      });
      await page.setViewportSize({ width, height: 860 });
      await page.getByText("Price board", { exact: true }).first().click();
      // Below the last site's bar nothing more comes.
      const filled = async () => /£|\d/.test(String((await values(18, 9, 1, 1))[0]![0]));
      while (!(await filled())) await page.evaluate(() => new Promise(requestAnimationFrame));
      if (width < 700)
        await page.getByRole("button", { name: "Close the task pane" }).click({ timeout: 5000 });
      if (name === "menu") {
        await page.getByRole("button", { name: "File" }).click();
        await page.getByRole("menuitem").first().waitFor();
      }
      const file = path.join(folder, `workbench-${name}.png`);
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
