import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainArgument, plainArguments } from "../../../../src/addin/functions/plain-arguments.ts";

const date = { type: "Double", basicValue: 46_356.46, numberFormat: "yyyy-mm-dd hh:mm" };
const card = { type: "Entity", basicType: "Error", basicValue: "#VALUE!", text: "Shell", properties: {} };

describe("an argument that is a data type", () => {
  it.each([
    [date, 46_356.46],
    [{ ...date, type: "FormattedNumber" }, 46_356.46],
    [{ type: "String", basicType: "String", basicValue: "0012", properties: {} }, "0012"],
    [{ type: "Boolean", basicType: "Boolean", basicValue: false }, false],
    [card, "Shell"],
    [{ ...card, type: "LinkedEntity", text: "" }, ""],
    [{ type: "Empty", basicType: "Empty", basicValue: "" }, null],
  ])("%j is read as %j", (given, value) => {
    expect(plainArgument(given)).toEqual(value);
    expect(plainArgument([["a", given], [given]])).toEqual([["a", value], [value]]);
  });

  it.each([
    [{ type: "Error", basicType: "Error", basicValue: "#N/A", errorType: "NotAvailable" }, "shows #N/A"],
    [{ valueType: "CustomFunctionError", code: "#REF!" }, "shows #REF!"],
    [{ type: "WebImage", basicType: "Error", basicValue: "#VALUE!", altText: "a picture" }, "(WebImage)"],
    [{ type: "Array", basicType: "Error", basicValue: "#VALUE!", elements: [[date]] }, "(Array)"],
    [{}, "(unknown)"],
  ])("%j is refused: %s", (given, words) => {
    for (const one of [given, [[1, given]]]) expect(() => plainArgument(one)).toThrow(words);
  });

  it("without any, an argument is the very same: nothing is copied for thousands of cells", () => {
    const plain = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(
        fc.oneof(plain, fc.array(fc.array(plain.filter((item) => !Number.isNaN(item))))),
        (given) => {
          expect(plainArgument(given)).toBe(given);
          const all = { collection: "site", given };
          if (!Number.isNaN(given)) expect(plainArguments(all)).toBe(all);
        },
      ),
    );
  });

  it("leaves what was handed over as it was", () => {
    const given = { query: [["since", ">=", date]], limit: 5 };
    expect(plainArguments(given)).toEqual({ query: [["since", ">=", 46_356.46]], limit: 5 });
    expect(given.query[0]![2]).toBe(date);
  });
});
