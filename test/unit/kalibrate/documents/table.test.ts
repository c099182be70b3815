import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelOf } from "../../../../src/kalibrate/catalogue/attributes.ts";
import { columnsFor, toTableValue } from "../../../../src/kalibrate/documents/table.ts";

const guid = "0E7C9E4E-6B36-4A0F-9C7C-1F1B9A4E5D01";

describe("toTableValue", () => {
  it.each([
    [undefined, null],
    [null, null],
    [NaN, null],
    [Infinity, { error: "KAL_NUMBER_TOO_LARGE" }],
    [[1, -Infinity], { error: "KAL_NUMBER_TOO_LARGE" }],
    [{ amounts: [{ net: Infinity }] }, { error: "KAL_NUMBER_TOO_LARGE" }],
    [0, 0],
    ["", ""],
    [false, false],
    [{ entityId: guid }, guid],
    [[{ entityId: "a" }, { entityId: "b" }, null], "a, b"],
    [[], ""],
    [{ exported: true }, '{"exported":true}'],
    ["1.459", "1.459"],
    ["0001-01-01T00:00:00", "0001-01-01T00:00:00"],
  ])("%j becomes %j", (value, expected) => expect(toTableValue(value)).toEqual(expected));

  it.each([
    ["1.459", "number", 1.459],
    ["-0.5", "number", -0.5],
    ["1,459", "number", "1,459"],
    [" 1.459 ", "number", 1.459],
    ["+1.459", "number", 1.459],
    ["1E-05", "number", 0.00001],
    ["1.459e3", "number", 1459],
    ["9.007199254740993E+16", "number", "9.007199254740993E+16"],
    ["1E400", "number", "1E400"],
    ["", "number", ""],
    ["true ", "boolean", true],
    ["2026-11-20 ", "date", "2026-11-20"],
    ["0001-01-01 00:00:00 ", "datetime", null],
    ["soon ", "datetime", "soon "],
    ["12345678901234567", "number", "12345678901234567"],
    ["n/a", "number", "n/a"],
    [0, "boolean", false],
    [1, "boolean", true],
    [2, "boolean", 2],
    ["True", "boolean", true],
    ["0", "boolean", false],
    ["perhaps", "boolean", "perhaps"],
    ["__proto__", "boolean", "__proto__"],
    ["constructor", "boolean", "constructor"],
    ["2026-11-20 16:00:00", "datetime", "2026-11-20T16:00:00"],
    ["2026-11-20T16:00:00.123+01:00", "datetime", "2026-11-20T16:00:00.123+01:00"],
    ["2026-11-20", "datetime", "2026-11-20"],
    ["0001-01-01T00:00:00", "datetime", null],
    ["soon", "date", "soon"],
    [17, "datetime", 17],
    [17, "text", 17],
    [null, "number", null],
  ] as const)("%j in a column of %s becomes %j", (value, type, expected) => {
    expect(toTableValue(value, type)).toBe(expected);
  });

  it("accepts any value, and returns none that JSON would turn into null", () => {
    const type = fc.constantFrom(undefined, "text", "number", "boolean", "date", "datetime");
    fc.assert(
      fc.property(fc.jsonValue(), type, (value, of) => {
        const result = toTableValue(value, of);
        expect(JSON.parse(JSON.stringify([result]))).toEqual([result]);
      }),
    );
  });
});

describe("columnsFor", () => {
  const typeOf = (name: string, ...values: (string | number | boolean | null)[]) =>
    columnsFor(
      [[name]],
      values.map((value) => [value]),
      "price",
    )[0]?.type;

  it("takes the type that the catalogue knows, even of an empty column", () => {
    expect(typeOf("effectiveTime", null)).toBe("datetime");
    expect(typeOf("entityId", 17)).toBe("text");
  });

  it("takes it along references, in the collection that they lead to", () => {
    const type = (collection: string, ...path: string[]) => columnsFor([path], [], collection)[0]?.type;
    expect(type("price", "product", "product", "currentPrice")).toBe("number");
    expect(type("price", "status", "exported")).toBe("boolean");
    expect(type("site", "competitorSites", "0", "latitude")).toBe("number");
    expect(type("reference/Area", "name")).toBe("text");
    expect(columnsFor([["price"]], [["cheap"]], "site")[0]?.type).toBe("text");
  });

  it("else the type that all values share", () => {
    expect(typeOf("x", null, 1, 2.5)).toBe("number");
    expect(typeOf("x", true, false)).toBe("boolean");
    expect(typeOf("x", "2026-01-31", "2026-02-01")).toBe("date");
    expect(typeOf("x", "2026-01-31T06:00:00Z", null)).toBe("datetime");
    expect(typeOf("x", "2026-01-31", "", "2026-01-31T06:00:00")).toBe("datetime");
    expect(typeOf("x", "2026-01-31", 5)).toBe("text");
    expect(typeOf("x", "2026-31-01")).toBe("text");
    expect(typeOf("x")).toBe("text");
  });
});

describe("labelOf", () => {
  it.each([
    ["brand.name", "Brand name"],
    ["currentPumpPrice", "Current pump price"],
    ["product.product.name", "Product name"],
    ["site.importCode", "Site code"],
    ["entityVariant", "Kind"],
    ["soeMaxPrice", "SOE max price"],
    ["allowOpisCopy", "Allow OPIS copy"],
    ["competitorSites.0.name", "Competitor sites 0 name"],
  ])("%s reads %s", (path, label) => expect(labelOf(path)).toBe(label));
});
