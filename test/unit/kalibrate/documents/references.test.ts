import { describe, expect, it } from "vitest";
import { readDocument } from "../../../../src/kalibrate/documents/document.ts";
import { missingHops, valueAt } from "../../../../src/kalibrate/documents/references.ts";

const guid = "0E7C9E4E-6B36-4A0F-9C7C-1F1B9A4E5D01";

describe("references", () => {
  const own = readDocument({
    id: { entityVariant: "Own" },
    data: { product: { entityId: "g1" }, site: guid, price: 2 },
  })!;
  const globalProduct = readDocument({ id: { entityId: "g1" }, data: { name: "Diesel" } })!;
  const find = (target: { collection: string; variant: string | undefined }, id: string) =>
    target.collection === "product" && target.variant === "Global" && id === "g1" ? globalProduct : undefined;

  it("are followed by object or bare GUID, in any letter case", () => {
    expect(valueAt(own, "product", ["product", "name"], find)).toBe("Diesel");
    expect(missingHops(own, "product", ["site", "name"], find)).toEqual([
      { target: { collection: "site", variant: "Own" }, entityId: guid.toLowerCase() },
    ]);
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
    expect(valueAt(own, "product", ["product", "brand", "name"], find)).toBeUndefined();
  });

  it("prefer what the reference itself already says", () => {
    const embedded = readDocument({
      id: {},
      data: { site: { entityId: "s", name: "Here" }, status: { exported: true } },
    })!;
    expect(valueAt(embedded, "price", ["site", "name"], find)).toBe("Here");
    expect(valueAt(embedded, "price", ["status", "exported"], find)).toBe(true);
  });

  describe("in lists", () => {
    const home = readDocument({
      id: { entityVariant: "Own" },
      data: {
        competitorSites: [
          { entityId: "c1", showTargets: true },
          null,
          { entityId: "c2" },
          { entityId: "c9" },
        ],
        prices: [{ price: 1.4 }, { price: 1.5 }],
      },
    })!;
    const competitors = new Map(
      ["c1", "c2"].map((id) => [
        id,
        readDocument({ id: { entityId: id }, data: { name: `Site ${id}`, brand: { entityId: `b${id}` } } })!,
      ]),
    );
    const brand = readDocument({ id: {}, data: { name: "Esso" } })!;
    const findThese = ({ collection }: { collection: string }, id: string) =>
      collection === "site" ? competitors.get(id) : id === "bc2" ? brand : undefined;
    const at = (...path: string[]) => valueAt(home, "site", path, findThese);

    it("go item by item, or by index", () => {
      expect(at("competitorSites", "name")).toEqual(["Site c1", "Site c2"]);
      expect(at("competitorSites", "2", "name")).toBe("Site c2");
      expect(at("competitorSites", "0", "showTargets")).toBe(true);
      expect(at("competitorSites", "7", "name")).toBeUndefined();
      expect(at("prices", "price")).toEqual([1.4, 1.5]);
      expect(at("prices", "1", "price")).toBe(1.5);
    });

    it("a broken one does not prevent the others", () => {
      const hops = missingHops(home, "site", ["competitorSites", "brand", "name"], findThese);
      expect(hops.map(({ target, entityId }) => [target.collection, entityId])).toEqual([
        ["reference/Brand", "bc1"],
        ["site", "c9"],
      ]);
      expect(at("competitorSites", "brand", "name")).toEqual(["Esso"]);
    });
  });
});
