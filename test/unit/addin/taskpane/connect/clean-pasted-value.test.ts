import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanPastedValue } from "../../../../../src/addin/taskpane/connect/clean-pasted-value.ts";

describe("cleanPastedValue", () => {
  it.each([
    ["white space", "  a-value\t\r\n", "a-value"],
    ["a space that does not break", "\u00a0a-value\u00a0", "a-value"],
    ["zero-width characters", "\ufeffa\u200b-\u2060value\u200d", "a-value"],
    ["soft hyphens", "a\u00ad-value", "a-value"],
    ["direction marks", "\u202aa-value\u202c", "a-value"],
    ["quotation marks", '"a-value"', "a-value"],
    ["typographic quotation marks", "“a-value”", "a-value"],
    ["German quotation marks", "„a-value“", "a-value"],
    ["quotation marks inside others, with spaces", " ' “ a-value ” ' ", "a-value"],
    ["a line break inside", "api://one\r\ntwo", "api://one two"],
  ])("takes away %s", (_what, pasted, value) => {
    expect(cleanPastedValue(pasted)).toBe(value);
  });

  it.each(["", '"', "it's", 'a"b', "a~secret.with-signs_"])("leaves %s alone", (value) => {
    expect(cleanPastedValue(value)).toBe(value);
  });

  it("changes nothing the second time", () => {
    const messy = fc.string({ unit: fc.constantFrom('"', "'", "“", "”", " ", "\u200b", "\n", "a", "é") });
    fc.assert(
      fc.property(messy, (text) => {
        const once = cleanPastedValue(text);
        expect(cleanPastedValue(once)).toBe(once);
      }),
    );
  });
});
