/**
 * Product group documents: the global groups and those of each own site.
 * @module
 */
import { day } from "./clock.ts";
import { type Entity, referenceTo } from "./document.ts";
import { randomFrom } from "./random.ts";
import type { Retailer } from "./retailer.ts";

const groups = ["Petrol", "Diesel", "Gas", "Other"] as const;
type Group = (typeof groups)[number];

const setUp = Date.UTC(2009, 0, 6, 9);

export function globalProductGroups(retailer: Retailer): Entity[] {
  return groups.map((name, index) => ({
    id: globalGroupId(retailer, name),
    version: 4,
    createdOn: setUp,
    updatedOn: setUp + (index + 1) * 400 * day,
    data: {
      active: true,
      alias: name === "Other" ? undefined : `${name} grades`,
      autoImplement: name === "Petrol",
      generatePrices: name === "Other" ? 0 : 1,
      globalProductGroupId: index + 1,
      importCode: name.slice(0, 3).toUpperCase(),
      includeInOptimise: name === "Petrol" || name === "Diesel",
      name,
      policy: name === "Other" ? "Fixed" : "Follow competitors",
      primaryProduct: referenceOfPrimary(retailer, name),
    },
  }));
}

/** The groups of which a site sells a grade; the group's main grade is its primary product. */
export function ownProductGroups(retailer: Retailer): Entity[] {
  const seen = new Set<string>();
  return retailer.ownProducts.flatMap((product, index) => {
    const { site, grade } = product;
    const key = `${String(site.number)} ${grade.group}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [
      {
        id: randomFrom(retailer.seed, "own product group", key).guid(),
        createdOn: site.createdOn,
        data: {
          active: true,
          autoImplement: index % 3 === 0,
          generatePrices: grade.group === "Other" ? 0 : 1,
          includeInOptimise: grade.group === "Petrol" || grade.group === "Diesel",
          name: `${grade.group} ${site.importCode}`,
          ownProductGroupId: seen.size,
          primaryProduct: referenceTo(product),
          productGroup: { entityId: globalGroupId(retailer, grade.group) },
          site: referenceTo(site),
        },
      },
    ];
  });
}

function globalGroupId({ seed }: Retailer, name: Group): string {
  return randomFrom(seed, "product group", name).guid();
}

function referenceOfPrimary({ globalProducts }: Retailer, name: Group) {
  const primary = globalProducts.find(({ group, active }) => group === name && active);
  return primary && referenceTo(primary);
}
