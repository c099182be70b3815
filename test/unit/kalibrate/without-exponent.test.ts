import fc from "fast-check";
import { expect, it } from "vitest";
import { withoutExponent } from "../../../src/kalibrate/without-exponent.ts";

it.each([
  ["9007199254740993e1", "90071992547409930"],
  ["9.007199254740993E+16", "90071992547409930"],
  ["-1.5e-7", "-0.00000015"],
  ["1E400", `1${"0".repeat(400)}`],
  ["12.50e1", "125"],
  [".5E0", "0.5"],
  ["0e5", "0"],
])("%s is %s", (written, plain) => expect(withoutExponent(written)).toBe(plain));

it.each(["90071992547409931", "1.5", "", "e", "1e", "1e1.5", "1e9999", "x1e5"])("%j has none", (written) =>
  expect(withoutExponent(written)).toBeUndefined(),
);

it("is the same number", () => {
  const number = fc.double({ noDefaultInfinity: true, noNaN: true });
  fc.assert(
    fc.property(number, fc.integer({ min: 0, max: 20 }), (value, digits) => {
      const written = value.toExponential(digits);
      expect(Number(withoutExponent(written))).toBe(Number(written));
    }),
  );
});
