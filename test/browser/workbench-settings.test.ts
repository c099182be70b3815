/**
 * Settings of the pane in the workbench: they change the cells that are there, and belong to the workbook.
 */
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { button } from "./pane-actions.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["settings of a workbook", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  useWorkbench(browser, (opened) => (workbench = opened));

  const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d/) as string;
  const britishTime = expect.stringMatching(/^\d\d\/\d\d\/\d{4} \d\d:\d\d/) as string;
  const plain = expect.stringMatching(/^\d{5}(\.\d+)?$/) as string;

  const openSettings = async ({ pane }: OpenWorkbench) => {
    await pane.getByRole("tab", { name: "Settings" }).click();
    await pane.getByRole("heading", { name: "For everybody with this workbook" }).waitFor();
  };
  /** Two prices' times, and what stands for a site that there is not. */
  const shown = async ({ texts }: OpenWorkbench) => [
    ...(await texts(1, 1, 2, 1)).flat(),
    ...(await texts(1, 3, 1, 1)).flat(),
  ];

  it("dates and empty values follow the choice at once, are kept with it, and are this workbook’s only", async () => {
    const { page, pane } = workbench;
    await workbench.enter("B2", '=KAL.QUERY("price","(limit=2)","effectiveTime",0)');
    await workbench.enter("D2", '=KAL.LOOKUP("site","(entityVariant=Own)","name","importCode","")');
    await expect.poll(() => shown(workbench), patience).toEqual([isoTime, isoTime, ""]);

    await openSettings(workbench);
    await pane.getByLabel("46347").check();
    await expect.poll(() => shown(workbench), patience).toEqual([plain, plain, ""]);
    await pane.getByLabel("#N/A").check();
    await expect.poll(() => shown(workbench), patience).toEqual([plain, plain, "#N/A"]);
    await pane.getByLabel("21/11/2026").check();
    await expect.poll(() => shown(workbench), patience).toEqual([britishTime, britishTime, "#N/A"]);

    // What the person chooses elsewhere is for new workbooks.
    await page.evaluate(() => localStorage.setItem("kal.values", '{"dates":"serial","empty":"zero"}'));
    await workbench.choose("Close and reopen");
    await page.getByText("Sheet1").click();
    await pane.getByRole("tab", { name: "Settings" }).waitFor();
    expect(await shown(workbench)).toEqual([britishTime, britishTime, "#N/A"]);
    await openSettings(workbench);
    await expect.poll(() => pane.getByLabel("#N/A").isChecked()).toBe(true);
    await workbench.choose("Recalculate all");
    await expect.poll(() => shown(workbench), patience).toEqual([britishTime, britishTime, "#N/A"]);
  });

  it("the example sheet fills with data in every block", async () => {
    const { page, pane } = workbench;
    await workbench.enter("A1", "mine");
    await button(pane, "Insert example sheet").click();
    await pane.getByRole("status").getByText("Inserted as the sheet “KAL example”.").waitFor();
    await page.getByText("KAL example", { exact: true }).first().waitFor();
    await expect.poll(() => workbench.cell(3, 1), patience).toBe("sample");
    const word = expect.stringMatching(/^[^#\s]/) as string;
    const list = [["Code", "Name", "Brand name"], ...Array.from({ length: 3 }, () => [word, word, word])];
    await expect.poll(() => workbench.values(8, 0, 4, 3), patience).toEqual(list);
    const price = expect.stringMatching(/^\d\.\d{3}$/) as string;
    // Not every site sells everything.
    const priceOrNone = expect.stringMatching(/^(\d\.\d{3})?$/) as string;
    const aPriceBoard = (await workbench.values(9, 0, 3, 2)).map(([code, name]) => [
      code,
      name,
      price,
      priceOrNone,
      priceOrNone,
      priceOrNone,
      isoTime,
    ]);
    await expect.poll(() => workbench.texts(19, 0, 3, 7), patience).toEqual(aPriceBoard);
    expect(await workbench.formula(28 - 1, 0)).toMatch(/^'=KAL\.QUERY/);
    await page.getByText("Sheet1", { exact: true }).click();
    await expect.poll(() => workbench.cell(0, 0), patience).toBe("mine");
  });
});
