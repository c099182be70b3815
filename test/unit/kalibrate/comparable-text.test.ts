import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparableText, trimInvisible } from "../../../src/kalibrate/comparable-text.ts";

const invisible = fc.constantFrom(
  ..." \t\r\n\0\u00A0\u00AD\u034F\u1680\u180E\u2003\u200B\u200C\u200D\u200E\u202A\u202E\u2028\u2060\u2066\u2800\u3000\u3164\uFE0F\uFEFF",
);
const ends = fc.array(invisible, { maxLength: 4 }).map((list) => list.join(""));
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom("CAFÉ", "Ærø", "Ǘ", "가", "Ω", "Å", "İstanbul", "ΑΘΗΝΑΣ"),
);

describe("comparableText", () => {
  it("is the same for every way to write the same characters, whatever invisible is around them", () => {
    fc.assert(
      fc.property(text, ends, ends, (written, before, after) => {
        const compared = comparableText(written);
        expect(comparableText(before + written.normalize("NFD") + after)).toBe(compared);
        expect(comparableText(before + written.normalize("NFC") + after)).toBe(compared);
        expect(comparableText(compared)).toBe(compared);
      }),
    );
  });

  it.each([
    ["CAFE\u0301", "café"],
    ["\u212B", "å"],
    ["\uFEFF\u00A04711\u200B", "4711"],
    ["Salt\u00ADburn", "salt\u00ADburn"],
    ["👨‍👩‍👧 \u200D", "👨‍👩‍👧"],
    ["\u200B\u00AD \u2800", ""],
    ["High\u00A0Street\u202F1", "high street 1"],
  ])("%j is %j", (written, compared) => expect(comparableText(written)).toBe(compared));

  it.each([
    ["m²", "m2"],
    ["①", "1"],
    ["ﬁ", "fi"],
    ["４７１１", "4711"],
    ["Straße", "Strasse"],
    ["a", "ä"],
    ["A B", "AB"],
  ])("%j is not %j", (left, right) => expect(comparableText(left)).not.toBe(comparableText(right)));
});

describe("trimInvisible", () => {
  it("takes any text, in time that grows with its length only", () => {
    const hostile = `a${"\u200B".repeat(500_000)}b`;
    expect(trimInvisible(` ${hostile} `)).toBe(hostile);
  });
});
