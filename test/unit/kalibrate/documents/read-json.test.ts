import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteLongNumbers, readJson } from "../../../../src/kalibrate/documents/read-json.ts";

/** A JSON text with the value that it must be read as. */
type Written = readonly [json: string, value: unknown];

const digits = (minLength: number, maxLength: number) =>
  fc.stringMatching(new RegExp(`^[1-9]\\d{${minLength - 1},${maxLength - 1}}$`));
const sign = fc.constantFrom("", "-");
const blank = fc.constantFrom("", " ", "\n\t");

const longInteger = fc
  .tuple(sign, digits(16, 40), fc.constantFrom("", ".0", ".000"))
  .map(([minus, whole, zeros]): Written => [`${minus}${whole}${zeros}`, `${minus}${whole}`]);
const longDecimal = fc
  .tuple(sign, digits(16, 40), digits(1, 20))
  .map(([minus, whole, decimals]): Written => [
    `${minus}${whole}.${decimals}`,
    `${minus}${whole}.${decimals}`,
  ]);
/**
 * Numbers with more than 15 digits, some of which a double would lose, written as 9.007199254740993E+16 or
 * 9007199254740993e1.
 */
const longWithExponent = fc
  .tuple(sign, digits(15, 19), fc.integer({ min: 0, max: 10 }), fc.boolean(), fc.constantFrom("e", "E+"))
  .map(([minus, start, zeros, isNormal, e]): Written => {
    const whole = `${start}7`;
    const value = `${minus}${whole}${"0".repeat(zeros)}`;
    if (!isNormal) return [`${minus}${whole}${e}${zeros}`, value];
    return [`${minus}${whole[0]}.${whole.slice(1)}${e}${zeros + whole.length - 1}`, value];
  });
const number = fc
  .oneof(
    fc.tuple(sign, digits(1, 15), fc.constantFrom("", ".1", ".4590000000000000001", ".00000000000000000000")),
    fc.tuple(sign, fc.constantFrom("0", "0.1234567890123456789"), fc.constantFrom("", "e5", "E-400")),
    fc.tuple(sign, digits(1, 15), fc.constantFrom("e0", "E+16", ".5e-3", "e400")),
    fc.tuple(sign, digits(16, 20), fc.constantFrom(".5e-7", "e+40", "E400")),
  )
  .map(([minus, whole, rest]): Written => [`${minus}${whole}${rest}`, Number(`${minus}${whole}${rest}`)]);
const text = fc
  .oneof(
    fc.string({ unit: "binary" }),
    digits(16, 20),
    fc.constantFrom('":1234567890123456,', "\\", '\\"', '[1234567890123456,"'),
  )
  .map((value): Written => [JSON.stringify(value), value]);
const other = fc.constantFrom<Written>(["true", true], ["false", false], ["null", null]);

const { value: written } = fc.letrec<{ value: Written }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    longInteger,
    longDecimal,
    longWithExponent,
    number,
    text,
    other,
    fc
      .tuple(fc.array(tie("value"), { maxLength: 4 }), blank)
      .map(([items, space]): Written => [
        `[${space}${items.map(([json]) => json).join(`${space},${space}`)}${space}]`,
        items.map(([, value]) => value),
      ]),
    fc
      .tuple(fc.dictionary(fc.oneof(fc.string(), digits(16, 18)), tie("value"), { maxKeys: 4 }), blank)
      .map(([members, space]): Written => [
        `{${Object.entries(members)
          .map(([name, [json]]) => `${space}${JSON.stringify(name)}${space}:${space}${json}`)
          .join(",")}${space}}`,
        Object.fromEntries(Object.entries(members).map(([name, [, value]]) => [name, value])),
      ]),
  ),
}));

describe("readJson", () => {
  it("keeps the digits of long numbers, and reads everything else as JSON.parse does", () => {
    fc.assert(
      fc.property(written, ([json, value]) => {
        expect(readJson(`[${json}]`)).toEqual([value]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['{"id":90071992547409931}', { id: "90071992547409931" }],
    ['{"id":-90071992547409935}', { id: "-90071992547409935" }],
    ["[999999999999999,1000000000000000]", [999999999999999, "1000000000000000"]],
    ['["90071992547409931", "a\\"1:90071992547409931"]', ["90071992547409931", 'a"1:90071992547409931']],
    ["[1.4590000000000001, 0.10000000000000000555]", [1.4590000000000001, 0.1]],
    ["[-0, 1E5, 1e400, -1e400]", [-0, 100_000, Infinity, -Infinity]],
    ["[9007199254740993e1, 9.007199254740993E+16]", ["90071992547409930", "90071992547409930"]],
    ["[1e15, 1.5E+20, 1.7976931348623157E+308]", [1e15, 1.5e20, Number.MAX_VALUE]],
  ])("reads %s", (json, value) => expect(readJson(json)).toEqual(value));

  it.each(["{1234567890123456:1}", "[0000000000000000012]", "[1234567890123456 7]", "[1234567890123456.]"])(
    "refuses %s, which is no JSON",
    (json) => expect(() => readJson(json)).toThrow(SyntaxError),
  );

  it("takes any text without failing, and time that grows with its length only", () => {
    const hostile = ["\\".repeat(1_000_000), '"', '\\"'.repeat(500_000), " 1234567890123456".repeat(50_000)];
    for (const text of hostile)
      expect(quoteLongNumbers(`${text},1234567890123456`)).toContain(text.slice(0, 1));
  });
});

it("finds a number of 16 digits at any place, however much is around it", () => {
  for (let before = 0; before < 40; before += 1) {
    for (let after = 0; after < 20; after += 1) {
      const texts = [" ".repeat(before), " ".repeat(after)] as const;
      expect(readJson(`${texts[0]}[1234567890123456]${texts[1]}`)).toEqual(["1234567890123456"]);
      expect(readJson(`${texts[0]}[123456789012345]${texts[1]}`)).toEqual([123456789012345]);
    }
  }
});
