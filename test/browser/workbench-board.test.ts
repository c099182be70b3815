/**
 * A price board of twenty sites in the workbench, made by clicking only.
 */
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { button } from "./pane-actions.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["price board", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  useWorkbench(browser, (opened) => (workbench = opened), { data: { ownSites: 20 } });

  it("of twenty sites and their products, refreshing by itself", { timeout: 240_000 }, async () => {
    const { pane } = workbench;
    const status = (text: string) => pane.getByRole("status").getByText(text).first().waitFor();
    const begin = (label: string) =>
      pane
        .locator(".collection")
        .filter({ hasText: new RegExp(`^\\s*${label}\\s`) })
        .first()
        .click();
    const fields = (name: string) => pane.locator(".offered").filter({ hasText: name }).getByRole("checkbox");

    // The codes of the sites.
    await pane.getByRole("tab", { name: "Build" }).click();
    await begin("Site");
    await fields("importCode ·").first().click();
    await button(pane, "Insert formula into Sheet1!A1").click();
    await status("Inserted into Sheet1!A1. 20 rows.");
    await expect.poll(() => workbench.cell(20, 0), patience).toMatch(/^\d+$/);

    // A price beside each of them.
    await button(pane, "Start over").click();
    await pane.getByText("A value beside each of my rows").click();
    await begin("Product");
    await workbench.goTo("A2");
    await button(pane, "Use the selected cells").first().click();
    await pane.getByText("Sheet1!A2:A21, 20 cells").waitFor();
    await pane.getByLabel("Value", { exact: true }).click();
    for (const product of ["Unleaded", "Super Unleaded", "Diesel", "Premium Diesel"]) {
      await pane.getByRole("option", { name: product, exact: true }).click();
    }
    await button(pane, "Fill Sheet1!B2:E21").click();
    await status("Filled Sheet1!B2:E21: 80 formulas.");

    expect(await workbench.texts(0, 1, 1, 4)).toEqual([
      ["Unleaded", "Super Unleaded", "Diesel", "Premium Diesel"],
    ]);
    expect(await workbench.formula(20, 4)).toBe(
      '=KAL.LOOKUP("product","(entityVariant=Own)","currentPrice","site.importCode, product.name",$A21,E$1)',
    );
    // Every site sells unleaded; what a site does not sell is #N/A.
    const isPrice = (text: string) => /^(?:\d\.\d{3}|#N\/A)$/.test(text);
    await expect
      .poll(async () => (await workbench.texts(1, 1, 20, 4)).flat().every(isPrice), patience)
      .toBe(true);
    expect((await workbench.texts(1, 1, 20, 1)).flat()).not.toContain("#N/A");
  });
});
