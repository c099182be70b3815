/**
 * Renders the drawings in assets/ to the PNG icons that the manifest names. Run it by hand after changing a drawing
 * (`node scripts/draw-icons.mjs`). The PNGs are committed, so that no build needs a browser.
 * @module
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

const assets = fileURLToPath(new URL("../assets/", import.meta.url));

/** Small icons have their own drawing, with fewer cells and edges on whole pixels. */
const drawings = [
  { name: "icon", source: "icon-small.svg", sizes: [16, 32] },
  { name: "icon", source: "icon.svg", sizes: [64, 80, 128] },
  // For the JSON manifest: the list of apps.
  { name: "color", source: "icon.svg", sizes: [192] },
  { name: "outline", source: "outline.svg", sizes: [32] },
  { name: "refresh", source: "refresh-small.svg", sizes: [16, 32] },
  { name: "refresh", source: "refresh.svg", sizes: [80] },
  { name: "more", source: "more.svg", sizes: [16, 32, 80] },
];

const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: ["--no-sandbox", "--headless=shell", "--force-color-profile=srgb"],
});
try {
  for (const { name, source, sizes } of drawings) {
    const drawing = await readFile(`${assets}${source}`, "utf8");
    for (const size of sizes) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      await page.setContent(
        `<style>html,body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${drawing}`,
      );
      const file = `${name}-${size}.png`;
      await writeFile(`${assets}${file}`, await page.screenshot({ omitBackground: true }));
      await page.close();
      console.log(`assets/${file} from assets/${source}`);
    }
  }
} finally {
  await browser.close();
}
