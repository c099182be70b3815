import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moveFormula } from "../../../../../src/addin/runtime/formulas/move-formula.ts";

describe("a formula copied to another cell", () => {
  it.each([
    ["=$A2", 3, 1, "=$A5"],
    ["=B$1", 3, 1, "=C$1"],
    ["=$F$1", 3, 1, "=$F$1"],
    ["=SUM(A1:Z9)", 1, 1, "=SUM(B2:AA10)"],
    ["='A1''s B2'!C3&\"C3\"", 1, 0, "='A1''s B2'!C4&\"C3\""],
    ["=Sheet1!A1+Table1[A1]", 1, 0, "=Sheet1!A2+Table1[A1]"],
    ["=A1B+LOG10(2)+Rate2024.A1+KAL.QUERY(1)", 1, 1, "=A1B+LOG10(2)+Rate2024.A1+KAL.QUERY(1)"],
    ["=A1", -1, 0, "=#REF!"],
  ])("%s, %i down and %i right", (formula, rows, columns, expected) => {
    expect(moveFormula(formula, rows, columns)).toBe(expected);
  });

  it("comes back unchanged", () => {
    const name = fc.tuple(
      fc.constantFrom("", "$"),
      fc.constantFrom("C", "AZ", "XFA"),
      fc.constantFrom("", "$"),
    );
    const reference = name.chain(([c, column, r]) =>
      fc.integer({ min: 50, max: 9999 }).map((row) => `${c}${column}${r}${row}`),
    );
    const formula = fc.array(reference, { minLength: 1 }).map((all) => `=KAL.LOOKUP("A1",${all.join(",")})`);
    const step = fc.integer({ min: -2, max: 2 });
    fc.assert(
      fc.property(formula, step, step, (text, rows, columns) => {
        expect(moveFormula(moveFormula(text, rows, columns), -rows, -columns)).toBe(text);
      }),
    );
  });
});
