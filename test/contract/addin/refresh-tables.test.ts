/** Refreshes tables, through the real office.js. */
import { expect, it } from "vitest";
import { requestHeader } from "../../../src/kalibrate/gateway-api.ts";
import { ApiError } from "../../../src/workbench/excel-host/api-object.ts";
import { type CellsOptions } from "./cells.ts";
import { dataRequests, type Service, startService } from "./kal.ts";
import { answerOf, networkWith, openTables } from "./tables.ts";

const columns = [
  { name: "code", label: "Code", type: "text" },
  { name: "price", label: "Price", type: "number" },
  { name: "since", label: "Since", type: "date" },
];

/** A service whose answer the test can change. */
async function openWith(
  rows: unknown[][],
  options: Omit<CellsOptions, "service" | "fetch"> & { readonly service?: Service } = {},
) {
  const answer = { rows, asked: 0, fails: false };
  const network = networkWith((_, send) => {
    answer.asked += 1;
    if (answer.fails) return send({ collection: "nonsense" });
    return Promise.resolve(answerOf(columns, answer.rows));
  });
  const service = options.service ?? (await startService());
  const excel = await openTables({ ...options, service, fetch: network });
  await excel.insertTable({ collection: "price" }, { place: "Sheet1!B2" });
  return { ...excel, answer };
}

const rowsOf = (count: number, price = 1) =>
  Array.from({ length: count }, (_, row) => [`0${row}`, price + row, "2026-11-26"]);
const shown = (count: number, price = 1) =>
  Array.from({ length: count }, (_, row) => [`0${row}`, price + row, 46352]);

it("gets new rows from a real service when the ribbon’s Refresh runs the saved query", async () => {
  const service = await startService();
  const excel = await openTables({ service });
  const query = "(entityVariant=Own)+(limit=4)";
  await excel.insertTable({ collection: "site", query, fields: ["importCode", "name"] });
  const before = excel.values("A1:B5");
  excel.enter("B3", "typed over");
  service.simulator.clearRequests();
  await excel.press("refreshWorkbook");
  expect(excel.values("A1:B5")).toEqual(before);
  expect(dataRequests(service).length).toBeGreaterThan(0);
});

it("grows and shrinks, and empties the cells that it leaves", async () => {
  const excel = await openWith(rowsOf(3));
  excel.answer.rows = rowsOf(6, 10);
  expect(await excel.refreshTables("workbook")).toEqual([{ name: "KAL_price", rows: 6 }]);
  expect(excel.tables()).toEqual({ KAL_price: "B2:D8" });
  expect(excel.values("B3:D8")).toEqual(shown(6, 10));
  expect(excel.read("D8").numberFormat).toBe("yyyy-mm-dd");
  excel.answer.rows = rowsOf(2);
  await excel.refreshTables("workbook");
  expect(excel.tables()).toEqual({ KAL_price: "B2:D4" });
  expect(excel.values("B3:D4")).toEqual(shown(2));
  expect(excel.used()).toBe("B2:D4");
  excel.answer.rows = [];
  await excel.refreshTables("workbook");
  expect(excel.tables()).toEqual({ KAL_price: "B2:D3" });
  expect(excel.values("B3:D3")).toEqual([["", "", ""]]);
  excel.answer.rows = rowsOf(3);
  await excel.refreshTables("workbook");
  expect(excel.values("B3:D5")).toEqual(shown(3));
});

it("writes only the changed cells", async () => {
  const written: number[] = [];
  const excel = await openWith(rowsOf(3), {
    change: (model) => ({
      write(area, contents) {
        written.push(area.rows);
        model.write(area, contents);
      },
    }),
  });
  written.length = 0;
  await excel.refreshTables("workbook");
  expect(written).toEqual([]);
  excel.answer.rows = rowsOf(3, 2);
  await excel.refreshTables("workbook");
  expect(written).toEqual([3]);
});

it("is found after renaming, or by its name if its id has changed; then both are saved", async () => {
  const excel = await openWith(rowsOf(1));
  const { id } = excel.spreadsheet.tables()[0]!;
  excel.spreadsheet.changeTable(id, { name: "Prices" });
  excel.answer.rows = rowsOf(2);
  expect(await excel.refreshTables("workbook")).toEqual([{ name: "Prices", rows: 2 }]);
  expect(Object.keys(excel.kept())).toEqual(["Prices"]);
  // As when a workbook gets new table ids on opening.
  excel.spreadsheet.removeTable(id);
  const area = { sheetId: "sheet-1", row: 1, column: 1, rows: 3, columns: 3 };
  const other = excel.spreadsheet.addTable("Prices", area);
  excel.answer.rows = rowsOf(3);
  expect(await excel.refreshTables("workbook")).toEqual([{ name: "Prices", rows: 3 }]);
  expect(excel.kept()).toMatchObject({ Prices: { id: other } });
});

it("is never confused with a table that only has the same id", async () => {
  const excel = await openWith(rowsOf(1));
  const { id } = excel.spreadsheet.tables()[0]!;
  excel.spreadsheet.changeTable(id, { name: "Mine" });
  excel.enter("B2", "my");
  excel.enter("C2", "own");
  excel.enter("D2", "table");
  excel.answer.rows = rowsOf(2);
  expect(await excel.refreshTables("workbook")).toEqual([]);
  expect(excel.values("B2:D4")).toEqual([["my", "own", "table"], ...shown(1), ["", "", ""]]);
});

it("is not requested after it was deleted, and is requested again when undo restores it", async () => {
  const excel = await openWith(rowsOf(2));
  excel.spreadsheet.removeTable(excel.spreadsheet.tables()[0]!.id);
  excel.answer.asked = 0;
  expect(await excel.refreshTables("workbook")).toEqual([]);
  expect(excel.answer.asked).toBe(0);
  excel.spreadsheet.addTable("KAL_price", { sheetId: "sheet-1", row: 1, column: 1, rows: 3, columns: 3 });
  expect(await excel.refreshTables("workbook")).toEqual([{ name: "KAL_price", rows: 2 }]);
});

it("takes nothing from a deleted table with the same name", async () => {
  const excel = await openWith(rowsOf(2));
  const [deleted] = excel.spreadsheet.tables();
  excel.spreadsheet.removeTable(deleted!.id);
  await excel.insertTable({ collection: "site" }, { place: "Sheet1!H2" });
  const [table] = excel.spreadsheet.tables();
  excel.spreadsheet.changeTable(table!.id, { name: "KAL_price" });
  await excel.refreshTables("workbook");
  // As when a workbook gets new table ids on opening: only the name matches.
  excel.spreadsheet.removeTable(table!.id);
  excel.spreadsheet.addTable("KAL_price", table!.area);
  expect(await excel.refreshTables("workbook")).toMatchObject([{ name: "KAL_price" }]);
  expect(excel.kept()).toMatchObject({ KAL_price: { query: { collection: "site" } } });
  expect(
    Object.keys(excel.workbook.readSettings()).filter((key) => key.startsWith("KAL.table.")),
  ).toHaveLength(1);
});

it("keeps renamed, moved and added columns; a deleted one does not come back", async () => {
  const excel = await openWith(rowsOf(2));
  const { id } = excel.spreadsheet.tables()[0]!;
  // The date is now first, the price has another heading, the code is gone, and two columns are new.
  const mine = [
    ["since", "note", "What it costs", "margin"],
    [46352, "=mine", 1, "=C3*2"],
    [46352, "typed", 2, "=C4*2"],
  ];
  excel.spreadsheet.changeTable(id, { area: { sheetId: "sheet-1", row: 1, column: 1, rows: 3, columns: 4 } });
  excel.spreadsheet.write({ sheetId: "sheet-1", row: 1, column: 1, rows: 3, columns: 4 }, [
    ["since", "price", "code", "margin"],
    ...mine.slice(1),
  ]);
  excel.answer.rows = rowsOf(2, 5);
  await excel.refreshTables("workbook");
  await excel.settled();
  expect(excel.values("B2:D4")).toEqual([
    ["since", "price", "code"],
    [46352, 5, "00"],
    [46352, 6, "01"],
  ]);
  expect(excel.read("E4").formula).toBe("=C4*2");
  excel.enter("C2", "What it costs");
  excel.answer.rows = rowsOf(1, 7);
  excel.enter("E4", "typed");
  await excel.refreshTables("workbook");
  expect(excel.values("B2:D4")).toEqual([
    ["since", "What it costs", "code"],
    [46352, 7, "00"],
    ["", "", ""],
  ]);
  expect(excel.read("E3").formula).toBe("=C3*2");
  expect([excel.read("E4").value, excel.tables()]).toEqual(["typed", { KAL_price: "B2:E3" }]);
  // The table has lost its second column.
  excel.spreadsheet.write({ sheetId: "sheet-1", row: 1, column: 1, rows: 1, columns: 4 }, [
    ["since", "code", "margin", ""],
  ]);
  excel.spreadsheet.changeTable(id, { area: { sheetId: "sheet-1", row: 1, column: 1, rows: 2, columns: 3 } });
  await excel.refreshTables("workbook");
  expect(excel.kept()).toMatchObject({ KAL_price: { query: { fields: ["code", "since"] } } });
});

it("is refused if there is something below, which it names; the old rows are complete", async () => {
  const excel = await openWith(rowsOf(2));
  excel.enter("C7", "below");
  excel.answer.rows = rowsOf(5, 9);
  const grows = "Move it: the table KAL_price grows by 3 rows. Then refresh.";
  expect(await excel.refreshTables("workbook")).toMatchObject([
    { error: { code: "KAL_NO_ROOM", message: "Sheet1!C7 is not empty.", hint: grows } },
  ]);
  expect(excel.values("B3:D4")).toEqual(shown(2));
  expect(excel.tables()).toEqual({ KAL_price: "B2:D4" });
  excel.enter("C7", "");
  expect(await excel.retryFailedTables()).toEqual([{ name: "KAL_price", rows: 5 }]);
  expect(await excel.retryFailedTables()).toEqual([]);
});

it.each([
  ["grows", 9000],
  ["shrinks", 100],
])("keeps all its old rows if Excel refuses while it %s", async (_, count) => {
  const state = { refuses: false, refused: 0 };
  const excel = await openWith(rowsOf(8000), {
    change: (model) => ({
      write(area, contents) {
        // When it grows: in the rows below the table's old end.
        if (state.refuses && (count === 100 || area.row + area.rows > 8500)) {
          state.refuses = false;
          state.refused += 1;
          model.write({ ...area, rows: area.rows - 1 }, contents.slice(0, -1));
          throw new ApiError("AccessDenied", "The sheet is protected.");
        }
        model.write(area, contents);
      },
    }),
  });
  state.refuses = true;
  excel.answer.rows = rowsOf(count, 70);
  expect(await excel.refreshTables("workbook")).toMatchObject([{ error: { code: "KAL_EXCEL_REFUSED" } }]);
  expect(state.refused).toBe(1);
  expect(excel.values("B3:D8002")).toEqual(shown(8000));
  expect(excel.used()).toBe("B2:D8002");
  expect(excel.tables()).toEqual({ KAL_price: "B2:D8002" });
});

it("stays unchanged when the query fails or the session has ended; connecting again refreshes it", async () => {
  const service = await startService();
  const connection = await service.connect({ environment: "sample" });
  const excel = await openWith(rowsOf(2), { service, connections: [connection] });
  excel.answer.fails = true;
  excel.answer.rows = rowsOf(3, 4);
  await excel.press("refreshWorkbook");
  // The sheet has no place for a message.
  expect(excel.host.paneVisible).toBe(true);
  expect(excel.values("B3:D4")).toEqual(shown(2));
  await fetch(`${service.origin}/api/v1/session`, {
    method: "DELETE",
    headers: { Authorization: `Bearer ${connection.ticket}`, [requestHeader.name]: requestHeader.value },
  });
  expect(await excel.refreshTables("workbook")).toMatchObject([{ error: { code: "KAL_SESSION_ENDED" } }]);
  expect(await excel.refreshTables("workbook")).toMatchObject([{ error: { code: "KAL_NOT_CONNECTED" } }]);
  expect(excel.values("B3:D4")).toEqual(shown(2));
  excel.answer.fails = false;
  excel.connectElsewhere([await service.connect({ environment: "sample" })]);
  await expect.poll(() => excel.tables()).toEqual({ KAL_price: "B2:D5" });
});

it("is refreshed only in its scope, and once however often the button is pressed", async () => {
  const excel = await openWith(rowsOf(2));
  excel.spreadsheet.addSheet("Sheet2");
  await excel.insertTable({ collection: "price" }, { place: "Sheet2!A1" });
  excel.answer.asked = 0;
  excel.select("C3");
  const names = async (scope: "selection" | "sheet" | "workbook") =>
    (await excel.refreshTables(scope)).map(({ name }) => name);
  expect(await names("selection")).toEqual(["KAL_price"]);
  expect(await names("sheet")).toEqual(["KAL_price"]);
  excel.select("H9");
  expect(await names("selection")).toEqual([]);
  expect(excel.answer.asked).toBe(2);
  expect(await Promise.all([names("workbook"), names("workbook")])).toEqual([
    ["KAL_price", "KAL_price_2"],
    ["KAL_price", "KAL_price_2"],
  ]);
  expect(excel.answer.asked).toBe(4);
});

it("checks the saved queries: the workbook may come from anywhere", async () => {
  const excel = await openWith(rowsOf(2));
  const { KAL_price: kept } = excel.kept();
  const wrong = [
    null,
    1,
    {},
    { ...kept, query: null },
    { ...kept, headings: ["code"] },
    { ...kept, row: [1] },
    { ...kept, name: undefined },
  ];
  for (const one of [...wrong, "nonsense"]) {
    excel.workbook.writeSettings({ "KAL.table.1": JSON.stringify(one) });
    expect(await excel.refreshTables("workbook")).toEqual([]);
  }
});
