import { describe, expect, it } from "vitest";
import { findCollection } from "../../../../src/kalibrate/catalogue/collections.ts";
import { labelOf } from "../../../../src/kalibrate/catalogue/attributes.ts";
import { readDocument } from "../../../../src/kalibrate/documents/document.ts";
import { checkFields, parseFields } from "../../../../src/kalibrate/documents/fields.ts";
import { missingHop, valueAt } from "../../../../src/kalibrate/documents/references.ts";
import { columnsFor, toTableValue } from "../../../../src/kalibrate/documents/table.ts";

const guid = "0E7C9E4E-6B36-4A0F-9C7C-1F1B9A4E5D01";
const product = findCollection("product")!;

describe("toTableValue", () => {
  it.each([
    [undefined, null],
    [null, null],
    [NaN, null],
    [Infinity, null],
    [0, 0],
    ["", ""],
    [false, false],
    [{ entityId: guid }, guid.toLowerCase()],
    [[{ entityId: "a" }, { entityId: "b" }, null], "a, b"],
    [[], ""],
    [{ exported: true }, '{"exported":true}'],
  ])("%j becomes %j", (value, expected) => expect(toTableValue(value)).toEqual(expected));
});

describe("columnsFor", () => {
  const typeOf = (name: string, ...values: (string | number | boolean | null)[]) =>
    columnsFor(
      [[name]],
      values.map((value) => [value]),
    )[0]?.type;

  it("takes the type that the catalogue knows, even of an empty column", () => {
    expect(typeOf("effectiveTime", null)).toBe("datetime");
    expect(typeOf("importCode", 17)).toBe("text");
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
    ["entityVariant", "Variant"],
  ])("%s reads %s", (path, label) => expect(labelOf(path)).toBe(label));
});

describe("fields", () => {
  it("keep their order, and default to the collection's contract", () => {
    expect(parseFields([" b ", "a.c", ""], product)).toEqual([["b"], ["a", "c"]]);
    expect(parseFields(undefined, product).map((path) => path.join("."))).toEqual(product.defaultColumns);
    expect(parseFields([" "], product)).toHaveLength(product.defaultColumns.length);
  });

  it.each(["a b", "a..b", ".a", "1a", "a.b.c.d.e.f.g", "__proto__[x]", "=1+1", "x".repeat(1e6) + "!"])(
    "refuse %.20j",
    (field) => {
      expect(() => parseFields([field], product)).toThrow("cannot be the name of a field");
    },
  );

  it("are unknown only when neither catalogue nor any document has them", () => {
    const keys = new Set(["currentPrice", "margin"]);
    expect(() => checkFields([["margin"], ["name"], ["site", "name"]], product, keys)).not.toThrow();
    expect(() => checkFields([["curentPrice"]], product, keys)).toThrow("Did you mean “currentPrice”?");
    expect(() => checkFields([["curentPrice"]], product, new Set())).not.toThrow();
  });
});

describe("references", () => {
  const own = readDocument({
    id: { entityVariant: "Own" },
    data: { product: { entityId: "G1" }, site: guid, price: 2 },
  })!;
  const globalProduct = readDocument({ id: { entityId: "g1" }, data: { name: "Diesel" } })!;
  const find = (target: { collection: string; variant: string | undefined }, id: string) =>
    target.collection === "product" && target.variant === "Global" && id === "g1" ? globalProduct : undefined;

  it("are followed by object or bare id, in any letter case", () => {
    expect(valueAt(own, "product", ["product", "name"], find)).toBe("Diesel");
    expect(missingHop(own, "product", ["site", "name"], find)).toEqual({
      target: { collection: "site", variant: "Own" },
      entityId: guid.toLowerCase(),
    });
  });

  it("lead two steps far", () => {
    const price = readDocument({
      id: { entityVariant: "Proposed" },
      data: { product: { entityId: "own1" } },
    })!;
    const both = (target: { collection: string; variant: string | undefined }, id: string) =>
      id === "own1" && target.variant === "Own" ? own : find(target, id);
    expect(valueAt(price, "price", ["product", "product", "name"], both)).toBe("Diesel");
  });

  it("that cannot be resolved are empty", () => {
    expect(valueAt(own, "product", ["site", "name"], find)).toBeUndefined();
    expect(valueAt(own, "product", ["price", "name"], find)).toBeUndefined();
    expect(valueAt(own, "product", ["unknown", "name"], find)).toBeUndefined();
  });

  it("prefer what the reference itself already says", () => {
    const embedded = readDocument({
      id: {},
      data: { site: { entityId: "s", name: "Here" }, status: { exported: true } },
    })!;
    expect(valueAt(embedded, "price", ["site", "name"], find)).toBe("Here");
    expect(valueAt(embedded, "price", ["status", "exported"], find)).toBe(true);
  });
});
