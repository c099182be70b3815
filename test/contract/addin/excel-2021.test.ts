/**
 * Excel 2021 (perpetual licence): APIs that it does not claim are not called (office.js would throw), and dates are
 * plain numbers.
 */
import { describe, expect, it } from "vitest";
import { excel2021 } from "../../../src/workbench/excel-host/requirement-sets.ts";
import { createMemoryWorkbook } from "../../../src/workbench/excel-host/workbook.ts";
import { openCells } from "./cells.ts";
import { type FunctionId, openExcel, startService, valuesOf } from "./kal.ts";

const own = "(entityVariant=Own)";
const calls: readonly [FunctionId, ...unknown[]][] = [
  ["QUERY", "price", `${own}+(limit=3)`, "effectiveTime, price"],
  ["LOOKUP", "site", own, "name, createdOn", "importCode", "1001"],
  [
    "ASOF",
    "price",
    own,
    "price, effectiveTime",
    "site.importCode, product.product.name",
    "now",
    "1001",
    "Diesel",
  ],
  ["SUMMARY", "price", own, "day(effectiveTime)", "count, last(effectiveTime)"],
  ["MARKET", "1001", "Diesel"],
  ["FIELDS", "price", own],
  ["COLLECTIONS"],
  ["STATUS"],
  ["STATUS", "expirationTime"],
];

it.each(calls)("settles %s without data types", async (functionId, ...args) => {
  const service = await startService();
  const { call } = await openExcel({ service, requirementSets: excel2021 });
  const cells = await call(functionId, ...args);
  for (const cell of cells.flat()) expect(Object.keys(cell)).toEqual(["value"]);
  expect(valuesOf(cells).flat().length).toBeGreaterThan(0);
});

it("returns dates of queries and of the status as numbers near today’s", async () => {
  const service = await startService();
  const { call } = await openExcel({ service, requirementSets: excel2021 });
  const [[expires] = []] = valuesOf(await call("STATUS", "expirationTime"));
  const [[effective] = []] = valuesOf(await call("QUERY", "price", `${own}+(limit=1)`, "effectiveTime", 0));
  for (const serial of [expires, effective]) {
    expect(serial).toBeGreaterThan(40_000);
    expect(serial).toBeLessThan(60_000);
  }
});

it("runs every button of the ribbon", async () => {
  const service = await startService();
  const connections = [await service.connect({ environment: "sample" })];
  const excel = await openCells({ service, connections, requirementSets: excel2021 });
  excel.enter("B2", `=KAL.QUERY("site","${own}","importCode, name",0,3)`);
  excel.enter("F2", '=KAL.QUERY("prices")');
  await excel.settled();
  const press = async (command: string) => {
    excel.calculated.length = 0;
    await excel.press(command);
    await excel.settled();
    return excel.calculated.toSorted();
  };
  excel.select("C3");
  expect(await press("refreshSelection")).toEqual(["Sheet1!B2"]);
  expect(await press("refreshSheet")).toEqual(["Sheet1!B2", "Sheet1!F2"]);
  expect(await press("refreshWorkbook")).toEqual(["Sheet1!B2", "Sheet1!F2"]);
  expect(await press("retryFailed")).toEqual(["Sheet1!F2"]);
  const shown = excel.read("C3").value;
  excel.select("B2:C4");
  await press("convertSelection");
  expect(excel.read("C3")).toMatchObject({ value: shown, formula: shown });
  // The pane would have opened for a refusal; it also opens for a pause.
  expect(excel.host.paneVisible).toBe(false);
  await press("togglePause");
  expect(excel.host.paneVisible).toBe(true);
  expect(await press("togglePause")).toEqual(["Sheet1!F2"]);
});

describe("errors within a table, which it turns into one #VALUE! without text", () => {
  const behaviours = { errorsInMatrix: "wholeTable" } as const;
  const absent = createMemoryWorkbook({ "KAL.emptyValues": `"#N/A"` });
  const open = async () =>
    openExcel({ service: await startService(), requirementSets: excel2021, behaviours, workbook: absent });
  const words = [[expect.stringContaining("cannot show #N/A or another error within a table")]];

  it("are refused with a text", async () => {
    const { call } = await open();
    expect(valuesOf(await call("QUERY", "site", own, "importCode, address5"))).toEqual(words);
    const codes = [["1001"], ["no such code"]];
    expect(valuesOf(await call("LOOKUP", "site", own, "name", "importCode", codes))).toEqual(words);
  });

  it("are each shown in their own cell", async () => {
    const { call } = await open();
    const code = ["site", own, "name", "importCode", "no such code"];
    expect(valuesOf(await call("LOOKUP", ...code))).toEqual([[expect.stringMatching(/^#N.A No record/)]]);
    expect(valuesOf(await call("QUERY", "site", own, "address5", 0, 1))).toEqual([["#N/A "]]);
  });

  it("do not matter if there are none", async () => {
    const { call } = await open();
    const codes = [["1001"], ["1002"]];
    const names = valuesOf(await call("LOOKUP", "site", own, "importCode", "importCode", codes));
    expect(names).toEqual([["1001"], ["1002"]]);
  });
});
