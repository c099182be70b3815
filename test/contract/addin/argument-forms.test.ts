/** All forms in which Excel passes the arguments of KAL.QUERY, with the resulting request or error. */
import { expect, it } from "vitest";
import type { Argument } from "../../../src/workbench/excel-host/arguments.ts";
import { ask, check, empty, error, own, type Row, say } from "./argument-forms.ts";

const site = { connection: "sample", collection: "site", maxChars: 10_000_000 };
const query = (given: Argument): Argument[] => ["site", given];
const fields = (given: Argument): Argument[] => ["site", null, given];
const limit = (given: Argument): Argument[] => ["site", null, null, null, given];

check("QUERY", "/query", [
  ["a collection with blanks around", [" site "], site],
  ["a collection in a cell", [[["site"]]], site],
  ["a collection with its connection", ["SAMPLE : site"], site],
  ["a collection that is a number", [1250], { ...site, collection: "1250" }],
  ["a collection that is a logical value", [true], { ...site, collection: "TRUE" }],
  ["no collection", [""], "“collection” is missing"],
  ["a blank collection", [null, own], "“collection” is missing"],
  ["an error as collection", [error], "#REF!"],

  ...empty.map((argument): Row => [`no query: ${say(argument)}`, query(argument), site]),
  ["a query as text", query(own), { ...site, query: own }],
  ["a query in a cell", query([[own]]), { ...site, query: own }],
  ["a query of two columns", query([["entityVariant", "Own"]]), { ...site, query: own }],
  [
    "a query of three columns, with number, logical value, date and rows that are left empty",
    query([
      ["price", ">", 1.5],
      ["isActive", "=", true],
      ["effectiveTime", ">=", 46_000],
      ["name", "=", ""],
      ["name", "=", null],
      [null, null, null],
      ["importCode", null, "0012"],
    ]),
    { ...site, query: "(price>1.5)+(isActive=true)+(effectiveTime>=46000)+(importCode=0012)" },
  ],
  ["a query with 0 for an empty cell", query([["price", "=", 0]]), "row 1: the value of “price” is 0"],
  ["a query of one column", query([[own], [own]]), "row 1: a query in cells has columns for property"],
  ["a number as query", query(5), "position 1"],
  ["a logical value as query", query(true), "KAL_QUERY_INVALID"],
  ["an error in a query", query([["price", "=", error]]), "#REF!"],

  ...empty.map((argument): Row => [`no fields: ${say(argument)}`, fields(argument), site]),
  [
    "fields as text",
    fields(" name, brand.name;postCode "),
    { ...site, fields: ["name", "brand.name", "postCode"] },
  ],
  ["fields in a row", fields([["name", "", "town"]]), { ...site, fields: ["name", "town"] }],
  ["fields in a column", fields([["name"], [null], [0], ["a, b"]]), { ...site, fields: ["name", "a", "b"] }],
  ["a number as field", fields(7), { ...site, fields: ["7"] }],
  ["an error among fields", fields([["name", error]]), "#REF!"],

  ...[null, 0, false].map((item): Row => [`no limit: ${say(item)}`, limit(item), site]),
  ["a limit", limit(5), { ...site, limit: 5 }],
  ["a limit as text", limit("5"), { ...site, limit: 5 }],
  ["a limit in a cell", limit([[5]]), { ...site, limit: 5 }],
  ["TRUE as limit", limit(true), { ...site, limit: 1 }],
  ["a limit below 0", limit(-1), "“limit” must be a whole number"],
  ["a limit that is no whole number", limit(1.5), "“limit” must be a whole number"],
  ["a limit beyond what the Data API knows", limit(1e9), "“limit” must be a whole number"],
  ["words as limit", limit("all"), "“limit” must be a whole number"],
  ["headings that there are none of", ["site", null, null, 3], "“headers” must be 0"],
  ["words as headings", ["site", null, null, "names"], "“headers” must be 0"],
  ["half a heading", ["site", null, null, 0.5], "“headers” must be 0"],
]);

it.each([
  [null, [["a"], ["x"]]],
  [0, [["x"]]],
  [false, [["x"]]],
  ["1", [["a"], ["x"]]],
  [true, [["a"], ["x"]]],
  [" ", [["a"], ["x"]]],
  [[[2]], [["Label"], ["x"]]],
] as const)("headers %j show %j", async (headers, cells) => {
  expect((await ask("QUERY", ["site", null, null, headers])).shows).toEqual(cells);
});
