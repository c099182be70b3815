/**
 * Pages before axe, in each look.
 * @module
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const script = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What there is to find in each look that light has not shown already. */
export const rulesOf = {
  light: {},
  // Of all rules only these look at colours.
  dark: { runOnly: ["color-contrast", "link-in-text-block"] },
  // The person's own colours are painted then, while axe still reads ours.
  forcedColours: { rules: { "color-contrast": { enabled: false } } },
} satisfies Record<string, RunOptions>;

/** Makes axe known to a page. */
export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(script);
}

/**
 * @param sizes of the window, in pixels
 * @param excluded selectors of what is not looked at
 */
export async function expectNoViolations(
  page: Page,
  sizes: readonly { readonly width: number; readonly height: number }[],
  options: RunOptions,
  excluded: readonly string[] = [],
): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    const { violations } = await page.evaluate(
      ({ exclude, given }) =>
        (window as unknown as { axe: { run(...values: object[]): Promise<AxeResults> } }).axe.run(
          { exclude },
          given,
        ),
      {
        exclude: excluded.map((selector) => [selector]),
        given: { ...options, resultTypes: ["violations"] },
      },
    );
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${size.width} px, ${id}: ${html}\n${failureSummary}`),
    );
    expect(found).toEqual([]);
  }
}
