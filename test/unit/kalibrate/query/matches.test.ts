import { expect, it } from "vitest";
import { readDocument } from "../../../../src/kalibrate/documents/document.ts";
import { matcher } from "../../../../src/kalibrate/query/matches.ts";
import { parseQuery } from "../../../../src/kalibrate/query/parse.ts";

const passes = (text: string, x: unknown) => {
  const document = readDocument({ id: { entityVariant: "Own" }, data: { "Net x": x, größe: { "a.b": x } } })!;
  return parseQuery(text).every((clause) => matcher(clause)(document));
};

it.each([
  ["('Net x'='Diesel (B7)')", " diesel (b7)"],
  ["('Net x'=5)", 5],
  ["('Net x'=5.0)", 5],
  ["('Net x'=true)", true],
  ["('Net x'!=5)", 6],
  ["('Net x'!=5)", null],
  ["('Net x'@='(B')", "Diesel (b7)"],
  ["('Net x'>1.4)", 1.45],
  ["('Net x'<=1.4)", "1.40"],
  ["('Net x'>=2026-11-20)", "2026-11-20T00:00:00"],
  ["('Net x'=2026-11-20)", "2026-11-20T00:00:00"],
  ["('Net x'=b)", ["a", "B"]],
  ["(größe.'a.b'=5)", 5],
  ["('Net x'=CAFÉ)", "cafe\u0301"],
])("%s takes %j", (text, value) => expect(passes(text, value)).toBe(true));

it.each([
  ["('Net x'='Diesel (B7)')", "Diesel"],
  ["('Net x'=7)", "007"],
  ["('Net x'=5)", undefined],
  ["('Net x'>5)", undefined],
  ["('Net x'>5)", "high"],
  ["('Net x'>5)", 5],
  ["('Net x'!=b)", ["a", "B"]],
  ["('Net x'=constructor)", {}],
  ["(größe.constructor=5)", 5],
])("%s does not take %j", (text, value) => expect(passes(text, value)).toBe(false));
