import { describe, expect, it } from "vitest";
import { findCollection } from "../../../../src/kalibrate/catalogue/collections.ts";
import {
  checkFields,
  expandFields,
  parseFields,
  wantsAll,
} from "../../../../src/kalibrate/documents/fields.ts";

const product = findCollection("product")!;
const site = findCollection("site")!;
const names = (paths: readonly (readonly string[])[]) => paths.map((path) => path.join("."));

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

  it.each([
    ["größe", ["größe"]],
    ["pump-count", ["pump-count"]],
    ["ürünAdı.название", ["ürünAdı", "название"]],
    ["'Net Price'", ["Net Price"]],
    ["Net Price'", ["Net Price"]],
    ["site.'a.b'", ["site", "a.b"]],
    ["'1a'", ["1a"]],
    ["'it''s'[2].x", ["it's", "2", "x"]],
  ])("take any name: %s", (field, path) => {
    expect(parseFields([field], product)).toEqual([path]);
  });

  it("say how to write a name with other signs", () => {
    expect(() => parseFields(["Net Price"], product)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("'Net Price'") as string }) as Error,
    );
  });

  it("are unknown only when neither catalogue nor any document has them", () => {
    const keys = new Set(["currentPrice", "margin"]);
    expect(() => checkFields([["margin"], ["name"], ["site", "name"]], product, keys)).not.toThrow();
    expect(() => checkFields([["curentPrice"]], product, keys)).toThrow("Did you mean “currentPrice”?");
    expect(() => checkFields([["curentPrice"]], product, new Set())).not.toThrow();
    expect(() => checkFields([["*"]], product, keys)).not.toThrow();
    // `price` is an attribute of prices, not of products.
    expect(() => checkFields([["price"]], product, keys)).toThrow("no field “price” in product");
  });

  it("take known names in any letter case, along references too", () => {
    expect(
      names(parseFields(["BRAND.NAME", "ImportCode", "Margin", "competitorsites[1].Name"], site)),
    ).toEqual(["brand.name", "importCode", "Margin", "competitorSites.1.name"]);
    expect(names(parseFields(["product.Product.NAME", "STATUS.Exported"], findCollection("price")!))).toEqual(
      ["product.product.name", "status.exported"],
    );
  });

  describe("*", () => {
    const keys = new Set([
      "name",
      "zeal",
      "entityId",
      "managerName",
      "aisle",
      "contactEmail",
      "a.b",
      "importCode",
    ]);
    const expand = (...fields: string[]) => names(expandFields(parseFields(fields, site), site, keys));

    it("means all fields, identity first, without those listed explicitly and without personal data", () => {
      expect(wantsAll(parseFields(["*"], site))).toBe(true);
      expect(wantsAll(parseFields(undefined, site))).toBe(false);
      expect(expand("*")).toEqual(["entityId", "a.b", "aisle", "importCode", "name", "zeal"]);
      expect(expand("name", "*", "brand.name", "*")).toEqual([
        "name",
        "entityId",
        "a.b",
        "aisle",
        "importCode",
        "zeal",
        "brand.name",
      ]);
      expect(expand("managerName", "name")).toEqual(["managerName", "name"]);
    });

    it("leaves out no attribute whose name looks like a path in the list, or like the star", () => {
      const paths = parseFields(["a.b", "*"], site);
      expect(expandFields(paths, site, new Set(["*", "a.b", "name"]))).toEqual([
        ["a", "b"],
        ["*"],
        ["a.b"],
        ["name"],
      ]);
    });

    it("is the default columns where there are no records", () => {
      expect(names(expandFields(parseFields(["*"], site), site, new Set()))).toEqual(site.defaultColumns);
    });
  });

  it.each(["managerName", "MANAGEREMAIL", "user", "area.managerName", "site.pnwLastUser", "contactPhone"])(
    "that are personal data are refused if it is hidden: %s",
    (field) => {
      const parse = () =>
        parseFields([field], field.startsWith("site.") ? product : site, { hidePersonalData: true });
      expect(parse).toThrow("personal data, which is hidden here");
      expect(() => parseFields([field], site)).not.toThrow();
    },
  );

  it.each(["name", "useEmail", "brand.name", "*"])("%s is no personal data", (field) => {
    expect(() => parseFields([field], site, { hidePersonalData: true })).not.toThrow();
  });
});
