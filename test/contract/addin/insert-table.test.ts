/** Inserts queries as tables, through the real office.js. */
import { expect, it } from "vitest";
import { requestHeader } from "../../../src/kalibrate/gateway-api.ts";
import type { KalError } from "../../../src/kalibrate/errors.ts";
import { ApiError } from "../../../src/workbench/excel-host/api-object.ts";
import { startService } from "./kal.ts";
import { answerOf, type ExcelWithTables, networkWith, openTables } from "./tables.ts";

const prices = {
  collection: "price",
  query: "(entityVariant=Own)+(limit=5)",
  fields: ["site.importCode", "price", "effectiveTime"],
};

const columns = [
  { name: "code", label: "Code", type: "text" },
  { name: "price", label: "Price", type: "number" },
  { name: "since", label: "Since", type: "date" },
];
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, row) => [`00${row}`, row / 100, "2026-11-26"]);

/** A network that answers queries with this many invented rows. */
const invented = (count: number) => networkWith(() => Promise.resolve(answerOf(columns, rowsOf(count))));

/** Code and text of the error; "" for none. */
const failure = (work: Promise<unknown>) =>
  work.then(
    () => "",
    ({ code, message }: KalError) => `${code} ${message}`,
  );

function expectUntouched(excel: ExcelWithTables, used?: string) {
  expect(excel.used()).toBe(used);
  expect(excel.tables()).toEqual({});
  expect(excel.kept()).toEqual({});
}

it("writes texts, numbers and real dates at the selected cell, names the table and saves its query", async () => {
  const service = await startService();
  const excel = await openTables({ service });
  excel.select("B2");
  const progress: unknown[] = [];
  const made = await excel.insertTable(prices, {
    onProgress: (tableProgress) => progress.push(tableProgress),
  });
  expect(made).toEqual({ name: "KAL_price", address: "Sheet1!B2:D7", rows: 5 });
  const [headings, ...rows] = excel.values("B2:D7");
  expect(headings).toEqual(prices.fields);
  for (const [code, price, time] of rows) {
    expect(code).toMatch(/^\d{4}$/);
    expect(price).toBeTypeOf("number");
    expect(time).toBeGreaterThan(46_000);
  }
  expect(excel.read("C3").numberFormat).toBe("0.000");
  expect(excel.read("D3").numberFormat).toBe("yyyy-mm-dd hh:mm");
  expect(excel.used()).toBe("B2:D7");
  expect(excel.tables()).toEqual({ KAL_price: "B2:D7" });
  expect(progress).toEqual([
    { step: "reading", rows: 5 },
    { step: "writing", rows: 0, of: 5 },
    { step: "writing", rows: 5, of: 5 },
  ]);
  expect(excel.kept()).toMatchObject({ KAL_price: { query: prices } });
});

it("requests fixed dates but saves the query's relative ones, so that they move with the day", async () => {
  const service = await startService();
  const sent: unknown[] = [];
  const fetch = networkWith((body, send) => {
    sent.push(body);
    return send(body);
  });
  const excel = await openTables({ service, fetch });
  const query = "entityVariant=Competitor; effectiveTime>=today-7";
  const { rows } = await excel.insertTable({ collection: "price", query });
  expect(rows).toBeGreaterThan(0);
  expect(sent).toMatchObject([
    {
      query: expect.stringMatching(
        /^\(entityVariant=Competitor\)\+\(effectiveTime>=\d{4}-\d\d-\d\d\)$/,
      ) as string,
    },
  ]);
  expect(excel.kept()).toMatchObject({ KAL_price: { query: { query } } });
});

it("writes 50,000 rows in parts that Excel accepts, and reports progress", async () => {
  const service = await startService();
  const written: number[] = [];
  const excel = await openTables({
    service,
    fetch: invented(50_000),
    change: (model) => ({
      write(area, contents) {
        written.push(area.rows * area.columns);
        model.write(area, contents);
      },
    }),
  });
  const rows: number[] = [];
  const made = await excel.insertTable(
    { collection: "price" },
    {
      place: "Sheet1!C3",
      onProgress: (tableProgress) => tableProgress.step === "writing" && rows.push(tableProgress.rows),
    },
  );
  expect(made).toEqual({ name: "KAL_price", address: "Sheet1!C3:E50003", rows: 50_000 });
  expect(Math.max(...written)).toBeLessThanOrEqual(20_000);
  expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  expect(rows.at(-1)).toBe(50_000);
  expect(rows.length).toBeGreaterThan(7);
  expect(excel.values("C50003:E50003")).toEqual([["0049999", 499.99, 46352]]);
  expect(excel.kept()).toMatchObject({ KAL_price: { query: { fields: ["code", "price", "since"] } } });
});

it("leaves nothing behind when cancelled during or before the writing", async () => {
  const service = await startService();
  const excel = await openTables({ service, fetch: invented(20_000) });
  excel.enter("A1", "mine");
  for (const step of ["reading", "writing"]) {
    const cancel = new AbortController();
    let seen = 0;
    const inserting = excel.insertTable(
      { collection: "price" },
      {
        place: "Sheet1!B2",
        signal: cancel.signal,
        onProgress: (tableProgress) =>
          tableProgress.step === step && tableProgress.rows > 0 && ++seen === 2 && cancel.abort(),
      },
    );
    await expect(inserting).rejects.toThrow(/abort/i);
    expect(seen).toBe(2);
    expectUntouched(excel, "A1");
    expect(excel.read("D5").numberFormat).toBe("General");
  }
});

it.each([
  ["a part of the rows", "write", 3],
  ["the name of the table, which is there by then", "changeTable", 1],
] as const)("leaves nothing behind when Excel refuses %s", async (_, member, at) => {
  const service = await startService();
  let calls = 0;
  const excel = await openTables({
    service,
    fetch: invented(20_000),
    change: (model) => ({
      [member](...given: [never, never]) {
        calls += 1;
        if (calls === at) throw new ApiError("AccessDenied", "The sheet is protected.");
        model[member](...given);
      },
    }),
  });
  const failed = await failure(excel.insertTable({ collection: "price" }));
  expect(failed).toMatch(/KAL_EXCEL_REFUSED.*protected/);
  expectUntouched(excel);
});

it.each([
  ["a cell far below", "D9000", "mine", "Sheet1!D9000 is not empty."],
  ["a formula that shows nothing", "B2", '=OTHER("")', "Sheet1!B2 is not empty."],
])("is refused if %s is in the way, and changes nothing", async (_, address, content, text) => {
  const service = await startService();
  const excel = await openTables({ service, fetch: invented(9000) });
  excel.enter(address, content);
  await excel.settled();
  const failed = await failure(excel.insertTable({ collection: "price" }, { place: "Sheet1!B2" }));
  expect(failed).toBe(`KAL_NO_ROOM ${text}`);
  expectUntouched(excel, address);
});

it("is refused over another table, even if its cells are empty", async () => {
  const service = await startService();
  const excel = await openTables({ service });
  const area = { sheetId: "sheet-1", row: 4, column: 3, rows: 3, columns: 2 };
  excel.spreadsheet.addTable("Mine", area);
  const failed = await failure(excel.insertTable(prices, { place: "Sheet1!B2" }));
  expect(failed).toMatch(/KAL_NO_ROOM.*table Mine/);
  expect(excel.tables()).toEqual({ Mine: "D5:E7" });
});

it("is refused at the end of the sheet, before anything is written", async () => {
  const service = await startService();
  const excel = await openTables({ service, fetch: invented(10) });
  const end = (row: number, column: number) =>
    excel.spreadsheet.select({ sheetId: "sheet-1", row, column, rows: 1, columns: 1 });
  end(1_048_576 - 10, 0);
  expect(await failure(excel.insertTable({ collection: "price" }))).toMatch("KAL_TOO_LARGE");
  end(0, 16_384 - 2);
  expect(await failure(excel.insertTable({ collection: "price" }))).toMatch("KAL_TOO_LARGE");
  expectUntouched(excel);
  end(1_048_576 - 11, 16_384 - 3);
  expect(await excel.insertTable({ collection: "price" })).toMatchObject({ rows: 10 });
});

it.each([
  ["breaks off with the network", (bytes: Uint8Array) => cut(bytes, true), "KAL_OFFLINE"],
  ["ends without its count", (bytes: Uint8Array) => cut(bytes, false), "KAL_GATEWAY_INTERNAL"],
])("is not written when the answer %s", async (_, half, code) => {
  const service = await startService();
  const excel = await openTables({
    service,
    fetch: networkWith(async (body, send) => new Response(half(await (await send(body)).bytes()))),
  });
  expect(await failure(excel.insertTable(prices))).toMatch(code);
  expectUntouched(excel);
});

function cut(bytes: Uint8Array, breaks: boolean): ReadableStream {
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes.subarray(0, bytes.length - 20));
      if (breaks) controller.error(new TypeError("network error"));
      else controller.close();
    },
  });
}

it("is not written after the session has ended, and reports that", async () => {
  const service = await startService();
  const connection = await service.connect({ environment: "sample" });
  const excel = await openTables({ service, connections: [connection] });
  await fetch(`${service.origin}/api/v1/session`, {
    method: "DELETE",
    headers: { Authorization: `Bearer ${connection.ticket}`, [requestHeader.name]: requestHeader.value },
  });
  expect(await failure(excel.insertTable(prices))).toMatch("KAL_SESSION_ENDED");
  expectUntouched(excel);
});

it("gives two tables at once different names, and refuses a second one at the same cell", async () => {
  const service = await startService();
  const excel = await openTables({ service });
  const places = ["Sheet1!B2", "Sheet1!H2", "Sheet1!B2"];
  const made = await Promise.allSettled(places.map((place) => excel.insertTable(prices, { place })));
  expect(made.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(Object.keys(excel.tables())).toEqual(["KAL_price", "KAL_price_2"]);
  expect(Object.values(excel.tables()).toSorted()).toEqual(["B2:D7", "H2:J7"]);
  expect(Object.keys(excel.kept())).toEqual(["KAL_price", "KAL_price_2"]);
});

it("writes numbers as numbers into cells formatted as text, and inserts a table without rows", async () => {
  const service = await startService();
  const excel = await openTables({ service, fetch: invented(1) });
  const column = { sheetId: "sheet-1", row: 0, column: 1, rows: 9, columns: 1 };
  excel.spreadsheet.setNumberFormat(
    column,
    Array.from({ length: 9 }, () => ["@"]),
  );
  await excel.insertTable({ collection: "price" });
  expect(excel.values("A2:C2")).toEqual([["000", 0, 46352]]);
  expect(excel.read("B2").numberFormat).toBe("0.00");
  const none = await openTables({ service, fetch: invented(0) });
  expect(await none.insertTable({ collection: "price", headers: 2 })).toMatchObject({ rows: 0 });
  expect(none.values("A1:C2")).toEqual([
    ["Code", "Price", "Since"],
    ["", "", ""],
  ]);
});
