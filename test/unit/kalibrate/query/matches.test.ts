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
  ["('Net x'>90071992547409931)", "90071992547409935"],
  ["('Net x'<=90071992547409931)", "90071992547409931"],
  ["('Net x'<90071992547409931.5)", 5],
  ["('Net x'>=1850-01-01)", "1860-01-01"],
  ["('Net x'=1850-06-01)", "1850-06-01T00:00:00"],
  ["('Net x'<0099-12-31)", "0098-01-01T10:00:00Z"],
  ["('Net x'<2026-01-01)", "1899-12-31"],
])("%s takes %j", (text, value) => expect(passes(text, value)).toBe(true));

it.each([
  ["('Net x'='Diesel (B7)')", "Diesel"],
  ["('Net x'=7)", "007"],
  ["('Net x'=5)", undefined],
  ["('Net x'>5)", undefined],
  ["('Net x'>5)", "high"],
  ["('Net x'>5)", 5],
  ["('Net x'!=b)", ["a", "B"]],
  ["('Net x'>90071992547409935)", "90071992547409931"],
  ["('Net x'=90071992547409931)", "90071992547409935"],
  ["('Net x'<2026-01-01)", "0001-01-01T00:00:00"],
  ["('Net x'>5)", "9".repeat(500)],
  ["('Net x'=constructor)", {}],
  ["(größe.constructor=5)", 5],
])("%s does not take %j", (text, value) => expect(passes(text, value)).toBe(false));
