/** Refreshes tables in which a person has added totals, sorting or filters, through the real office.js. */
import { expect, it } from "vitest";
import type { SpreadsheetModel } from "../../../src/workbench/excel-host/model.ts";
import { answerOf, networkWith, openTables } from "./tables.ts";
import { startService } from "./kal.ts";

const columns = [
  { name: "code", label: "Code", type: "text" },
  { name: "price", label: "Price", type: "number" },
];

/** A table of codes and prices in B2:C5. The test can change the next answer. */
async function openWith(change?: (model: SpreadsheetModel) => Partial<SpreadsheetModel>) {
  const answer = {
    rows: [
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ],
  };
  const network = networkWith(() => Promise.resolve(answerOf(columns, answer.rows)));
  const service = await startService();
  const excel = await openTables({ service, fetch: network, ...(change && { change }) });
  await excel.insertTable({ collection: "price" }, { place: "Sheet1!B2" });
  const { Excel } = excel.page.window as unknown as { Excel: typeof globalThis.Excel };
  const inTable = (work: (table: Excel.Table) => void) =>
    Excel.run(async (context) => {
      work(context.workbook.tables.getItem("KAL_price"));
      await context.sync();
    });
  return { ...excel, answer, inTable };
}

it("keeps a totals row if the number of rows is the same; otherwise changes nothing and says why", async () => {
  const excel = await openWith();
  excel.spreadsheet.changeTable(excel.spreadsheet.tables()[0]!.id, {
    showTotals: true,
    area: { sheetId: "sheet-1", row: 1, column: 1, rows: 5, columns: 2 },
  });
  excel.enter("B6", "Total");
  excel.answer.rows = [
    ["a", 7],
    ["b", 8],
    ["c", 9],
  ];
  expect(await excel.refreshTables("workbook")).toEqual([{ name: "KAL_price", rows: 3 }]);
  expect(excel.values("B3:C6")).toEqual([...excel.answer.rows, ["Total", ""]]);
  const before = excel.values("B2:C6");
  for (const rows of [[["a", 1]], [...excel.answer.rows, ["d", 4]]]) {
    excel.answer.rows = rows;
    expect(await excel.refreshTables("workbook")).toMatchObject([
      { error: { code: "KAL_NO_ROOM", hint: expect.stringContaining("Total Row") as string } },
    ]);
    expect(excel.values("B2:C6")).toEqual(before);
  }
  await excel.inTable((table) => (table.showTotals = false));
  expect(await excel.refreshTables("workbook")).toEqual([{ name: "KAL_price", rows: 4 }]);
  expect(excel.values("B6:C6")).toEqual([["d", 4]]);
});

it("sorts a sorted table again, and applies its filters again", async () => {
  const applied: unknown[] = [];
  const excel = await openWith((model) => ({
    changeTable(id, change) {
      if (change.filters) applied.push(change.filters);
      model.changeTable(id, change);
    },
  }));
  await excel.inTable((table) => {
    table.sort.apply([{ key: 1, ascending: false }]);
    table.columns.getItem("code").filter.applyValuesFilter(["a", "c"]);
  });
  expect(excel.values("B3:B5").flat()).toEqual(["c", "b", "a"]);
  excel.answer.rows = [
    ["a", 5],
    ["b", 1],
    ["c", 2],
    ["d", 9],
  ];
  applied.length = 0;
  await excel.refreshTables("workbook");
  expect(excel.values("B3:C6")).toEqual([
    ["d", 9],
    ["a", 5],
    ["c", 2],
    ["b", 1],
  ]);
  expect(applied).toEqual([[{ column: 0, values: ["a", "c"] }]]);
});

it("empties a person's formulas in rows that a table leaves, but keeps what was typed beside it", async () => {
  const excel = await openWith();
  const [table] = excel.spreadsheet.tables();
  excel.spreadsheet.changeTable(table!.id, { area: { ...table!.area, columns: 3 } });
  excel.enter("D2", "Note");
  excel.enter("D3", "=C3*2");
  excel.enter("D4", "=C4*2");
  excel.enter("D5", "typed");
  excel.answer.rows = [["a", 7]];
  expect(await excel.refreshTables("workbook")).toEqual([{ name: "KAL_price", rows: 1 }]);
  expect(excel.tables()).toEqual({ KAL_price: "B2:D3" });
  expect(excel.read("D3").formula).toBe("=C3*2");
  expect(excel.values("B4:D5")).toEqual([
    ["", "", ""],
    ["", "", "typed"],
  ]);
});
