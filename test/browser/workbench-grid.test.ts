/**
 * The grid where it differs from Excel and a person would notice: room for results, formats, undo, colours.
 */
import type { FUniver } from "@univerjs/core/facade";
import type {} from "@univerjs/sheets/facade";
import type {} from "@univerjs/sheets-numfmt/facade";
import { describe, expect, it } from "vitest";
import type { SpreadsheetModel } from "../../src/workbench/excel-host/model.ts";
import { openBrowser } from "./open-browser.ts";
import { patience, useWorkbench } from "./workbench-fixture.ts";
import type { OpenWorkbench } from "./workbench-page.ts";

const { browser, unavailable } = await openBrowser();

const aTime = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/) as string;

describe.skipIf(!browser)(["grid", unavailable].filter(Boolean).join(": "), () => {
  let workbench: OpenWorkbench;
  useWorkbench(browser, (opened) => (workbench = opened), { isShared: true });

  it.each([
    ["rows", "=VSTACK(SEQUENCE(15000),SEQUENCE(5100))", 20_100, 1, 5100],
    ["columns", "=SEQUENCE(1,80)", 1, 80, 80],
  ])("adds %s where a result needs them", async (_, formula, row, column, last) => {
    await workbench.enter("B2", formula);
    await expect.poll(() => workbench.cell(row, column), patience).toBe(last);
    expect(await workbench.cell(1, 1)).toBe(1);
  });

  it("says of a result that Excel would not have room for either that there is none", async () => {
    await workbench.enter("B2", "=SEQUENCE(1,16384)");
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#REF!");
  });

  it("shows dates as dates whatever formula they went through, and sorts no cell but its own", async () => {
    const { page, texts } = workbench;
    await workbench.enter(
      "A1",
      '=KAL.QUERY("product","(entityVariant=Own)","currentPriceEffectiveTime, currentPrice",0,4)',
    );
    await workbench.enter(
      "A6",
      '=KAL.LOOKUP("product","(entityVariant=Own)","currentPriceEffectiveTime","site.importCode, product.name","1001","Diesel")',
    );
    await expect.poll(async () => (await texts(0, 0, 4, 1)).flat(), patience).toEqual(Array(4).fill(aTime));
    await expect.poll(() => texts(5, 0, 1, 1), patience).toEqual([[aTime]]);
    const formulas = [
      "=SORT(A1:A4)",
      "=FILTER(A1:B4,B1:B4>0)",
      "=INDEX(A1:A4,3)",
      "=A1:A4",
      "=A6",
      '=IFERROR(A6,"")',
      "=MAX(A1:A4)",
      "=UNIQUE(VSTACK(A1:A4,A6))",
      "=XLOOKUP(B2,B1:B4,A1:A4)",
      '=SORT(KAL.QUERY("product","(entityVariant=Own)","currentPriceEffectiveTime",0,4))',
    ];
    await page.evaluate((all) => {
      const { spreadsheet } = (window as unknown as { workbench: Workbench }).workbench;
      const sheetId = spreadsheet.activeSheetId();
      for (const [index, formula] of all.entries())
        spreadsheet.write({ sheetId, row: 0, column: 3 + 2 * index, rows: 1, columns: 1 }, [[formula]]);
    }, formulas);
    await expect
      .poll(
        async () => (await texts(0, 3, 1, 2 * formulas.length))[0]!.filter((_, at) => at % 2 === 0),
        patience,
      )
      .toEqual(Array(formulas.length).fill(aTime));
    // Below the first too, and in the order of the cells.
    expect((await texts(0, 5, 4, 1)).flat()).toEqual((await texts(0, 0, 4, 1)).flat());
    expect((await texts(0, 9, 4, 1)).flat()).toEqual((await texts(0, 0, 4, 1)).flat());
    // A number that is no date any more has no format of one.
    await workbench.enter("A1", "=1+1");
    await expect.poll(() => texts(0, 0, 2, 1), patience).toEqual([["2"], [""]]);
  });

  it("says what to use instead of a function of Excel that the grid does not have", async () => {
    await workbench.enter("B2", "=GROUPBY(A1:A3,A1:A3,SUM)");
    await expect.poll(() => workbench.cell(1, 1), patience).toBe("#NAME?");
    await workbench.goTo("B2");
    await workbench.page
      .getByRole("status")
      .filter({ hasText: "KAL.SUMMARY groups Kalibrate data" })
      .waitFor();
  });

  it("draws the formula bar in dark colours as what is around it", async () => {
    const { page } = workbench;
    /** By how much a colour of the canvas is another than that around it: the canvas rounds. */
    const difference = () =>
      page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('[data-u-comp="formula-bar"] canvas')!;
        const drawn = canvas.getContext("2d")!.getImageData(canvas.width - 9, 9, 1, 1).data;
        const around = getComputedStyle(
          document.querySelector('[data-u-comp="formula-bar"]')!,
        ).backgroundColor;
        const channels = around.match(/\d+/g)!.map(Number);
        return Math.max(...channels.map((channel, index) => Math.abs(channel - drawn[index]!)));
      });
    await page.emulateMedia({ colorScheme: "dark" });
    await workbench.goTo("B2");
    await expect.poll(difference, patience).toBeLessThan(3);
  });

  it("copies what a formula spills: for other programs, as values, in part and with its formula", async () => {
    const { page, values, formula } = workbench;
    const { keyboard } = page;
    const query = '=KAL.QUERY("product","(entityVariant=Own)","currentPriceEffectiveTime, currentPrice",0,2)';
    await workbench.enter("B2", query);
    await expect.poll(() => workbench.cell(2, 2), patience).toBeTypeOf("number");
    const spilled = await values(1, 1, 2, 2);
    const texts = await workbench.texts(1, 1, 2, 2);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());

    await workbench.goTo("B2");
    for (const key of ["Shift+ArrowRight", "Shift+ArrowDown", "Control+c"]) await keyboard.press(key);
    await expect.poll(copied, patience).toBe(texts.map((row) => row.join("\t")).join("\n"));
    await workbench.goTo("E2");
    await keyboard.press("Control+Shift+v");
    await expect.poll(() => values(1, 4, 2, 2), patience).toEqual(spilled);
    expect(await formula(1, 4)).toBe(spilled[0]![0]);
    await workbench.goTo("H2");
    await keyboard.press("Control+v");
    await expect.poll(() => values(1, 7, 2, 2), patience).toEqual(spilled);
    expect([await formula(1, 7), await formula(2, 8)]).toEqual([query, ""]);

    await workbench.goTo("B3");
    for (const key of ["Shift+ArrowRight", "Control+c"]) await keyboard.press(key);
    await expect.poll(copied, patience).toBe(texts[1]!.join("\t"));
    await workbench.goTo("E6");
    await keyboard.press("Control+v");
    await expect.poll(() => workbench.texts(5, 4, 1, 2), patience).toEqual([texts[1]]);
    expect(await values(5, 4, 1, 2)).toEqual([spilled[1]]);
  });

  it("moves between cells with Excel’s keys", async () => {
    await workbench.enter("D9", "last");
    await workbench.enter("B2", "=SEQUENCE(3,2)");
    const { keyboard } = workbench.page;
    const moves = [
      ["Home", "A4"],
      ["Control+End", "D9"],
      ["Control+Home", "A1"],
      ["PageDown", expect.stringMatching(/^A[23]\d$/)],
      ["PageUp", "A1"],
    ];
    await workbench.goTo("C4");
    const selected = () =>
      workbench.page.evaluate(() =>
        (window as unknown as { workbench: Workbench }).workbench.grid
          .getActiveWorkbook()!
          .getActiveRange()!
          .getA1Notation(),
      );
    for (const [key, cell] of moves) {
      await keyboard.press(String(key));
      await expect.poll(selected, patience).toEqual(cell);
    }
  });

  it("keeps looks, widths and frozen rows in a snapshot of a sheet, and takes it back at once", async () => {
    const { page } = workbench;
    const sheetLook = () =>
      page.evaluate(() => {
        const sheet = (window as unknown as { workbench: Workbench }).workbench.grid
          .getActiveWorkbook()!
          .getActiveSheet();
        const heading = sheet.getRange(0, 1);
        return {
          name: sheet.getSheetName(),
          rows: sheet.getFrozenRows(),
          width: sheet.getColumnWidth(1),
          looks: [
            heading.getCellStyleData()?.bl,
            heading.getBackground(),
            sheet.getRange(2, 2).getNumberFormat(),
          ],
        };
      });
    await workbench.enter("B1", "Price");
    await workbench.enter("C3", "=46000+1");
    await page.evaluate(() => {
      const sheet = (window as unknown as { workbench: Workbench }).workbench.grid
        .getActiveWorkbook()!
        .getActiveSheet();
      sheet.getRange(0, 1).setFontWeight("bold").setBackground("#ebf4f6");
      sheet.getRange(2, 2).setNumberFormat("d mmm yyyy");
      sheet.setColumnWidth(1, 211);
      sheet.setFrozenRows(1);
    });
    const { name, ...looks } = await sheetLook();
    expect(looks).toEqual({ rows: 1, width: 211, looks: [1, "#ebf4f6", "d mmm yyyy"] });
    const command = async (name: string) => {
      await page.locator("#ribbon").getByRole("button", { name: "More" }).click();
      await page.getByText(name, { exact: true }).click();
    };
    const notice = workbench.pane.locator(".notice");
    // From now on the pane hears of changes.
    await command("Try failed again");
    await notice.getByText("Try failed again: ").waitFor();
    await command("Snapshot of this sheet (a copy with values)");
    const copied = expect.stringMatching(/^Sheet1 \d{4}-\d\d-\d\d \d\d\.\d\d$/) as string;
    await expect.poll(sheetLook, patience).toEqual({ name: copied, ...looks });
    const told = notice.getByText("The values are on the sheet “Sheet1 ");
    await told.waitFor();
    expect(await workbench.formula(2, 2)).toBe(46_001);
    expect(await workbench.texts(2, 2, 1, 1)).toEqual([["10 Dec 2025"]]);
    // The events of the new sheet have come.
    await workbench.goTo("C8");
    expect(await told.count()).toBe(1);
    await workbench.goTo("C9");
    await page.keyboard.press("Control+z");
    await expect.poll(sheetLook, patience).toEqual({ name, ...looks });
    expect(await workbench.formula(2, 2)).toBe("=46000+1");
  });

  it("takes an insertion back at once, with its sheet, and does it again", async () => {
    const { page, pane } = workbench;
    const sheets = () =>
      page.evaluate(() => {
        const { spreadsheet } = (window as unknown as { workbench: Workbench }).workbench;
        const active = spreadsheet.activeSheetId();
        return spreadsheet.sheets().map(({ id, name }) => (id === active ? `[${name}]` : name));
      });
    await workbench.enter("A1", "mine");
    await workbench.goTo("A1");
    await pane.locator("fluent-button", { hasText: "Insert on a new sheet" }).click();
    await pane.getByText("Inserted on a new sheet, at Prices!A1. 10 rows.").waitFor();
    await expect.poll(() => workbench.cell(3, 0), patience).toMatch(/\w/);
    expect(await sheets()).toEqual(["Sheet1", "[Prices]"]);
    await workbench.goTo("C9");
    await page.keyboard.press("Control+z");
    await expect.poll(sheets, patience).toEqual(["[Sheet1]"]);
    expect(await workbench.cell(0, 0)).toBe("mine");
    await page.keyboard.press("Control+y");
    await expect.poll(sheets, patience).toEqual(["Sheet1", "[Prices]"]);
    await expect.poll(() => workbench.cell(3, 0), patience).toMatch(/\w/);
    // What the person did before is a step of its own.
    await page.keyboard.press("Control+z");
    await expect.poll(sheets, patience).toEqual(["[Sheet1]"]);
    await page.keyboard.press("Control+z");
    await expect.poll(() => workbench.cell(0, 0), patience).toBe("");
  });
});

interface Workbench {
  readonly grid: FUniver;
  readonly spreadsheet: SpreadsheetModel;
}
