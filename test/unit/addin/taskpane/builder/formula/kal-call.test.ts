import fc from "fast-check";
import { describe, expect, it } from "vitest";
import metadata from "../../../../../contract/addin/functions.json" with { type: "json" };
import {
  type Argument,
  type Call,
  findKalCalls,
  readCalls,
  writeFormula,
} from "../../../../../../src/addin/taskpane/builder/formula/kal-call.ts";
import {
  type FunctionName,
  functions,
  type KalFunction,
  type Values,
} from "../../../../../../src/addin/taskpane/builder/formula/functions.ts";

const trimmed = fc.string({ unit: "grapheme" }).map((text) => text.trim());

/** Whatever Excel calculates, with everything in it that could end an argument. */
const expression = fc.constantFrom(
  "A1:C4",
  "$A$1",
  "Sheet2!B2#",
  "'a, (b)'!A1",
  'A1&",)"',
  '"(price>"&B1&")"',
  'TEXT(A1,"0,0")',
  "Table1[[#All],[a, b)]]",
  '{TRUE,"b)"}',
  "(A1,B1)",
  "Name",
);

const argument = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Argument<Value>> =>
  fc.oneof(
    { weight: 3, arbitrary: value.map((value) => ({ value: value })) },
    { weight: 1, arbitrary: expression.map((value) => ({ expression: value })) },
  );

const field = fc.stringMatching(/^[A-Za-z_][\w.]{0,20}$/);
const expressions = fc.array(
  fc.oneof(
    field,
    field.map((path) => `avg(${path})`),
    fc.constantFrom("count", "day('Net, price')"),
  ),
);

const text = trimmed.filter((value) => value !== "" && value.length < 200);
const list = fc.array(text, { maxLength: 4 });

/** The values of each parameter. */
const values: { readonly [Name in keyof Values]: fc.Arbitrary<Argument<Values[Name]>> } = {
  collection: argument(fc.oneof(trimmed, fc.constantFrom("price", "sandpit:reference/Brand"))),
  query: argument(
    fc.oneof(
      trimmed,
      trimmed.map((text) => `(name@=${text.repeat(50)})`),
    ),
  ),
  fields: argument(fc.array(field)),
  headers: argument(fc.constantFrom(0, 1, 2)),
  limit: argument(fc.nat(999_999_999)),
  by: argument(expressions),
  measures: argument(expressions),
  keys: argument(fc.array(field)),
  moment: argument(fc.constantFrom("", "now", "2026-11-20")),
  site: argument(list),
  product: argument(list),
  connection: argument(fc.constantFrom("", "sandpit")),
};

const names = Object.keys(functions) as FunctionName[];

const callOf = (name: FunctionName): fc.Arbitrary<Call> => {
  const { parameters, repeats }: KalFunction = functions[name];
  const args = fc.record(Object.fromEntries(parameters.map((parameter) => [parameter, values[parameter]])));
  const searched = fc.array(argument(list), { maxLength: 3 });
  return fc
    .tuple(args, searched)
    .map(([given, found]): Call => ({ name, args: given, ...(repeats && { values: found }) }));
};

const anyCall = fc.constantFrom(...names).chain(callOf);

/** Formulas that a call may stand in. */
const surroundings = fc.constantFrom(
  (call: string) => `=${call}`,
  (call: string) => `=IFERROR(${call},"KAL.QUERY(1)")`,
  (call: string) => `=LET(x, ${call},\n FILTER(x,INDEX(x,,2)="(a,"))`,
  (call: string) => `=VSTACK('it''s (KAL.QUERY('!A1, ${call}, Table1[a'],(b])`,
  (call: string) => `=@SUM({1,2;3,4},(${call}))%`,
);

const only = (formula: string) => {
  const found = readCalls(formula);
  expect(found).toHaveLength(1);
  return found[0]!;
};

const limited = (call: Call, limit: number): Call => ({
  ...call,
  args: { ...call.args, limit: { value: limit } },
});

describe("a call in a formula", () => {
  it.each(names)("has the parameters that Excel knows of %s", (name) => {
    const known = metadata.functions.find(({ id }) => id === name)!.parameters;
    const { parameters, required, repeats }: KalFunction = functions[name];
    const single = known.filter((parameter) => !("repeating" in parameter));
    expect(single.length < known.length).toBe(repeats === true);
    // Where the builder takes several, its name is the plural.
    expect(parameters.map((parameter, at) => parameter.startsWith(single[at]!.name))).toEqual(
      single.map(() => true),
    );
    expect(single.filter((parameter) => !("optional" in parameter))).toHaveLength(required);
  });

  it("loses nothing from the arguments to the formula and back", () => {
    fc.assert(
      fc.property(anyCall, (call) => {
        expect(only(writeFormula(call)).call).toEqual(call);
      }),
    );
  });

  it("leaves everything around it as it is, and itself where nothing changes", () => {
    fc.assert(
      fc.property(anyCall, anyCall, surroundings, (call, other, surround) => {
        const formula = surround(writeFormula(call).slice(1));
        const original = only(formula);
        expect(writeFormula(call, original)).toBe(formula);
        const changed = writeFormula(other, original);
        expect(only(changed).call).toEqual(other);
        const before = formula.slice(0, original.span.start);
        const after = formula.slice(original.span.end);
        expect(changed.startsWith(before) && changed.endsWith(after)).toBe(true);
      }),
    );
  });

  it("writes only the arguments that have changed", () => {
    const formula = '=KAL.QUERY( "price" , "entityVariant = Own" ,A1:A3, TRUE ,,)'.replace(",,)", ",5)");
    const original = only(formula);
    expect(original.call.args).toEqual({
      collection: { value: "price" },
      query: { value: "entityVariant = Own" },
      fields: { expression: "A1:A3" },
      headers: { value: 1 },
      limit: { value: 5 },
    });
    expect(writeFormula(limited(original.call, 7), original)).toBe(
      '=KAL.QUERY( "price" , "entityVariant = Own" ,A1:A3, TRUE ,7)',
    );
  });

  it.each([
    ['=KAL.QUERY("price")', { collection: { value: "price" } }],
    ['=kal.query("price",,"")', { fields: { value: [] } }],
    ['=KAL.QUERY("price",,"a;b, c",,)', { fields: { value: ["a", "b", "c"] }, limit: { value: 0 } }],
    ['=KAL.QUERY("price",,,"2")', { headers: { value: 2 } }],
    ['=KAL.QUERY("price",,,3)', { headers: { expression: "3" } }],
    ['=KAL.QUERY("price",,,,-1)', { limit: { expression: "-1" } }],
    ["=KAL.QUERY(A1,5)", { collection: { expression: "A1" }, query: { expression: "5" } }],
    ["=KAL.QUERY()", { collection: { value: "" } }],
  ])("reads %s", (formula, expected) => {
    expect(only(formula).call.args).toMatchObject(expected);
  });

  it("leaves out what is omitted at the end", () => {
    const call = only('=KAL.QUERY("price")').call;
    expect(writeFormula(call)).toBe('=KAL.QUERY("price")');
    expect(writeFormula(limited(call, 5))).toBe('=KAL.QUERY("price",,,,5)');
  });

  it("writes what Excel requires, and another function in the place of one", () => {
    const totals: Call = {
      name: "SUMMARY",
      args: { collection: { value: "site" }, measures: { value: ["count"] } },
    };
    expect(writeFormula(totals)).toBe('=KAL.SUMMARY("site","","","count")');
    const rows = only('=SUM(KAL.QUERY( "site" ,,"latitude"))');
    expect(writeFormula(totals, rows)).toBe('=SUM(KAL.SUMMARY("site","","","count"))');
  });

  it("reads what a lookup searches for, and several values of a market", () => {
    const lookup = '=KAL.ASOF("price","","price","site.importCode, product.name","now",$A2, 1001)';
    const original = only(lookup);
    expect(original.call.values).toEqual([{ expression: "$A2" }, { value: ["1001"] }]);
    expect(writeFormula(original.call, original)).toBe(lookup);
    const market = only('=KAL.MARKET({"1001","1002";"a ""b"" {c}",7},,A1)').call;
    expect(market.args).toMatchObject({ site: { value: ["1001", "1002", 'a "b" {c}', "7"] } });
    expect(writeFormula(market)).toBe('=KAL.MARKET({"1001","1002","a ""b"" {c}","7"},,A1)');
  });

  it("gives a function that Excel had lost its name again", () => {
    const original = only('=_xldudf_KAL_QUERY("price")');
    expect(writeFormula(limited(original.call, 5), original)).toBe('=KAL.QUERY("price",,,,5)');
  });

  it("takes no other function for it", () => {
    expect(readCalls('=MYKAL.QUERY("price")+KAL.STATUS("state")+"KAL.QUERY(1)"')).toEqual([]);
    expect(readCalls("=KAL.QUERY(1,2,3,4,5,6)")).toEqual([]);
    expect(findKalCalls('=KAL.LOOKUP("price")&kal.status()').map(({ name }) => name)).toEqual([
      "LOOKUP",
      "STATUS",
    ]);
  });

  it("finds each of several", () => {
    const formula = '=VSTACK(KAL.QUERY("price"),KAL.QUERY("site"))';
    const [, second] = readCalls(formula);
    expect(writeFormula(limited(second!.call, 1), second)).toBe(
      '=VSTACK(KAL.QUERY("price"),KAL.QUERY("site",,,,1))',
    );
  });
});
