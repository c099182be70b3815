import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SampleDocument } from "../../../src/simulator/sample/document.ts";
import { hasNoCompetitors } from "../../../src/simulator/sample/odd-cases.ts";
import { createSampleData, type SampleData } from "../../../src/simulator/sample/sample-data.ts";
import { data, documents, now } from "./sample-documents.ts";

function jsonOf(from: SampleData): string {
  return from.partitions.map((partition) => JSON.stringify(partition.documents())).join("\n");
}

const presentKeys = ({ data: values }: SampleDocument): number =>
  Object.values(values).filter((value) => value !== undefined).length;

describe("the sample data's size", () => {
  it("is that of a real retailer", () => {
    expect(documents("Site/Own")).toHaveLength(250);
    expect(documents("Site/Competitor")).toHaveLength(1000);
    expect(documents("Product/Global")).toHaveLength(12);
    expect(documents("Product/Own").length).toBeGreaterThan(900);
    expect(documents("Product/Competitor").length).toBeGreaterThan(2500);
    for (const kind of ["Price/Own", "Price/Competitor", "Price/Proposed", "Price/Cost", "Volume/Sales"]) {
      expect(documents(kind).length, kind).toBeGreaterThan(5000);
    }
  });

  it("is a setting", () => {
    const small = createSampleData(1, 3, now);
    expect(documents("Site/Own", small)).toHaveLength(3);
    expect(documents("Site/Competitor", small)).toHaveLength(12);
    expect(documents("Product/Global", small)).toHaveLength(12);
  });

  it("has products and own sites of about 100 attributes, numbers and flags always, nulls never", () => {
    for (const kind of ["Product/Global", "Product/Own", "Product/Competitor", "Site/Own"]) {
      for (const document of documents(kind)) expect(presentKeys(document), kind).toBeGreaterThan(90);
    }
    expect(JSON.stringify(documents("Product/Own"))).not.toContain("null");
    for (const product of documents("Product/Own")) {
      expect(product.data).not.toMatchObject({ name: expect.anything() as unknown });
      expect(product.data).not.toMatchObject({ importCode: expect.anything() as unknown });
    }
  });
});

describe("the same seed", () => {
  it("gives the same bytes, whatever is asked for first", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.integer({ min: 0, max: 6 }),
        fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true }),
        (seed, ownSites, date) => {
          const first = createSampleData(seed, ownSites, date.getTime());
          const second = createSampleData(seed, ownSites, date.getTime());
          for (const partition of second.partitions.toReversed()) partition.documents();
          expect(jsonOf(second)).toBe(jsonOf(first));
        },
      ),
      { numRuns: 12 },
    );
  });

  it("keeps sites and products over time, another seed has others", () => {
    const ids = (from: SampleData): string[] => documents("Product/Own", from).map(({ id }) => id.entityId);
    const later = createSampleData(1, 20, now + 40 * 86_400_000);
    expect(ids(later)).toEqual(ids(createSampleData(1, 20, now)));
    expect(ids(createSampleData(2, 20, now))).not.toEqual(ids(createSampleData(1, 20, now)));
  });
});

describe("references", () => {
  it("lead to existing documents", () => {
    const known = new Map<string, string>();
    for (const partition of data.partitions) {
      for (const { document } of partition.documents())
        known.set(document.id.entityId, document.id.entityType);
    }
    const unknown = new Set<string>();
    const visit = (value: unknown, path: string): void => {
      if (Array.isArray(value)) for (const element of value) visit(element, path);
      else if (typeof value === "object" && value !== null) {
        for (const [name, inner] of Object.entries(value)) {
          if (name === "entityId" && !known.has(String(inner))) unknown.add(path);
          else visit(inner, `${path}.${name}`);
        }
      }
    };
    for (const partition of data.partitions) {
      for (const { document } of partition.documents()) visit(document.data, partition.entityType);
    }
    expect([...unknown]).toEqual([]);
    expect(known.size).toBe(
      data.partitions.reduce((sum, partition) => sum + partition.documents().length, 0),
    );
  });

  it("has a name an analyst can look up, once", () => {
    for (const kind of ["Site/Own", "Site/Competitor"]) {
      const sites = documents(kind);
      expect(new Set(sites.map((site) => site.data["name"])).size).toBe(sites.length);
      expect(new Set(sites.map((site) => site.data["importCode"])).size).toBe(sites.length);
    }
  });
});

describe("times", () => {
  it("are ISO without zone in data, with offset in id, and nothing was created in the future", () => {
    const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/;
    const clock = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;
    const wrong = new Set<string>();
    for (const partition of data.partitions) {
      for (const { document } of partition.documents()) {
        const { entityType, entityVariant, createdOn, updatedOn } = document.id;
        const orderly = createdOn <= updatedOn && Date.parse(updatedOn) <= now;
        if (!instant.test(createdOn) || !instant.test(updatedOn) || !orderly) {
          wrong.add(`${entityType}/${entityVariant}: ${createdOn} ${updatedOn}`);
        }
        for (const [name, value] of Object.entries(document.data)) {
          if (/(?:Time|Date)$/.test(name) && typeof value === "string" && !clock.test(value)) {
            wrong.add(`${entityType}/${entityVariant}: ${name} ${value}`);
          }
        }
      }
    }
    expect([...wrong]).toEqual([]);
  });

  it("reach from weeks ago to this morning, but for the few prices that are made ahead", () => {
    for (const kind of ["Price/Own", "Price/Competitor"]) {
      const times = documents(kind)
        .map((price) => String(price.data["effectiveTime"]))
        .filter((time) => Date.parse(`${time}Z`) <= now)
        .sort();
      expect(times[0]?.slice(0, 7)).toBe("2026-02");
      expect(times.at(-1)?.slice(0, 10)).toBe("2026-03-11");
    }
  });
});

describe("places", () => {
  it("lie in Great Britain, with a postcode, competitors near by", () => {
    const competitors = new Map(documents("Site/Competitor").map((site) => [site.id.entityId, site]));
    for (const { data: site } of documents("Site/Own")) {
      const [latitude, longitude] = [Number(site["latitude"]), Number(site["longitude"])];
      expect(latitude > 49.9 && latitude < 58 && longitude > -5.5 && longitude < 1.8).toBe(true);
      expect(site["postCode"]).toMatch(/^[A-Z]{1,2}\d{1,2} \d[A-Z]{2}$/);
      const near = site["competitorSites"] as { entityId: string }[];
      const isAlone = hasNoCompetitors({ number: Number(site["importCode"]) - 1000 });
      expect(near.length >= 4).toBe(!isAlone);
      for (const { entityId } of near) {
        const other = competitors.get(entityId)?.data;
        expect(Math.abs(Number(other?.["latitude"]) - latitude)).toBeLessThan(0.3);
        expect(Math.abs(Number(other?.["longitude"]) - longitude)).toBeLessThan(0.5);
      }
    }
  });
});

describe("people", () => {
  it("have addresses reserved for fiction", () => {
    for (const { data: site } of documents("Site/Own")) {
      expect(site["managerEmail"]).toMatch(/@pellow\.example$/);
      expect(site["managerPhone"]).toMatch(/^01632 960\d{3}$/);
      expect(site["managerSms"]).toMatch(/^07700 900\d{3}$/);
    }
  });
});
