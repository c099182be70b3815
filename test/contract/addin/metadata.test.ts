/**
 * What saved workbooks and Excel's cache rely on.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { addinFolder, metadata } from "./kal.ts";

it("functions.json is a compatibility contract: only add, never rename", async () => {
  await expect(`${JSON.stringify(metadata, null, 2)}\n`).toMatchFileSnapshot("functions.json");
});

it("every function says what it is, what it takes and where its help is", () => {
  for (const entry of metadata.functions as unknown as Described[]) {
    expect(entry.description.length, entry.id).toBeGreaterThan(10);
    expect(entry.helpUrl, entry.id).toMatch(/^\/help\/functions\.html#[a-z]+$/);
    for (const parameter of entry.parameters) expect(parameter.description, entry.id).toBeTruthy();
    const [page = "", anchor = ""] = entry.helpUrl.split("#");
    expect(readFileSync(path.join(addinFolder, page), "utf8")).toContain(`id="${anchor}"`);
  }
});

interface Described {
  id: string;
  description: string;
  helpUrl: string;
  parameters: { description: string }[];
}

it("what the first cell waits for is at most 30 kB", () => {
  expect(gzipSync(readFileSync(path.join(addinFolder, "functions.js"))).length).toBeLessThanOrEqual(30_000);
});
