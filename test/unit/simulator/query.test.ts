import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operators, readQuery } from "../../../src/simulator/query.ts";

describe("reading a query", () => {
  it("reads what the vendor's samples send", () => {
    expect(
      readQuery(
        "(entityVariant=Proposed) (status.exported=true) (exportedTime>=2020-06-01) (orderBy=exportedTime) (direction=descending) (limit=100) (offset=200)",
      ),
    ).toEqual({
      filters: [
        { path: ["entityVariant"], operator: "=", value: "Proposed" },
        { path: ["status", "exported"], operator: "=", value: "true" },
        { path: ["exportedTime"], operator: ">=", value: "2020-06-01" },
      ],
      orderBy: ["exportedTime"],
      descending: true,
      limit: 100,
      offset: 200,
    });
  });

  it("reads nothing as everything", () => {
    expect(readQuery("")).toEqual({ filters: [], descending: false, offset: 0 });
  });

  it("keeps blanks and signs inside values", () => {
    expect(readQuery("(name=Leeds York Road & Co+1)")).toMatchObject({
      filters: [{ value: "Leeds York Road & Co+1" }],
    });
  });

  it.each([
    ["entityVariant=Own", 1, "( to begin a clause"],
    ["(=Own)", 2, "a property"],
    ["(entityVariant)", 15, "an operator: = != @= > >= < <="],
    ["(entityVariant=)", 16, "a value"],
    ["(entityVariant==Own)", 16, "a value"],
    ["(entityVariant=Own", 19, ") to end the clause"],
    ["(entityVariant=Own(", 19, ") to end the clause"],
    ["(entityVariant=Own)+(limit=5)", 20, "a + between clauses"],
    ["(entityVariant=Own)(limit=5)", 20, "a + between clauses"],
    ["(entityVariant=Own) ", 21, "( to begin a clause"],
    ["(entityVariant=Own) OR (limit=5)", 21, "( to begin a clause"],
    ["( entityVariant=Own)", 2, "a property"],
    ["(1price=2)", 2, "a property"],
    ["(price>cheap)", 8, "a number or a date"],
    ["(limit=five)", 8, "a whole number"],
    ["(limit=-1)", 8, "a whole number"],
    ["(limit>5)", 2, "= after limit"],
    ["(limit=1) (limit=2)", 12, "limit only once"],
    ["(orderBy=price) (direction=down)", 28, "ascending or descending"],
    ["(direction=descending)", 2, "orderBy before direction"],
    ["(limit=5) (orderBy=price)", 12, "orderBy before limit"],
    ["(limit=5) (entityVariant=Own)", 12, "filters before orderBy, direction, limit and offset"],
  ])("stops in %s at character %i", (text, position, expected) => {
    expect(readQuery(text)).toEqual({ position, expected });
  });

  const property = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,9}(\.[A-Za-z][A-Za-z0-9]{0,9})?$/);
  const value = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 .:+&%-]{0,12}$/);
  const equality = fc.constantFrom(...operators.filter((operator) => !/[<>]/.test(operator)));

  it("reads back every filter that is written in the documented form", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(property, equality, value), { maxLength: 5 }), (clauses) => {
        const named = clauses.filter(([name]) => !["orderBy", "direction", "limit", "offset"].includes(name));
        const text = named.map((clause) => `(${clause.join("")})`).join(" ");
        expect(readQuery(text)).toMatchObject({
          filters: named.map(([name, operator, expected]) => ({
            path: name.split("."),
            operator,
            value: expected,
          })),
        });
      }),
    );
  });

  it("answers any text with a query or with a position inside it", () => {
    const alphabet = fc.constantFrom(
      "(",
      ")",
      "=",
      "!",
      "@",
      ">",
      "<",
      " ",
      "+",
      ".",
      "a",
      "limit",
      "orderBy",
      "5",
    );
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        const result = readQuery(text);
        if ("expected" in result) {
          expect(result.position).toBeGreaterThanOrEqual(1);
          expect(result.position).toBeLessThanOrEqual(text.length + 1);
        } else {
          expect(text === "" || /^\(.*\)$/s.test(text)).toBe(true);
        }
      }),
    );
  });
});
