/**
 * Records behind a figure: from a cell to a new sheet with a table that refreshes, the query and a link back.
 */
import { expect, it } from "vitest";
import { areaOf, openCells } from "./cells.ts";
import { startService } from "./kal.ts";

const own = "(entityVariant=Own)";

/** A workbook with one formula at B3 and other cells, calculated. */
async function opened(formula: string, cells: Readonly<Record<string, string>> = {}) {
  const excel = await openCells({ service: await startService() });
  await excel.host.ready;
  for (const [address, content] of Object.entries(cells)) excel.enter(address, content);
  excel.enter("B3", formula);
  await excel.settled();
  const { spreadsheet, host } = excel;
  const sheets = () => spreadsheet.sheets().map(({ name }) => name);
  return {
    ...excel,
    sheets,
    shown: (address: string) => excel.read(address).value,
    /** Selects a cell and asks for its records. */
    async records(address: string) {
      excel.select(address);
      host.setPaneVisible(false);
      await excel.press("showRecords");
      await excel.settled();
    },
    /** The table on the new sheet, as objects. */
    table() {
      const [table] = spreadsheet.tables();
      const rows = spreadsheet.read(table!.area).map((row) => row.map(({ value }) => value));
      const [headings = [], ...body] = rows;
      return body.map((row) => Object.fromEntries(row.map((value, at) => [String(headings[at]), value])));
    },
    head: () =>
      spreadsheet.read(areaOf(spreadsheet, "Records!A1:A3")).map(([cell]) => cell?.formula ?? cell?.value),
  };
}

it("leads from a lookup to its record, with the values of the cells that it names", async () => {
  const excel = await opened(
    `=KAL.LOOKUP("product","${own}","currentPrice","site.importCode, product.importCode",$A2,B$1)`,
    { A2: "'1001", B1: "DSL" },
  );
  await excel.records("B3");
  expect(excel.sheets()).toEqual(["Sheet1", "Records"]);
  expect(excel.table()).toMatchObject([{ "site.importCode": "1001", currentPrice: excel.shown("B3") }]);
  const [link, formula, query] = excel.head();
  expect(link).toBe(`=HYPERLINK("#'Sheet1'!B3","Back to Sheet1!B3")`);
  expect(formula).toContain("KAL.LOOKUP");
  expect(query).toBe(`product ${own} (site.importCode=1001) (product.importCode=DSL)`);
  await excel.press("refreshSheet");
  await excel.settled();
  expect(excel.table()).toMatchObject([{ "site.importCode": "1001" }]);
});

it("leads from a cell of a grid of KAL.ASOF to what was in force then", async () => {
  const keys = "site.importCode, product.product.name";
  const excel = await opened(`=KAL.ASOF("price","${own}","price","${keys}",$B$1:$C$1,$A$1:$A$2,"Diesel")`, {
    A1: "'1001",
    A2: "'1002",
    B1: "today-3",
    C1: "today-1",
  });
  await excel.records("C4");
  expect(excel.table()).toMatchObject([{ "site.importCode": "1002", price: excel.shown("C4") }]);
  expect(excel.table()).toHaveLength(1);
});

it("leads from a group to its records, and from an average over time to those in force", async () => {
  const excel = await opened(
    `=KAL.SUMMARY("price","${own}","site.importCode, weekday(effectiveTime)","count, timeavg(price)",1)`,
  );
  await excel.records("D9");
  expect(excel.table()).toHaveLength(Number(excel.shown("D9")));
  expect(new Set(excel.table().map((row) => row["site.importCode"]))).toEqual(new Set([excel.shown("B9")]));
  await excel.records("E9");
  expect(excel.sheets()).toEqual(["Sheet1", "Records", "Records 2"]);
});

it("leads from a row of KAL.MARKET to the price's record", async () => {
  const excel = await opened(`=KAL.MARKET("1001","Diesel",,0)`);
  await excel.records("I4");
  expect(excel.table()).toMatchObject([
    { entityVariant: "Competitor", "site.importCode": excel.shown("E4"), currentPrice: excel.shown("I4") },
  ]);
});

it.each([
  ["a function that shows records itself", `=KAL.QUERY("site","${own}","name",0,1)`],
  ["a formula that is more than one call", `=1+KAL.LOOKUP("site","${own}","name","importCode","1001")`],
  ["an argument that is calculated", `=KAL.LOOKUP("site","${own}","name","importCode",1000+1)`],
  ["a heading", `=KAL.SUMMARY("site","${own}","","count")`],
])("says why not: %s", async (_, formula) => {
  const excel = await opened(formula);
  await excel.records("B3");
  expect(excel.sheets()).toEqual(["Sheet1"]);
  expect(excel.host.paneVisible).toBe(true);
});

it("leaves the workbook as it was where the records cannot be had", async () => {
  const excel = await opened(`=KAL.LOOKUP("elsewhere:site","${own}","name","importCode","1001")`);
  await excel.records("B3");
  expect(excel.sheets()).toEqual(["Sheet1"]);
  expect(excel.host.paneVisible).toBe(true);
});

it("is an empty table where there are none", async () => {
  const excel = await opened(`=KAL.LOOKUP("site","${own}","name","importCode","9999")`);
  await excel.records("B3");
  expect(excel.table()).toMatchObject([{ importCode: "" }]);
});
