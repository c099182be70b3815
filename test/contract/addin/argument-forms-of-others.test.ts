/** All forms of arguments, for all functions except KAL.QUERY. */
import { describe, expect, it } from "vitest";
import type { Argument } from "../../../src/workbench/excel-host/arguments.ts";
import { ask, check, empty, error, own, type Row, say } from "./argument-forms.ts";

const lookup = (...values: Argument[]): Argument[] => ["site", own, "name", "a", ...values];
const entry = (...values: unknown[]) => ({
  connection: "sample",
  collection: "site",
  query: own,
  keys: ["a"],
  requests: [{ field: "name", values: values.map((value) => [value]) }],
});
const everything = { connection: "sample", collection: "site", keys: ["a"] };

check("LOOKUP", "/lookup", [
  ["a text", lookup(" x "), entry(" x ")],
  ["a number", lookup(123), entry(123)],
  ["a number as text", lookup("0123"), entry("0123")],
  ["a logical value", lookup(true), entry(true)],
  ["a value in a cell", lookup([["x"]]), entry("x")],
  [
    "a range, with blanks that are not looked for",
    lookup([["x"], [null], [""], [0], ["  "], [2]]),
    entry("x", 2),
  ],
  ["an error as value", lookup(error), "#REF!"],
  ["an error in a range", lookup([["x"], [error]]), "#REF!"],
  ...empty.map((argument): Row => [
    `no query: ${say(argument)}`,
    ["site", argument, "name", "a", "x"],
    { ...everything, requests: [{ field: "name", values: [["x"]] }] },
  ]),
  [
    "fields side by side, from cells",
    ["site", null, [["name", "town"]], "a", "x"],
    {
      ...everything,
      requests: [
        { field: "name", values: [["x"]] },
        { field: "town", values: [["x"]] },
      ],
    },
  ],
  [
    "keys from cells",
    ["site", null, "name", [["a"], ["b"]], "x", 2],
    { ...everything, keys: ["a", "b"], requests: [{ field: "name", values: [["x", 2]] }] },
  ],
  [
    "a column with a row, a grid",
    ["site", null, "name", "a,b", [["x"], ["y"]], [[1, 2]]],
    {
      ...everything,
      keys: ["a", "b"],
      requests: [
        {
          field: "name",
          values: [
            ["x", 1],
            ["x", 2],
            ["y", 1],
            ["y", 2],
          ],
        },
      ],
    },
  ],
  [
    "a range with a single value, which repeats",
    ["site", null, "name", "a,b", [["x"], ["y"]], 7],
    {
      ...everything,
      keys: ["a", "b"],
      requests: [
        {
          field: "name",
          values: [
            ["x", 7],
            ["y", 7],
          ],
        },
      ],
    },
  ],
  ["a collection that is left out", [null, own, "name", "a", "x"], "“collection” is missing"],
  ["a field that is left out", ["site", own, null, "a", "x"], "“field” is missing"],
  ["a number as field", ["site", own, 5, "a", "x"], "“5” in “field” cannot be the name of a field"],
  ["keys that are left out", ["site", own, "name", [[0]], "x"], "“keys” is missing"],
  ["more values than keys", lookup("x", "y"), "1 keys (a) but 2 values"],
]);

it.each(["", null, 0])("LOOKUP of the blank %j shows an empty text, and asks nobody", async (blank) => {
  expect(await ask("LOOKUP", lookup(blank))).toEqual({ asked: [], shows: [[""]] });
});

const ofSite = { connection: "sample", collection: "site" };
check("FIELDS", "/fields", [
  ["a collection", ["site"], ofSite],
  ["a collection with its connection", ["sample:site"], ofSite],
  ...empty.map((argument): Row => [`no query: ${say(argument)}`, ["site", argument], ofSite]),
  ["a query as text", ["site", own], { ...ofSite, query: own }],
  ["a query in cells", ["site", [["entityVariant", "=", "Own"]]], { ...ofSite, query: own }],
  ["no collection", [""], "“collection” is missing"],
  ["an error", ["site", error], "#REF!"],
]);

describe("STATUS", () => {
  it.each([
    [[], ["connection", "sample"]],
    [
      [null, null],
      ["connection", "sample"],
    ],
    [
      ["", ""],
      ["connection", "sample"],
    ],
    [[[[""]]], ["connection", "sample"]],
    [[" State "], ["connected"]],
    [[[["state"]]], ["connected"]],
    [["latency", "Sample"], [3]],
    [["audience"], [""]],
  ] as [Argument[], unknown[]][])("%j shows %j", async (args, row) => {
    const { asked, shows } = await ask("STATUS", args);
    expect(asked).toEqual([{ path: "/status", body: undefined }]);
    expect(shows[0]).toEqual(row);
  });

  it.each([
    [[1], "“1” is not a row"],
    [[true], "“TRUE” is not a row"],
    [["state", "elsewhere"], "“elsewhere” is not connected"],
    [[error], "#REF!"],
  ] as [Argument[], string][])("%j is refused", async (args, words) => {
    expect(await ask("STATUS", args)).toEqual({ asked: [], shows: [[expect.stringContaining(words)]] });
  });
});

it("COLLECTIONS takes nothing, and asks once", async () => {
  const { asked, shows } = await ask("COLLECTIONS", []);
  expect(asked).toEqual([{ path: "/catalogue", body: undefined }]);
  expect(shows).toEqual([
    ["collection", "variant"],
    ["site", "Own"],
  ]);
});
