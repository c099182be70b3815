import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Batch } from "../../../../../src/addin/runtime/requests/lookup-call.ts";
import { createSoughtValues } from "../../../../../src/addin/runtime/requests/sought-values.ts";
import { areEqualValues } from "../../../../../src/addin/runtime/requests/values-key.ts";

const value = fc.oneof(
  fc.constantFrom("", "5", "true", "a", "ab", "b"),
  fc.constantFrom(5, 0, 1.5),
  fc.boolean(),
);
const wanted = fc.record({
  field: fc.constantFrom("price", "name"),
  values: fc.array(value, { minLength: 2, maxLength: 2 }),
});

describe("sought values", () => {
  it("are one for equal wanted values, and only for those", () => {
    fc.assert(
      fc.property(wanted, wanted, (one, other) => {
        const sought = createSoughtValues();
        const isOne = sought.of(one) === sought.of(other);
        expect(isOne).toBe(one.field === other.field && areEqualValues(one.values, other.values));
      }),
    );
  });

  it("stay while they are under way, and are forgotten beyond 100,000 otherwise", () => {
    const sought = createSoughtValues();
    const at = (index: number) => ({ field: "price", values: ["site", index] });
    const underWay = sought.of(at(0));
    underWay.batch = {} as Batch;
    const found = sought.of(at(1));
    for (let index = 2; index < 99_999; index += 1) sought.of(at(index));
    sought.makeRoom();
    expect(sought.of(at(1))).toBe(found);
    sought.of(at(99_999));
    sought.makeRoom();
    expect(sought.of(at(0))).toBe(underWay);
    expect(sought.of(at(1))).not.toBe(found);
  });
});
