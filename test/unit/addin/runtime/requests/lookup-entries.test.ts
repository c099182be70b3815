import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Batch } from "../../../../../src/addin/runtime/requests/lookup-call.ts";
import { createLookupEntries } from "../../../../../src/addin/runtime/requests/lookup-entries.ts";
import { areEqualValues } from "../../../../../src/addin/runtime/requests/values-key.ts";

const value = fc.oneof(
  fc.constantFrom("", "5", "true", "a", "ab", "b"),
  fc.constantFrom(5, 0, 1.5),
  fc.boolean(),
);
const lookupKey = fc.record({
  field: fc.constantFrom("price", "name"),
  values: fc.array(value, { minLength: 2, maxLength: 2 }),
});

describe("lookup entries", () => {
  it("are shared by equal keys, and only by those", () => {
    fc.assert(
      fc.property(lookupKey, lookupKey, (left, right) => {
        const entry = createLookupEntries();
        const isOne = entry.of(left) === entry.of(right);
        expect(isOne).toBe(left.field === right.field && areEqualValues(left.values, right.values));
      }),
    );
  });

  it("stay while they are under way, and are forgotten beyond 100,000 otherwise", () => {
    const entry = createLookupEntries();
    const at = (index: number) => ({ field: "price", values: ["site", index] });
    const underWay = entry.of(at(0));
    underWay.batch = {} as Batch;
    const found = entry.of(at(1));
    for (let index = 2; index < 99_999; index += 1) entry.of(at(index));
    entry.makeRoom();
    expect(entry.of(at(1))).toBe(found);
    entry.of(at(99_999));
    entry.makeRoom();
    expect(entry.of(at(0))).toBe(underWay);
    expect(entry.of(at(1))).not.toBe(found);
  });
});
