/**
 * Browsers ask for /favicon.ico where a page names no icon, and the service has none.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";

const source = path.join(import.meta.dirname, "../../../src");

it("every page names its icon", async () => {
  const pages = (await readdir(source, { recursive: true })).filter((file) => file.endsWith(".html"));
  expect(pages.length).toBeGreaterThan(4);
  const without = [];
  for (const file of pages) {
    const page = await readFile(path.join(source, file), "utf8");
    if (!page.includes('<link rel="icon" href="/assets/icon-32.png" />')) without.push(file);
  }
  expect(without).toEqual([]);
});
