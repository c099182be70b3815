import { describe, expect, it } from "vitest";
import { createCallCounter } from "../../../../../src/addin/runtime/workbook/kal-calls.ts";

const call = 'KAL.QUERY("site")';

/** Names of a workbook Book1.xlsx with the sheets Sheet1, Prices and North & South. */
const names = [
  { name: "SiteList", formula: `=${call}` },
  { name: "Alias", formula: "=SORT(SiteList)" },
  { name: "AliasOfAlias", formula: "=Book1.xlsx!Alias" },
  { name: "SiteOf", formula: '=LAMBDA(code,[field],KAL.LOOKUP("site","",field,"importCode",code))' },
  { name: "Local", formula: `=${call}`, sheet: "Prices" },
  { name: "Both", formula: "=Sheet1!$A$1" },
  { name: "Both", formula: `=${call}`, sheet: "Prices" },
  { name: "Quoted", formula: `=${call}`, sheet: "North & South" },
  { name: "ByScope", formula: "=Both" },
  { name: "Label", formula: '="KAL.QUERY(""site"")"' },
  { name: "Itself", formula: `=Itself+${call}` },
  { name: "Plain", formula: "=Sheet1!$B$2:$D$9" },
  { name: "Twice", formula: `=SiteList&${call}` },
];
const count = createCallCounter({
  names,
  sheets: ["Sheet1", "Prices", "North & South"],
  fileName: "Book1.xlsx",
});

describe("calls of our functions in a formula", () => {
  it.each([
    [`=${call}`, 1],
    [`=@kal.query("site")`, 1],
    [`=IFERROR(${call},KAL.STATUS ("state"))`, 2],
    ["=_xldudf_KAL_QUERY(A1)", 1],
    ["='https://d/Book.xlsx'!_xldudf_KAL_QUERY(A1)", 1],
    ["='C:\\[add]in'!_xldudf_KAL_QUERY(A1)", 1],
    ["=KAL.QUERY", 0],
    ["=MYKAL.QUERY(1)", 0],
    ["=OTHER.KAL.QUERY(1)", 0],
    ['="KAL.QUERY("', 0],
    ["='KAL.QUERY(a)'!$A$1", 0],
    ["='it''s KAL.QUERY(a)'!$A$1+KAL.QUERY(1)", 1],
    ['=LEN("say ""KAL.QUERY(1)""")', 0],
  ])("by itself: %s has %i", (formula, calls) => {
    expect(count(formula, "Sheet1")).toBe(calls);
  });

  it.each([
    ["=SiteList", 1],
    ["=sitelist", 1],
    ["=ROWS(SiteList)", 1],
    ["=ROWS(SiteList )-SiteList", 2],
    ["=AliasOfAlias", 1],
    ["=Book1.xlsx!SiteList", 1],
    ["='Book1.xlsx'!SiteList", 1],
    ["=Sheet1!SiteList", 1],
    ["=Prices!SiteList", 1],
    ['=SiteOf("1001")', 1],
    ['=SiteOf(INDEX(SiteList,1,1),"name")', 2],
    ["=MAP(A1:A9,SiteOf)", 1],
    ["=[@price]*ROWS(SiteList)", 1],
    ["=SUM(Table1[SiteList])", 0],
    ["=SUM(Table1[[#This Row],[SiteList]])", 0],
    ["=[Other.xlsx]Sheet1!SiteList", 0],
    ["='[Other.xlsx]Sheet1'!SiteList", 0],
    ["=Other.xlsx!SiteList", 0],
    ["=Both", 0],
    ["=Prices!Both", 1],
    ["=ByScope", 0],
    ["=Local", 0],
    ["='North & South'!Quoted", 1],
    ["=Label", 0],
    ["=Itself", 1],
    ["=Plain", 0],
    ["=Twice&Twice", 4],
    ['="SiteList"', 0],
    ["=MySiteList+SiteList2+_SiteList", 0],
    ["=SiteList.Rows", 0],
    ["=1E5+A1:B2+'SiteList'!A1", 0],
  ])("behind names: %s has %i", (formula, calls) => {
    expect(count(formula, "Sheet1")).toBe(calls);
  });

  it.each([
    ["=Local", 1],
    ["=Both", 1],
    ["=Book1.xlsx!Both", 0],
    ["=ByScope", 1],
    ["=SiteList", 1],
  ])("on the sheet of a name: %s has %i", (formula, calls) => {
    expect(count(formula, "Prices")).toBe(calls);
  });

  it.each([
    ["=LET(s,SiteList,ROWS(s))", 1],
    ["=LET(SiteList,5,SiteList+1)", 0],
    ["=LET(SiteList,SiteList,ROWS(SiteList))", 1],
    ["=LET(SiteList,5,2)+SiteList", 1],
    ["=LET(a,1,SiteList,2,a+SiteList)", 0],
    ["=LET(a,SUM(1,SiteList),a)", 1],
    ["=LAMBDA(SiteList,SiteList+1)(3)", 0],
    ["=LAMBDA([SiteList],SiteList)(3)", 0],
    ["=LAMBDA(x,x+ROWS(SiteList))(3)", 1],
    ["=LET(SiteOf,LAMBDA(x,x),SiteOf(1))", 0],
    [`=LET(f,LAMBDA(x,${call}),f(1))`, 1],
    ["=SUM({1,2},SiteList)", 1],
  ])("where LET and LAMBDA define names: %s has %i", (formula, calls) => {
    expect(count(formula, "Sheet1")).toBe(calls);
  });

  it("reads any text to its end", () => {
    for (const text of ["=", '="KAL.', "='KAL.QUERY(", "=KAL.QUERY(((", "=)]}KAL.QUERY(", "=[[KAL.QUERY("]) {
      expect(count(text, "Sheet1")).toBeTypeOf("number");
    }
  });
});
