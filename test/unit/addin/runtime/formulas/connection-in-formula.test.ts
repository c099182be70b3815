import fc from "fast-check";
import { expect, it } from "vitest";
import { replaceConnection } from "../../../../../src/addin/runtime/formulas/connection-in-formula.ts";

const replace = (formula: string) => replaceConnection(formula, "Test", "production");

it.each([
  ['=KAL.QUERY("test:price")', '=KAL.QUERY("production:price")'],
  ['=KAL.QUERY( "TEST : price" ,A1)', '=KAL.QUERY( "production: price" ,A1)'],
  [
    '=IFERROR(KAL.LOOKUP("test:site","","a","b",A1),0)',
    '=IFERROR(KAL.LOOKUP("production:site","","a","b",A1),0)',
  ],
  [
    '=KAL.QUERY("test:price")&KAL.FIELDS("test:site")',
    '=KAL.QUERY("production:price")&KAL.FIELDS("production:site")',
  ],
  ['=KAL.STATUS("state","test")', '=KAL.STATUS("state","production")'],
  ['=KAL.MARKET(A1,,,,"test")', '=KAL.MARKET(A1,,,,"production")'],
  ['=_xldudf_KAL_QUERY("test:price")', '=_xldudf_KAL_QUERY("production:price")'],
  ['=LAMBDA(site,KAL.QUERY("test:"&"price"))', '=LAMBDA(site,KAL.QUERY("production:price"))'],
])("%s becomes %s", (formula, expected) => {
  expect(replace(formula)).toBe(expected);
});

it.each([
  '=KAL.QUERY("price")',
  '=KAL.QUERY("tester:price")',
  '=KAL.QUERY("site","(name=test:x)")',
  '=KAL.QUERY(A1&":price")',
  '=KAL.STATUS("test")',
  '=OTHER("test:price")',
  '="KAL.QUERY(""test:price"")"',
  '=KAL.QUERY("test:price"',
  "test:price",
])("%s stays as it is", (formula) => {
  expect(replace(formula)).toBe(formula);
});

it("back again is as before, whatever the names are", () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
  fc.assert(
    fc.property(name, name, (from, to) => {
      const formula = `=KAL.QUERY("${from}:price","(a=""b"")")+KAL.STATUS("state","${from}")`;
      const there = replaceConnection(formula, from, to);
      expect(there).toContain(`"${to}:price"`);
      expect(replaceConnection(there, to, from)).toBe(formula);
    }),
  );
});
