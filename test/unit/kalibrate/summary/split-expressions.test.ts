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
  expect(splitExpressions(text)).toEqual(expressions);
});
