import fc from "fast-check";
import { expect, it } from "vitest";
import { areEqualValues, valuesKey } from "../../../../../src/addin/runtime/requests/values-key.ts";

/** Texts that could be mistaken for the key's own marks. */
const text = fc.oneof(fc.string(), fc.constantFrom("1:a", ";", "number 1;", "[1 ", "", "0", "null"));
const cell = fc.oneof(text, fc.integer(), fc.boolean(), fc.constantFrom(null, undefined));
const values = fc.oneof(cell, fc.array(fc.array(cell, { maxLength: 3 }), { maxLength: 3 }));
const lists = fc.array(values, { maxLength: 3 });

it("values have equal keys when they are equal, and only then", () => {
  fc.assert(
    fc.property(lists, lists, (left, right) => {
      expect(valuesKey(left) === valuesKey(right)).toBe(areEqualValues(left, right));
      expect(valuesKey(structuredClone(left))).toBe(valuesKey(left));
      expect(areEqualValues(left, structuredClone(left))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it.each([
  [
    ["a", "b"],
    ["ab", ""],
  ],
  [[1], ["1"]],
  [[null], [""]],
  [[["a"], ["b"]], [["a", "b"]]],
  [["3:abc"], ["abc"]],
])("%j is not %j", (left, right) => {
  expect(valuesKey(left)).not.toBe(valuesKey(right));
  expect(areEqualValues(left, right)).toBe(false);
});
