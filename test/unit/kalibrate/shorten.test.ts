import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText, shorten } from "../../../src/kalibrate/shorten.ts";

describe("cutText", () => {
  it.each([
    ["😀".repeat(40), 11, "😀".repeat(5)],
    ["👨‍👩‍👧👨‍👩‍👧", 9, "👨‍👩‍👧"],
    ["abe\u0301", 3, "ab"],
    ["ab👍🏽", 4, "ab"],
    ["🇳🇴🇸🇪", 6, "🇳🇴"],
    ["abc", 3, "abc"],
    ["a\r\nb", 2, "a"],
    [`a${"\u0301".repeat(100)}`, 90, `a${"\u0301".repeat(89)}`],
    [`a${"\u{1D185}".repeat(100)}`, 90, `a${"\u{1D185}".repeat(44)}`],
  ])("%j to %d is %j", (text, maxUnits, expected) => expect(cutText(text, maxUnits)).toBe(expected));

  it("gives a beginning that is not too long, and never half a character of two units", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(text, fc.nat({ max: 220 }), (whole, maxUnits) => {
        const beginning = cutText(whole, maxUnits);
        expect(whole.startsWith(beginning)).toBe(true);
        expect(beginning.length).toBeLessThanOrEqual(maxUnits);
        expect(beginning.length).toBeGreaterThanOrEqual(Math.min(whole.length, maxUnits - 64));
        expect(beginning).not.toMatch(/[\uD800-\uDBFF]$/);
      }),
    );
  });
});

describe("shorten", () => {
  it("marks what it has cut", () => {
    expect(shorten("x".repeat(60))).toBe("x".repeat(60));
    expect(shorten("😀".repeat(40), 7)).toBe("😀😀😀…");
  });
});
