import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operators, wantedCount } from "../../../../src/kalibrate/query/clauses.ts";
import { encodeQuery, formatQuery } from "../../../../src/kalibrate/query/format.ts";
import { parseQuery } from "../../../../src/kalibrate/query/parse.ts";

/** As they stand in the vendor's public samples. */
const vendorQueries = [
  "(entityVariant=Own)",
  "(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=1)",
  "(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=100)+(offset=100)",
  "(entityVariant=Global)+(limit=0)",
  "(limit=0)",
  "(entityVariant=Proposed)+(status.exported=true)+(exportedTime>=2020-06-01)+(orderBy=exportedTime)+(direction=descending)",
];

describe("parseQuery", () => {
  it.each(vendorQueries)("%s comes back byte for byte", (text) => {
    expect(formatQuery(parseQuery(text))).toBe(text);
  });

  it.each(["", "  ", "+"])("%j selects everything", (text) => expect(parseQuery(text)).toEqual([]));

  it("passes blanks, and takes blanks for the plus that a decoded URL has lost", () => {
    expect(formatQuery(parseQuery("( entityVariant = Own ) (limit=5)\n+(name @= High Street)"))).toBe(
      "(entityVariant=Own)+(limit=5)+(name@=High Street)",
    );
  });

  it("takes control words in any letter case", () => {
    expect(formatQuery(parseQuery("(ORDERBY=price)+(Direction=Descending)+(Limit=3)"))).toBe(
      "(orderBy=price)+(direction=descending)+(limit=3)",
    );
  });

  it.each([
    ["entityVariant=Own", 1, "an opening parenthesis"],
    ["(entityVariant=Own", 19, "a closing parenthesis"],
    ["(entityVariant=Own)(limit=5", 28, "a closing parenthesis for the one at 20"],
    ["(entityVariant Own)", 19, "an operator"],
    ["(entityVariant!Own)", 15, "one of"],
    ["(entityVariant=)", 16, "a value for “entityVariant”"],
    ["(entityVariant==Own)", 16, "a value for “entityVariant”"],
    ["(=Own)", 2, "the name of a property"],
    ["( 1st=Own)", 3, "the name of a property"],
    ["()", 2, "an operator"],
    ["(limit=-1)", 8, "a whole number"],
    ["(limit=ten)", 8, "a whole number"],
    ["(limit>5)", 7, "“=” after “limit”"],
    ["(direction=up)", 12, "“ascending” or “descending”"],
    ["(limit=1)+(limit=2)", 11, "only one “limit”"],
    ["(a=1)-(b=2)", 6, "an opening parenthesis"],
  ])("%s: position %i", (text, position, expected) => {
    const problem = catching(() => parseQuery(text));
    expect(problem).toMatchObject({ code: "KAL_QUERY_INVALID" });
    expect(problem.message).toContain(`position ${position}:`);
    expect(problem.message).toContain(expected);
  });

  it("refuses a parenthesis inside a value, which cannot be sent", () => {
    expect(catching(() => parseQuery("(name=A (B))"))).toMatchObject({
      message: expect.stringContaining("position 9") as string,
    });
  });

  it("never throws anything but the catalogue's error, and quickly", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.constantFrom("", "(", "(a=", "(limit="),
        (text, before) => {
          try {
            parseQuery(before + text);
          } catch (error) {
            expect(error).toMatchObject({ code: "KAL_QUERY_INVALID" });
          }
        },
      ),
    );
    expect(() => parseQuery("(".repeat(1_000_000))).toThrow("position 2");
  });

  it("gives back whatever was formatted", () => {
    const name = fc
      .stringMatching(/^[A-Za-z_]\w{0,10}(\.[a-z]{1,8})?$/)
      .filter((text) => !/^(limit|offset|orderby|direction)$/i.test(text));
    const value = fc
      .stringMatching(/^[^()=!@<>\s][^()]{0,12}$/)
      .map((text) => text.trim())
      .filter((text) => text !== "");
    const clause = fc.record({ property: name, operator: fc.constantFrom(...operators), value });
    fc.assert(
      fc.property(fc.array(clause, { maxLength: 6 }), (query) => {
        expect(parseQuery(formatQuery(query))).toEqual(query);
      }),
    );
  });
});

describe("encodeQuery", () => {
  it("keeps the plus between clauses and encodes inside values", () => {
    expect(encodeQuery(parseQuery("(name=A & B)+(code=a+b#%)+(price<=1.5)+(price>1)"))).toBe(
      "(name=A%20%26%20B)+(code=a%2Bb%23%25)+(price%3C=1.5)+(price%3E1)",
    );
  });
});

it("refuses what no address can hold", () => {
  expect(() => encodeQuery(parseQuery("(name=\ud800)"))).toThrow("broken character");
  expect(() => encodeQuery(parseQuery(`(name=${"é".repeat(4000)})`))).toThrow("too long to be sent");
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
