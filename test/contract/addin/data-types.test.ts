/**
 * Arguments with data types, which Excel passes because functions.json allows it: our own dates and other people's
 * cards come back as objects.
 */
import { describe, expect, it } from "vitest";
import type { Argument, DataType, ScalarArgument } from "../../../src/workbench/excel-host/arguments.ts";
import { excel2021 } from "../../../src/workbench/excel-host/requirement-sets.ts";
import { publicCase } from "../../support/public-cases.ts";
import { ask, check, own } from "./argument-forms.ts";
import { openCells } from "./cells.ts";
import { openExcel, startService, valuesOf } from "./kal.ts";

const date: DataType = { type: "Double", basicValue: 46_000, numberFormat: "yyyy-mm-dd" };
const card = (text: string): DataType => ({
  type: "Entity",
  basicType: "Error",
  basicValue: "#VALUE!",
  text,
  properties: {},
});
const picture: DataType = {
  type: "WebImage",
  basicType: "Error",
  basicValue: "#VALUE!",
  address: "https://a",
};

/** Alone and in a one-cell range: Excel passes both as rows if the parameter takes a range. */
const forms = (value: ScalarArgument): Argument[] => [value, [[value]]];
const site = { connection: "sample", collection: "site" };
const maxChars = 10_000_000;
const entry = (...values: unknown[]) => ({
  ...site,
  query: own,
  keys: ["a"],
  requests: [{ field: "name", values: values.map((value) => [value]) }],
});

check("QUERY", "/query", [
  [
    "a date of our own in a filter",
    ["site", [["effectiveTime", ">=", date]]],
    { ...site, query: "(effectiveTime>=46000)", maxChars },
  ],
  [
    "cards as property, operator and value",
    ["site", [[card("name"), card("="), card("Shell")]]],
    { ...site, query: "(name=Shell)", maxChars },
  ],
  ["a card as query", ["site", card(own)], { ...site, query: own, maxChars }],
  [
    "cards as fields",
    ["site", null, [[card("name"), "town"]]],
    { ...site, fields: ["name", "town"], maxChars },
  ],
  [
    "a formatted number as limit",
    ["site", null, null, null, { ...date, basicValue: 5 }],
    { ...site, limit: 5, maxChars },
  ],
  ["a picture in a query", ["site", [["name", "=", picture]]], "data type without a value (WebImage)"],
  ["a card as collection, which Excel converts", [card("site")], "#VALUE!"],
]);

check("LOOKUP", "/lookup", [
  ...forms(date).map((value) => ["a date as key", ["site", own, "name", "a", value], entry(46_000)] as const),
  ...forms(card("Shell")).map(
    (value) => ["a card as key", ["site", own, "name", "a", value], entry("Shell")] as const,
  ),
  [
    "a range of keys with dates, cards and blanks",
    ["site", own, "name", "a", [[date], [card("x")], [null], [card("")], [7]]],
    entry(46_000, "x", 7),
  ],
  ["cards as field and keys", ["site", own, card("name"), card("a"), "x"], entry("x")],
  ["a picture as key", ["site", own, "name", "a", picture], "data type without a value (WebImage)"],
]);

check("FIELDS", "/fields", [["a card as query", ["site", card(own)], { ...site, query: own }]]);

describe("STATUS", () => {
  it("takes only texts, so Excel converts a formatted number to text", async () => {
    const { shows } = await ask("STATUS", [date]);
    expect(shows[0]![0]).toContain("“46000” is not a row of KAL.STATUS");
  });
});

publicCase("B1", async () => {
  const excel = await openCells({ service: await startService() });
  await excel.host.ready;
  excel.enter("A2", '=KAL.QUERY("price","(entityVariant=Own)","entityId, effectiveTime, price",0,2)');
  await excel.settled();
  // By now B2 and B3 are formatted numbers.
  const rows = { D2: ["effectiveTime", "=", "=B2"], D3: ["entityId", "=", "=A2"] };
  for (const [address, [property, operator, value]] of Object.entries(rows)) {
    const row = address.slice(1);
    excel.enter(`D${row}`, property!);
    excel.enter(`E${row}`, operator!);
    excel.enter(`F${row}`, value!);
  }
  await excel.settled();
  const lookup = (row: number) =>
    `=KAL.LOOKUP("price","(entityVariant=Own)","price","entityId, effectiveTime",A${row},B${row})`;
  excel.enter("H2", '=KAL.QUERY("price",D2:F3,"price",0)');
  excel.enter("H3", lookup(2));
  excel.enter("H4", lookup(3));
  await excel.settled();
  const isPriceOf = (row: number, address: string) =>
    excel.read(address).value === excel.read(`C${row}`).value ? "its price" : excel.read(address).text;
  return `filter: ${isPriceOf(2, "H2")}; key: ${isPriceOf(2, "H3")}; key in the cell below: ${isPriceOf(3, "H4")}`;
});

it("fails only the cell with an unreadable argument in a batch", async () => {
  const { host } = await openExcel({ service: await startService() });
  const cell = (value: Argument) => ({
    functionId: "LOOKUP",
    args: ["site", own, "importCode", "importCode", value],
  });
  const calls = host.invokeAll([cell("1001"), cell(picture), cell([["1002", picture]]), cell(card("1003"))]);
  const shown = await Promise.all(calls.map(async ({ result }) => valuesOf(await result)[0]![0]));
  expect(shown[0]).toBe("1001");
  expect(shown[1]).toContain("(WebImage)");
  expect(shown[2]).toBe("1002");
  expect(shown[3]).toBe("1003");
});

it("accepts plain values from an Excel without data types", async () => {
  const excel = await openExcel({ service: await startService(), requirementSets: excel2021 });
  const rows = await excel.call("QUERY", "price", [["effectiveTime", ">=", date]], "effectiveTime", 0, 1);
  expect(valuesOf(rows)[0]![0]).toEqual(expect.any(Number));
});

describe.each(["null", "zero", "emptyObject"] as const)("an empty cell handed over as %s", (emptyCells) => {
  const asked = async (functionId: "QUERY" | "LOOKUP", args: readonly Argument[]) =>
    (await ask(functionId, args, { emptyCells })).asked.map(({ body }) => body);

  it("counts as no query, no field and no key", async () => {
    expect(await asked("QUERY", ["site", [[null]], [[null, "name"]]])).toEqual([
      { ...site, fields: ["name"], maxChars },
    ]);
    expect(await asked("LOOKUP", ["site", own, "name", "a", [["x"], [null]]])).toEqual([entry("x")]);
    expect(await asked("LOOKUP", ["site", own, "name", "a", [[null]]])).toEqual([]);
  });

  it("is skipped as the value of a filter, or refused if it may be a 0", async () => {
    const { asked: requests, shows } = await ask("QUERY", ["site", [["price", "=", null]]], { emptyCells });
    if (emptyCells === "zero") expect(shows[0]![0]).toContain("is 0 or an empty cell");
    else expect(requests.map(({ body }) => body)).toEqual([{ ...site, maxChars }]);
  });
});

it("refuses an error in a range by its name, whether Excel calls or not", async () => {
  const args = ["site", [["name", "=", "x"], ["a", "=", { error: "#REF!" }]]] as const; // prettier-ignore
  expect((await ask("QUERY", args)).shows).toEqual([["#REF! "]]);
  const passed = await ask("QUERY", args, { errorsInRanges: "passed" });
  expect(passed.asked).toEqual([]);
  expect(passed.shows[0]![0]).toContain("A cell among the arguments shows #REF!.");
});
