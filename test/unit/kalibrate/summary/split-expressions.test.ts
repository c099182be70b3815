import { expect, it } from "vitest";
import { splitExpressions } from "../../../../src/kalibrate/summary/split-expressions.ts";

it.each([
  ["site.brand.name, day(effectiveTime)", ["site.brand.name", "day(effectiveTime)"]],
  [
    "count;avg('Net Price; old'),\nsum('a, ''b'', c')",
    ["count", "avg('Net Price; old')", "sum('a, ''b'', c')"],
  ],
  ["Net Price', count", ["Net Price'", "count"]],
  [" , ;\n", []],
  ["", []],
])("divides %j", (text, expressions) => {
  const pieces = splitExpressions(text);
  expect(pieces.map((piece) => piece.text)).toEqual(expressions);
  for (const piece of pieces) expect(text.startsWith(piece.text, piece.start)).toBe(true);
});
