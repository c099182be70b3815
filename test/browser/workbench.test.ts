/**
 * The workbench as a person uses it: by keyboard and mouse, in a real browser.
 */
import { describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

const sites = '=KAL.QUERY("site","(entityVariant=Own)","importCode, name, postCode")';

describe.skipIf(!browser)(["workbench", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  const fixture = useWorkbench(browser, (opened) => (workbench = opened), {
    workbook: "sample",
    isShared: true,
  });

  const queries = () => fixture.service.simulator.requests.filter(({ path }) => path.includes("/site"));

  it("spills what a typed formula answers", async () => {
    await workbench.enter("B2", sites);
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("importCode");
    const table = await workbench.values(1, 1, 5, 3);
    expect(table[0]).toEqual(["importCode", "name", "postCode"]);
    // Three sites, and nothing below.
    for (const row of table.slice(1, 4)) {
      for (const value of row) expect(value).toMatch(/\S/);
    }
    expect(table[4]).toEqual(["", "", ""]);
  });

  it("shows the sample sheet filled, dates as dates in every row", async () => {
    const { page, texts } = workbench;
    await page.getByText("Price board", { exact: true }).first().click();
    const aTime = expect.stringMatching(/^\d+ [A-Z][a-z]{2} \d\d:\d\d$/) as string;
    const aPrice = expect.stringMatching(/^£\d\.\d{3}$/) as string;
    await expect
      .poll(
        async () => (await texts(7, 1, 3, 8)).map(([code, ...rest]) => [code, rest[2], rest.at(-1)]),
        patience,
      )
      .toEqual(["1003", "1002", "1001"].map((code) => [code, aPrice, aTime]));
    expect((await texts(4, 1, 1, 1))[0]).toEqual(["sample"]);
    // The grade that the person chooses is compared.
    await workbench.enter("I5", "Unleaded");
    await expect.poll(() => texts(6, 9, 1, 1), patience).toEqual([["Unleaded vs average, pence"]]);
    await page.getByText("Data", { exact: true }).first().click();
    await expect
      .poll(async () => (await texts(4, 3, 4, 1)).flat(), patience)
      .toEqual(Array(4).fill(expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)));
    // A week of averages over time, beside them the first site's price of each morning, and its market.
    const isPrice = (text: string) => /^\d\.\d{3}/.test(text);
    await expect.poll(async () => (await texts(4, 6, 7, 2)).flat().every(isPrice), patience).toBe(true);
    await expect
      .poll(() => texts(4, 9, 2, 2), patience)
      .toEqual([
        ["Market", "Product code"],
        ["1003", "UNL"],
      ]);
  });

  it("tells the text of an error, for the selected cell and under the mouse", async () => {
    await workbench.enter("B2", '=KAL.QUERY("prices")');
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#VALUE!");
    await workbench.goTo("B2");
    const message = workbench.page.getByRole("status").filter({ hasText: "KAL_COLLECTION_UNKNOWN" });
    await message.waitFor();
    await workbench.goTo("D4");
    await message.waitFor({ state: "detached" });
  });

  it("says what is wrong with the arguments, where Excel would refuse the formula", async () => {
    await workbench.enter("B2", "=KAL.STATUS(1,2,3)");
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#VALUE!");
    await workbench.goTo("B2");
    await workbench.page.getByRole("status").filter({ hasText: "too many" }).waitFor();
  });

  it.each([
    ["=KAL.QUERY()", "too few"],
    ['=KAL.QUERY("site",,,,,,1)', "too many"],
  ])("says of %s that the arguments are %s, and what to write", async (formula, reason) => {
    await workbench.enter("B2", formula);
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#VALUE!");
    await workbench.goTo("B2");
    const message = workbench.page.getByRole("status").filter({ hasText: reason });
    await message.waitFor();
    expect(await message.textContent()).toContain("Write KAL.QUERY(collection, [query]");
  });

  it("hands over a text that looks like a date as the text that it is", async () => {
    await workbench.enter("B2", '=KAL.QUERY("2026-01-31")');
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#VALUE!");
    await workbench.goTo("B2");
    await workbench.page.getByRole("status").filter({ hasText: "2026-01-31" }).waitFor();
  });

  it("says which function was meant where the add-in has none of that name", async () => {
    await workbench.enter("B2", '=KAL.QEURY("site")');
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#NAME?");
    await workbench.goTo("B2");
    await workbench.page.getByRole("status").filter({ hasText: "Did you mean “KAL.QUERY”?" }).waitFor();
  });

  it("says that a text stands in quotation marks where they are missing", async () => {
    await workbench.enter("B2", "=KAL.QUERY(site)");
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#NAME?");
    await workbench.goTo("B2");
    await workbench.page.getByRole("status").filter({ hasText: "quotation marks" }).waitFor();
  });

  it("calls again when a cell that the formula refers to changes", async () => {
    await workbench.enter("A1", "1");
    await workbench.enter("B2", '=KAL.QUERY("site","(entityVariant=Own)","importCode",0,A1)');
    await expect.poll(() => workbench.cell(1, 1), patience).toMatch(/^\d+$/);
    expect(await workbench.cell(2, 1)).toBe("");
    await workbench.enter("A1", "2");
    await expect.poll(() => workbench.cell(2, 1), patience).toMatch(/^\d+$/);
    expect(await workbench.cell(3, 1)).toBe("");
  });

  it("does not spill over what is there, and does when it is gone", async () => {
    await workbench.enter("C3", "mine");
    await workbench.enter("B2", sites);
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#SPILL!");
    expect(await workbench.cell(2, 2)).toBe("mine");
    await workbench.goTo("B2");
    await workbench.page.getByRole("status").filter({ hasText: "The table has no room" }).waitFor();
    await workbench.goTo("C3");
    await workbench.page.keyboard.press("Delete");
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("importCode");
    expect(await workbench.cell(2, 2)).not.toBe("mine");
  });

  it("shows #BUSY! while it waits, and cancels the call when the cell is edited", async () => {
    let aborted = 0;
    workbench.page.on("requestfailed", (request) => {
      if (request.url().endsWith("/api/v1/query")) aborted++;
    });
    // Never answered.
    await workbench.page.route("**/api/v1/query", () => undefined);
    await workbench.enter("B2", '=KAL.QUERY("site",,"name")');
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#BUSY!");
    await workbench.enter("B2", "7");
    await expect.poll(() => aborted, patience).toBe(1);
    expect(await workbench.cell(1, 1)).toBe(7);
  });

  it("asks again when the add-in's page is loaded anew meanwhile", async () => {
    await workbench.page.route("**/api/v1/query", () => undefined);
    await workbench.enter("B2", '=KAL.QUERY("site","(entityVariant=Own)","importCode")');
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#BUSY!");
    await workbench.page.unroute("**/api/v1/query");
    await workbench.page.evaluate(() => {
      document.querySelector<HTMLIFrameElement>("#pane")!.contentWindow!.location.reload();
    });
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("importCode");
  });

  it("takes the pane's formula into the selected cell, and beside one that is full onto a new sheet", async () => {
    const { pane } = workbench;
    await workbench.goTo("B3");
    await pane.locator("fluent-button", { hasText: "Insert into Sheet1!B3" }).click();
    await pane.getByText("Inserted into Sheet1!B3. 10 rows.").waitFor();
    await expect.poll(() => workbench.cell(3, 1), patience).toMatch(/\w/);
    await pane.locator("fluent-button", { hasText: "Insert on a new sheet" }).click();
    await pane.getByText("Inserted on a new sheet, at Prices!A1. 10 rows.").waitFor();
    await expect.poll(() => workbench.cell(3, 0), patience).toMatch(/\w/);
  });

  it("closes the pane and opens it again; functions run on meanwhile", async () => {
    const { page } = workbench;
    const frame = page.locator("#pane");
    await page.getByRole("button", { name: "Close the task pane" }).click();
    await frame.waitFor({ state: "hidden" });
    await workbench.enter("B2", sites);
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("importCode");
    await page.getByRole("button", { name: "Kalibrate", exact: true }).click();
    await frame.waitFor({ state: "visible" });
  });

  it("sends one request for a column of equal formulas", async () => {
    await expect.poll(() => workbench.cell(0, 0), patience).toBe("");
    fixture.service.simulator.clearRequests();
    await workbench.page.evaluate((formula) => {
      const { grid } = (window as unknown as { workbench: { grid: GridFacade } }).workbench;
      const cells = Array.from({ length: 500 }, () => [{ f: formula }]);
      grid.getActiveWorkbook().getActiveSheet().getRange(0, 0, 500, 1).setValues(cells);
    }, '=KAL.QUERY("site","(entityVariant=Own)","name",0,1)');
    await expect
      .poll(
        async () => (await workbench.values(0, 0, 500, 1)).every(([value]) => /^[A-Z]/.test(String(value))),
        patience,
      )
      .toBe(true);
    expect(queries()).toHaveLength(1);
  });
});

/** As much of the grid's own interface as a burst needs. */
interface GridFacade {
  getActiveWorkbook(): {
    getActiveSheet(): {
      getRange(
        row: number,
        column: number,
        rows: number,
        columns: number,
      ): { setValues(cells: object[][]): void };
    };
  };
}
