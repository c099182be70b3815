import { expect, it } from "vitest";
import { isOneCall } from "../../../../../src/addin/runtime/workbook/kal-calls.ts";

it.each([
  ["=KAL.QUERY()", true],
  ['=KAL.QUERY("site",,"a)b",0)', true],
  [' = @KAL.LOOKUP("site","",A1:B2,"x",ROUND(C1,(2)))', true],
  ['=_xldudf_KAL_STATUS("state")', true],
  ["=KAL.QUERY('a (b'!A1)", true],
  ["=KAL.QUERY(T[[#This Row],[a)]])", true],
  ["=ROWS(KAL.QUERY())", false],
  ["=KAL.STATUS()&KAL.STATUS()", false],
  ["=KAL.LOOKUP(A1)*(2)", false],
  ["=(KAL.STATUS())", false],
  ["=SiteList", false],
  ["=OTHER.QUERY()", false],
  ["5", false],
  ["", false],
])("%s is one call: %s", (formula, is) => {
  expect(isOneCall(formula)).toBe(is);
});
