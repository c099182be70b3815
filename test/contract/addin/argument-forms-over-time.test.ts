/**
 * The same for the functions of answers over time.
 */
import { expect } from "vitest";
import type { Argument } from "../../../src/workbench/excel-host/arguments.ts";
import { check, empty, error, own, type Row, say } from "./argument-forms.ts";

const connection = "sample";
const maxChars = expect.any(Number) as number;
/** The analyst's clock, with its offset. */
const now = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/) as string;

const asOf = (moment: Argument, ...values: Argument[]): Argument[] => [
  "price",
  own,
  "price",
  "a",
  moment,
  ...values,
];
const entry = (values: unknown[], moments: unknown[]) => ({
  connection,
  collection: "price",
  query: own,
  keys: ["a"],
  requests: [{ field: "price", values: values.map((value) => [value]), moments }],
});

check("ASOF", "/as-of", [
  ["a date as text", asOf("2026-11-20", "x"), entry(["x"], ["2026-11-20"])],
  ["a date-time as text", asOf("2026-11-20 08:30", "x"), entry(["x"], ["2026-11-20T08:30:00"])],
  ["a date in a cell", asOf([[46346]], "x"), entry(["x"], ["2026-11-20"])],
  ["a date-time in a cell", asOf(46346.25, "x"), entry(["x"], ["2026-11-20T06:00:00"])],
  [
    "a column of keys with a row of moments, a grid",
    asOf([["2026-11-20", "2026-11-21"]], [["x"], ["y"]]),
    entry(["x", "x", "y", "y"], ["2026-11-20", "2026-11-21", "2026-11-20", "2026-11-21"]),
  ],
  [
    "moments with blanks, which are not asked for",
    asOf([["2026-11-20"], [null], [""]], "x"),
    entry(["x"], ["2026-11-20"]),
  ],
  ["a moment that is none", asOf("next week", "x"), "moment: expected"],
  ["a date in another form", asOf("20/11/2026", "x"), "moment: expected"],
  ["an error as value", asOf("2026-11-20", error), "#REF!"],
  ["more values than keys", asOf("2026-11-20", "x", "y"), "1 keys (a) but 2 values"],
]);

const summary = (...args: Argument[]): Argument[] => ["price", own, ...args];
const groups = { connection, collection: "price", query: own, by: ["a"], measures: ["count"], now, maxChars };

check("SUMMARY", "/summary", [
  ["texts", summary("a", "count"), groups],
  [
    "several in one text, which the service divides",
    summary("a, day(b)", "count, avg(c)"),
    { ...groups, by: ["a, day(b)"], measures: ["count, avg(c)"] },
  ],
  [
    "cells",
    summary([["a"], [null], ["b"]], [["count", "avg(c)"]]),
    { ...groups, by: ["a", "b"], measures: ["count", "avg(c)"] },
  ],
  ...empty.map((argument): Row => [
    `no groups: ${say(argument)}`,
    summary(argument, "count"),
    { ...groups, by: [] },
  ]),
  ["a limit", summary("a", "count", 1, 5), { ...groups, limit: 5 }],
  ["a limit that is none", summary("a", "count", 1, -5), "“limit” must be"],
  ["headers that are none", summary("a", "count", 3), "“headers” must be"],
  ["no collection", [null, own, "a", "count"], "“collection” is missing"],
  ["an error", summary("a", error), "#REF!"],
]);

const market = { connection, sites: ["1001"], products: [], now };

check("MARKET", "/market", [
  ["a text", ["1001"], market],
  ["a number", [1001], market],
  ["cells with blanks", [[["1001"], [null], [1002], [""], [0]]], { ...market, sites: ["1001", "1002"] }],
  ["products", ["1001", [["UNL", "Diesel"]]], { ...market, products: ["UNL", "Diesel"] }],
  ...empty.map((argument): Row => [`no product: ${say(argument)}`, ["1001", argument], market]),
  ...empty.map((argument): Row => [`no moment: ${say(argument)}`, ["1001", null, argument], market]),
  ["a moment in a cell", ["1001", null, [[46346.25]]], { ...market, moment: "2026-11-20T06:00:00" }],
  ["a moment that is none", ["1001", null, "soon"], "moment: expected"],
  ["several moments", ["1001", null, [[46346, 46347]]], "not a range"],
  ["another connection", ["1001", null, null, 1, "elsewhere"], "“elsewhere” is not connected"],
  ["its own connection", ["1001", null, null, 1, "Sample"], market],
  ["no site", [[[null]]], "“site” is missing"],
  ["an error", [error], "#REF!"],
]);
