/**
 * Queries inserted as tables, through the real office.js.
 */
import { expect, it } from "vitest";
import { startService } from "./kal.ts";
import { openTables } from "./tables.ts";

const prices = {
  collection: "price",
  query: "(entityVariant=Own)+(limit=5)",
  fields: ["site.importCode", "price", "effectiveTime"],
};

it("writes texts, numbers and real dates at the selected cell, names the table, and keeps its query", async () => {
  const service = await startService();
  const excel = await openTables({ service });
  excel.select("B2");
  const progress: unknown[] = [];
  const made = await excel.insertTable(prices, { onProgress: (one) => progress.push(one) });
  expect(made).toEqual({ name: "KAL_price", address: "Sheet1!B2:D7", rows: 5 });
  const [headings, ...rows] = excel.values("B2:D7");
  expect(headings).toEqual(prices.fields);
  for (const [code, price, time] of rows) {
    expect(code).toMatch(/^\d{4}$/);
    expect(price).toBeTypeOf("number");
    expect(time).toBeGreaterThan(46_000);
  }
  expect(excel.read("D3").numberFormat).toBe("yyyy-mm-dd hh:mm");
  expect(excel.used()).toBe("B2:D7");
  expect(excel.spreadsheet.tables()).toMatchObject([
    { name: "KAL_price", area: { row: 1, column: 1, rows: 6, columns: 3 } },
  ]);
  expect(progress).toEqual([
    { step: "reading", rows: 5 },
    { step: "writing", rows: 0, of: 5 },
    { step: "writing", rows: 5, of: 5 },
  ]);
  const { "KAL.tables": kept = "" } = excel.workbook.readSettings();
  expect(JSON.parse(kept)).toMatchObject({ KAL_price: { query: prices } });
});
