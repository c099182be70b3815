import { describe, expect, it } from "vitest";
import { wantedCount } from "../../../../src/kalibrate/query/clauses.ts";
import { canBeSent, encodeQuery, formatQuery } from "../../../../src/kalibrate/query/format.ts";
import { parseQuery } from "../../../../src/kalibrate/query/parse.ts";
import { vendorSamples } from "./vendor-samples.ts";

const plain = (text: string) => formatQuery(parseQuery(text));

/** Further examples from the vendor's documentation and Excel template. */
const documented = [
  "(entityVariant=Own)",
  "(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=1)",
  "(limit=0)",
];

describe("parseQuery", () => {
  it.each(vendorSamples)("the vendor's $name comes back byte for byte", ({ query }) => {
    expect(plain(query)).toBe(query);
    // Python's requests and Power Query encode only the angle bracket.
    expect(encodeQuery(parseQuery(query))).toBe(query.replace(">", "%3E"));
  });

  it.each(documented)("%s comes back byte for byte", (text) => expect(plain(text)).toBe(text));

  it.each(["", "  ", "+", ";\n"])("%j selects everything", (text) => expect(parseQuery(text)).toEqual([]));

  it("records each clause's position", () => {
    expect(parseQuery("( entityVariant=Own); price > 1.4 and(limit=5)")).toEqual([
      { property: "entityVariant", operator: "=", value: "Own", position: 3 },
      { property: "price", operator: ">", value: "1.4", position: 23 },
      { property: "limit", operator: "=", value: "5", position: 39 },
    ]);
  });

  it.each([
    [
      "( entityVariant = Own ) (limit=5)\n+(name @= High Street)",
      "(entityVariant=Own)+(limit=5)+(name@=High Street)",
    ],
    ["(ORDERBY=price)+(Direction=Descending)+(Limit=3)", "(orderBy=price)+(direction=descending)+(limit=3)"],
    ["orderBy=price; direction=desc", "(orderBy=price)+(direction=descending)"],
    ["entityVariant=Own", "(entityVariant=Own)"],
    [
      "entityVariant=Own + price>1.4; active=TRUE\nlimit=5;",
      "(entityVariant=Own)+(price>1.4)+(active=TRUE)+(limit=5)",
    ],
    ["entityVariant=Own and price<>1.4 AND (limit=5)", "(entityVariant=Own)+(price!=1.4)+(limit=5)"],
    ["(entityVariant=Own)and(price>1.4)", "(entityVariant=Own)+(price>1.4)"],
    ["(entityVariant=Own and price>1.4; limit=5)", "(entityVariant=Own)+(price>1.4)+(limit=5)"],
    ["name=Salt and Pepper + Co and limit=5", "(name=Salt and Pepper + Co)+(limit=5)"],
    ["(name=A+B)+(code=95+)", "(name=A+B)+(code=95+)"],
    ["name=\"95+\"; town='Stoke; on Trent'", "(name=95+)+(town=Stoke; on Trent)"],
    ['(name="The ""Crown""")', '(name=The "Crown")'],
    ["name=“High Street”; limit=1", "(name=High Street)+(limit=1)"],
    ["town='s-Hertogenbosch; name=O'Brien", "(town='''s-Hertogenbosch')+(name=O'Brien)"],
    ["order=5; android=1; oracle=2", "(order=5)+(android=1)+(oracle=2)"],
    ["effectiveTime>=2026-11-20 16:00", "(effectiveTime>=2026-11-20 16:00)"],
    ["(createdOn>=2026-11-20T16:00:00.000+01:00)", "(createdOn>=2026-11-20T16:00:00.000+01:00)"],
    ["(name=2026-11-20 16:00)", "(name=2026-11-20 16:00)"],
    ["(effectiveTime>=46347)+(price>1E-07)+(price>−5)", "(effectiveTime>=46347)+(price>1E-07)+(price>−5)"],
    ["größe=5; pump-count>3; ürünAdı=x", "(größe=5)+(pump-count>3)+(ürünAdı=x)"],
    ["'1st'=Own", "('1st'=Own)"],
    ["('Net Price'>1)+(site.'Code (old)'=x)", "('Net Price'>1)+(site.'Code (old)'=x)"],
    ["‘Net Price’ > 1", "('Net Price'>1)"],
    ["('price'>1)+('a''b'=1)", "(price>1)+('a''b'=1)"],
    ["('limit'=7)+(limit=5)", "('limit'=7)+(limit=5)"],
    ["orderBy='Net Price'; direction=desc", "(orderBy='Net Price')+(direction=descending)"],
    ["(name='Diesel (B7)')", "(name='Diesel (B7)')"],
    ["name=\"A (B)\"; code='x and b=1'", "(name='A (B)')+(code='x and b=1')"],
    ["name=„High Street“; town=«Nice»", "(name=High Street)+(town=Nice)"],
    ["name=High\u00a0Street", "(name=High Street)"],
    ["prices[0]=1", "(prices.0=1)"],
    ["effectiveTime>=Today - 7 and createdOn < now-12H", "(effectiveTime>=today-7)+(createdOn<now-12h)"],
    ["name=today", "(name=today)"],
  ])("%j is %s", (text, expected) => expect(plain(text)).toBe(expected));

  it.each([
    ["Own", 4, "an operator (< > = <= >= @= != in, not in), found the end of the text"],
    ["(entityVariant=Own", 19, "a closing parenthesis for the one at 1"],
    ["(entityVariant=Own)(limit=5", 28, "a closing parenthesis for the one at 20"],
    ["(entityVariant Own)", 16, "an operator"],
    ["(entityVariant!Own)", 15, "an operator"],
    ["(entityVariant=)", 16, "a value for “entityVariant”"],
    ["(entityVariant==Own)", 16, "a value for “entityVariant”"],
    ['(entityVariant="")', 16, "a value for “entityVariant”"],
    ["(=Own)", 2, "the name of a property"],
    ["( 1st=Own)", 3, "the name of a property"],
    ["( -=Own)", 3, "the name of a property"],
    ["(''=Own)", 2, "the name of a property"],
    ["(name=a=b)", 8, "quotation marks around the value"],
    ["entityVariant=Own&limit=5", 24, "“+” before the next clause"],
    ["（entityVariant=Own）", 1, "the name of a property"],
    ["()", 2, "the name of a property"],
    ["entityVariant=Own)", 18, "an opening parenthesis before this closing one"],
    ["(limit=-1)", 8, "a whole number"],
    ["(limit=ten)", 8, "a whole number"],
    ["(limit>5)", 7, "“=” after “limit”"],
    ["(direction=up)", 12, "“ascending” or “descending”"],
    ["(orderBy=a b)", 10, "the name of a property"],
    ["(limit=1)+(limit=2)", 12, "only one “limit”"],
    ["(a=1)-(b=2)", 6, "the name of a property"],
    ["(a=1) and ", 11, "a clause after “and”"],
    ["a=1 +", 6, "a clause after “+”"],
    ["entityVariant = Own and", 24, "a clause after “and”"],
    ["entityVariant = Own or", 23, "a clause after “or”"],
    ["entityVariant=Own limit=5", 19, "“+” before the next clause"],
    ["(entityVariant=Own limit=5)", 20, "“+” before the next clause"],
    ["name=A;B", 9, "an operator"],
    ['name="A', 8, "a closing quotation mark for the one at 6"],
    ['name="A" B', 10, "the next clause after the quotation mark"],
    ["(name=A\nB)", 7, "a value in one line"],
    ["(price>1,4)", 8, "(write 1.4)"],
    ["(price>1,579)", 8, "(write 1.579 or 1579)"],
    ["(price>1 234,5)", 8, "(write 1234.5)"],
    ["(price>1.234.567,8)", 8, "(write 1234567.8)"],
    ["(price>cheap)", 8, "a number such as 1.4 or a date"],
    ["(effectiveTime>=20/11/2026)", 17, "(write 2026-11-20)"],
    ["(effectiveTime>=20.11.2026 6:05)", 17, "(write 2026-11-20T06:05)"],
    ["(effectiveTime>=05/11/2026)", 17, "(write 2026-11-05 or 2026-05-11)"],
    ["(effectiveTime>=2026-02-30)", 17, "a date that exists"],
    ["(effectiveTime>=31/11/2026)", 17, "a date such as 2026-11-20, or today"],
    ["(a=1) or (b=2)", 7, "no “or”"],
    ["a=1 or b=2", 5, "no “or”"],
    ["(name=A (B))", 9, "a parenthesis inside a clause"],
    ["name=A (B)", 8, "a parenthesis inside a clause"],
    ["((a=1)+(b=2))", 2, "the name of a property"],
  ])("%j: position %i", (text, position, expected) => {
    const problem = catching(() => parseQuery(text));
    expect(problem).toMatchObject({ code: "KAL_QUERY_INVALID" });
    expect(problem.message).toContain(`position ${position}:`);
    expect(problem.message).toContain(expected);
  });

  it.each([
    ["（entityVariant=Own）", "full-width “（”; write “(”"],
    ["(entityVariant＝Own)", "full-width “＝”; write “=”"],
    ["(entityVariant=Own）", "full-width “）”; write “)”"],
    ['(entityVariant=Own)";"name', "quotation marks of its own"],
    ['(entityVariant=Own)","name', "quotation marks of its own"],
    ["(name=A (B))", "(name='Diesel (B7)')"],
  ])("%s: says what to do", (text, words) => {
    expect(catching(() => parseQuery(text))).toMatchObject({
      hint: expect.stringContaining(words) as string,
    });
  });

  it("refuses more than a cell can hold, in a short message", () => {
    const problem = catching(() => parseQuery("(".repeat(1_000_000)));
    expect(problem.message).toBe("The query is too long: 1,000,000 characters.");
  });
});

describe("encodeQuery", () => {
  it("keeps the plus between clauses and encodes inside values", () => {
    expect(encodeQuery(parseQuery("(name=A & B)+(code=a+b#%)+(price<=1.5)+(price>1)"))).toBe(
      "(name=A%20%26%20B)+(code=a%2Bb%23%25)+(price%3C=1.5)+(price%3E1)",
    );
  });

  it("sends what the vendor's samples show, and leaves other filters to KAL", () => {
    const sent = (text: string) => parseQuery(text).map(canBeSent);
    expect(sent("(entityVariant=Own)+(status.exported=true)+(name='x and b=1')+(limit=5)")).not.toContain(
      false,
    );
    expect(
      sent("('Net Price'>1)+(größe=1)+(pump-count=1)+('limit'=5)+(name='A (B)')+(name='=x')+(name='a\nb')"),
    ).not.toContain(true);
    expect(() => encodeQuery(parseQuery("(orderBy='Net Price')"))).toThrow("cannot order by 'Net Price'");
  });

  it("refuses a query that is too long for a URL", () => {
    expect(() => encodeQuery(parseQuery("(name=\ud800)"))).toThrow("broken character");
    expect(() => encodeQuery(parseQuery(`(name=${"é".repeat(4000)})`))).toThrow("too long to be sent");
  });

  it("refuses a relative date, which the Data API would read as text", () => {
    expect(() => encodeQuery(parseQuery("(effectiveTime>=today-7)"))).toThrow(
      "“today-7” depends on your clock",
    );
    expect(encodeQuery(parseQuery("(name=today)"))).toBe("(name=today)");
  });
});

describe("wantedCount", () => {
  it.each([
    ["", 0, Infinity],
    ["(limit=0)", 0, Infinity],
    ["(limit=5)", 0, 5],
    ["", 7, 7],
    ["(limit=5)", 7, 5],
    ["(limit=0)", 7, 7],
    ["(limit=9)", 7, 7],
  ])("%j with argument %i is %d", (text, argument, wanted) => {
    expect(wantedCount(parseQuery(text), argument)).toBe(wanted);
  });
});

function catching(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
