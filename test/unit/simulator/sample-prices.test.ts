import { describe, expect, it } from "vitest";
import { hasOddPrices } from "../../../src/simulator/sample/odd-cases.ts";
import type { SampleDocument } from "../../../src/simulator/sample/document.ts";
import { documents, entityIdOf, now } from "./sample-documents.ts";

function groupBy(list: readonly SampleDocument[], attribute: string): Map<string, SampleDocument[]> {
  const groups = new Map<string, SampleDocument[]>();
  for (const document of list) {
    const value = document.data[attribute];
    const id = typeof value === "string" ? value : entityIdOf(value);
    const group = groups.get(id);
    if (group) group.push(document);
    else groups.set(id, [document]);
  }
  return groups;
}

const oddSites = new Set(
  documents("Site/Own")
    .filter(({ data: site }) => hasOddPrices({ number: Number(site["importCode"]) - 1000 }))
    .map(({ id }) => id.entityId),
);
const isOdd = ({ data: price }: SampleDocument) => oddSites.has(entityIdOf(price["site"]));

describe("prices", () => {
  const owns = groupBy(
    documents("Price/Own").filter((price) => !isOdd(price)),
    "product",
  );
  const competitors = groupBy(documents("Price/Competitor"), "product");
  const costs = groupBy(documents("Price/Cost"), "product");
  const latest = (list: SampleDocument[] | undefined): SampleDocument | undefined => list?.at(-1);

  it("end at each product's current one", () => {
    for (const product of documents("Product/Own").filter((product) => !isOdd(product))) {
      const price = latest(owns.get(product.id.entityId));
      expect(price?.data["price"]).toBe(product.data["currentPrice"]);
      expect(price?.data["effectiveTime"]).toBe(product.data["currentPriceEffectiveTime"]);
      expect(latest(costs.get(product.id.entityId))?.data["price"]).toBe(product.data["currentCost"]);
    }
    for (const product of documents("Product/Competitor")) {
      const price = latest(competitors.get(product.id.entityId));
      expect(price?.data["price"]).toBe(product.data["currentPrice"]);
      expect(price?.data["effectiveTime"]).toBe(product.data["currentPriceEffectiveTime"]);
    }
  });

  it("leave the margin that is stated", () => {
    for (const { data: product } of documents("Product/Own")) {
      const net = Number(product["currentPrice"]) / (1 + Number(product["taxRate"]) / 100);
      expect(Number(product["currentMargin"])).toBeCloseTo(net - Number(product["currentCost"]), 4);
      expect(Number(product["currentMargin"])).toBeGreaterThan(0);
    }
  });

  it("look like pump prices", () => {
    const prices = [...documents("Price/Own"), ...documents("Price/Competitor")];
    const odd = prices.filter(
      ({ data: { price } }) => price !== undefined && !/^[0-2]\.\d\d[79]$/.test(JSON.stringify(price)),
    );
    expect(odd).toEqual([]);
  });

  it("move in steps of a penny or two, and not all at once", () => {
    const days = new Set<string>();
    for (const history of owns.values()) {
      for (const [index, { data: price }] of history.entries()) {
        if (index === 0) continue;
        expect(price["previousPrice"]).toBe(history[index - 1]?.data["price"]);
        expect(Math.abs(Number(price["price"]) - Number(price["previousPrice"]))).toBeLessThan(0.0201);
        days.add(String(price["effectiveTime"]).slice(0, 10));
      }
    }
    expect(days.size).toBeGreaterThan(25);
  });

  it("were proposed before, and some proposals wait or were rejected", () => {
    const proposed = documents("Price/Proposed");
    const statuses = new Map(
      documents("Reference/PriceStatus").map(({ id, data: { name } }) => [id.entityId, name]),
    );
    const seen = new Set<unknown>();
    for (const { data: price } of proposed) {
      const status = price["status"] as { entityId: string; exported: boolean };
      seen.add(statuses.get(status.entityId));
      expect(status.exported).toBe(statuses.get(status.entityId) === "Exported");
      expect(price["exportedTime"] !== undefined).toBe(status.exported);
    }
    expect(seen).toEqual(new Set(["Exported", "Rejected", "Approved", "Awaiting Review"]));
  });
});

describe("volumes", () => {
  it("follow the week: more on Fridays than on Sundays", () => {
    const litres = new Map<number, number>();
    for (const { data: sale } of documents("Volume/Sales")) {
      const weekday = new Date(`${String(sale["startTime"])}Z`).getUTCDay();
      litres.set(weekday, (litres.get(weekday) ?? 0) + Number(sale["volume"]));
    }
    const [sunday = 0, friday = 0] = [litres.get(0), litres.get(5)];
    expect(friday).toBeGreaterThan(sunday * 1.2);
  });

  it("are delivered before they are sold out, and about as much", () => {
    const sum = (kind: string): Map<string, number> => {
      const sums = new Map<string, number>();
      for (const { data: volume } of documents(kind)) {
        const id = entityIdOf(volume["product"]);
        sums.set(id, (sums.get(id) ?? 0) + Number(volume["volume"]));
      }
      return sums;
    };
    const [sold, delivered] = [sum("Volume/Sales"), sum("Volume/Delivery")];
    const unleaded = documents("Product/Own").filter(
      ({ data: { globalProductId } }) => globalProductId === 1,
    );
    for (const { id } of unleaded) {
      const ratio = (delivered.get(id.entityId) ?? 0) / (sold.get(id.entityId) ?? 1);
      expect(ratio).toBeGreaterThan(0.7);
      expect(ratio).toBeLessThan(1.3);
    }
  });

  it("agree with the running rate of the product", () => {
    const [product] = documents("Product/Own");
    const week = documents("Volume/Sales")
      .filter(({ data: sale }) => entityIdOf(sale["product"]) === product?.id.entityId)
      .slice(-7)
      .map(({ data: sale }) => Number(sale["volume"]));
    const mean = week.reduce((sum, litres) => sum + litres, 0) / 7;
    expect(product?.data["rollingRunningRate"]).toBeCloseTo(mean, 1);
    expect(product?.data["achievedVolume"]).toBe(week.at(-1));
  });
});

describe("the odd cases that every network has", () => {
  const isAhead = ({ data: price }: SampleDocument) => Date.parse(`${String(price["effectiveTime"])}Z`) > now;
  const odd = [...groupBy(documents("Price/Own").filter(isOdd), "product").values()];
  const atSameTime = odd.flatMap((history) =>
    [...groupBy(history, "effectiveTime").values()].filter(({ length }) => length > 1),
  );

  it("hold prices for tomorrow, which are not the current ones", () => {
    for (const product of documents("Product/Own").filter(isOdd)) {
      const history = odd.find(([price]) => entityIdOf(price?.data["product"]) === product.id.entityId) ?? [];
      if (history.length < 4) continue;
      expect(history.filter(isAhead)).toHaveLength(1);
      const inForce = history
        .filter((price) => !isAhead(price))
        .reduce((a, b) => (String(a.data["effectiveTime"]) > String(b.data["effectiveTime"]) ? a : b));
      expect(inForce.data["price"]).toBe(product.data["currentPrice"]);
    }
  });

  it("hold corrections, of which the one that was written last is right, and a record that arrived twice", () => {
    const prices = (records: readonly SampleDocument[]) =>
      new Set(records.map(({ data: { price } }) => price)).size;
    const corrected = atSameTime.filter((records) => prices(records) > 1);
    expect(corrected.length).toBeGreaterThan(5);
    for (const records of corrected) {
      expect(new Set(records.map(({ id }) => id.updatedOn)).size).toBe(records.length);
    }
    expect(atSameTime.length).toBeGreaterThan(corrected.length);
  });

  it("hold times without a price", () => {
    expect(odd.flat().some(({ data: { price } }) => price === undefined)).toBe(true);
  });

  it("hold sites without competitors, competitors without products and such without prices", () => {
    const alone = documents("Site/Own").filter(
      ({ data: site }) => (site["competitorSites"] as []).length === 0,
    );
    expect(alone.map(({ data: site }) => site["importCode"])).toEqual(["1069", "1209"]);
    const products = groupBy(documents("Product/Competitor"), "site");
    const sites = documents("Site/Competitor").map(({ id }) => id.entityId);
    expect(sites.filter((id) => !products.has(id))).toHaveLength(2);
    const unseen = documents("Product/Competitor").filter(
      ({ data: product }) => product["currentPrice"] === undefined,
    );
    expect(new Set(unseen.map(({ data: product }) => entityIdOf(product["site"]))).size).toBe(2);
    const priced = groupBy(documents("Price/Competitor"), "product");
    expect(unseen.filter(({ id }) => priced.has(id.entityId))).toEqual([]);
  });
});
