/**
 * Tables that get another query in their place, and tables that become values, through the real office.js.
 */
import { expect, it } from "vitest";
import type { KalError } from "../../../src/kalibrate/errors.ts";
import { startService } from "./kal.ts";
import { answerOf, networkWith, openTables } from "./tables.ts";

const column = (name: string, type = "text") => ({ name, label: name.toUpperCase(), type });

/** A table of codes and prices in B2:C5, and what the service answers next. */
async function openWithTable() {
  const answer = {
    columns: [column("code"), column("price", "number")],
    rows: [
      ["a", 1.459],
      ["b", 2],
      ["c", 3],
    ] as unknown[][],
  };
  const network = networkWith(() => Promise.resolve(answerOf(answer.columns, answer.rows)));
  const excel = await openTables({ service: await startService(), fetch: network });
  await excel.insertTable({ collection: "price" }, { place: "Sheet1!B2" });
  const [table] = await excel.listTables("workbook");
  return { ...excel, answer, table: table! };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "",
    ({ code, message }: KalError) => `${code} ${message}`,
  );

it("filters anew with the same columns, and keeps headings, formats and columns of a person’s own", async () => {
  const { answer, table, ...excel } = await openWithTable();
  excel.enter("B2", "Station");
  answer.rows = [["d", 4]];
  const { table: now, rows } = await excel.changeTable(table, {
    collection: "price",
    query: "(price>3)",
    fields: ["code", "price"],
  });
  expect(rows).toBe(1);
  expect(excel.values("B2:C5")).toEqual([
    ["Station", "price"],
    ["d", 4],
    ["", ""],
    ["", ""],
  ]);
  expect(excel.tables()).toEqual({ KAL_price: "B2:C3" });
  expect(now.query).toMatchObject({ query: "(price>3)" });
  expect(excel.kept()).toMatchObject({ KAL_price: { query: { query: "(price>3)" } } });
});

it("gets more columns and more rows where there is room", async () => {
  const { answer, table, ...excel } = await openWithTable();
  answer.columns = [column("name"), column("code"), column("price", "number")];
  answer.rows = [1, 2, 3, 4].map((price) => [`n${price}`, `c${price}`, price]);
  await excel.changeTable(table, { collection: "price", headers: 2 });
  expect(excel.tables()).toEqual({ KAL_price: "B2:D6" });
  expect(excel.values("B2:D3")).toEqual([
    ["NAME", "CODE", "PRICE"],
    ["n1", "c1", 1],
  ]);
  // A column keeps its format wherever it stands.
  expect(excel.read("D3").numberFormat).toBe("0.000");
  expect(excel.read("C3").numberFormat).toBe("General");
});

it("gets fewer columns, and leaves nothing of the others", async () => {
  const { answer, table, ...excel } = await openWithTable();
  answer.columns = [column("price", "number")];
  answer.rows = [[5]];
  await excel.changeTable(table, { collection: "price", fields: ["price"] });
  expect(excel.tables()).toEqual({ KAL_price: "B2:B3" });
  expect(excel.used()).toBe("B2:B3");
});

it.each([
  ["beside", "D4", "D4 is not empty"],
  ["below", "B7", "B7 is not empty"],
])("is as it was where something stands %s it", async (_, at, said) => {
  const { answer, table, ...excel } = await openWithTable();
  excel.enter(at, "mine");
  const before = excel.values("B2:D7");
  answer.columns = [column("code"), column("price", "number"), column("source")];
  answer.rows = Array.from({ length: 9 }, (_each, row) => [`c${row}`, row, "s"]);
  expect(await refusal(excel.changeTable(table, { collection: "price" }))).toContain(said);
  expect(excel.values("B2:D7")).toEqual(before);
  expect(excel.kept()).toMatchObject({ KAL_price: { query: { fields: ["code", "price"] } } });
});

it("is as it was where the query fails", async () => {
  const service = await startService();
  const excel = await openTables({ service });
  await excel.insertTable({ collection: "site", fields: ["importCode"], limit: 2 });
  const before = excel.values("A1:A3");
  const [table] = await excel.listTables("workbook");
  expect(await refusal(excel.changeTable(table!, { collection: "sites" }))).toContain(
    "KAL_COLLECTION_UNKNOWN",
  );
  expect(excel.values("A1:A3")).toEqual(before);
});

it("tells the time of its data, after a refresh too", async () => {
  const { answer, ...excel } = await openWithTable();
  answer.rows = [["a", 1]];
  expect(await excel.listTables("workbook")).toMatchObject([
    { name: "KAL_price", asOf: "2026-11-26T00:00:00Z" },
  ]);
  await excel.refreshTables("workbook");
  expect(await excel.listTables("sheet")).toMatchObject([{ asOf: "2026-11-26T00:00:00Z" }]);
});

it("becomes values: it stays as it is, and nothing refreshes it", async () => {
  const { answer, ...excel } = await openWithTable();
  excel.select("B3");
  await excel.press("convertSelection");
  expect(excel.question()).toEqual({ command: "convertSelection", formulas: 0, tables: 1 });
  await excel.press("allow");
  answer.rows = [["z", 9]];
  await excel.press("refreshWorkbook");
  expect(excel.values("B3:C3")).toEqual([["a", 1.459]]);
  expect(excel.tables()).toEqual({ KAL_price: "B2:C5" });
  expect(excel.kept()).toEqual({});
});
