/**
 * Documents of global products and of surveyed competitor products.
 * @module
 */
import { blankProduct, type ProductAttributes } from "./blank-product.ts";
import { clockText, day, hour } from "./clock.ts";
import { rounded } from "./decimals.ts";
import { type Entity, referenceTo } from "./document.ts";
import { taxRate } from "./grades.ts";
import { currentMovement, entryDelay, type Observation, type PriceHistories } from "./price-history.ts";
import { hasNoPrices } from "./odd-cases.ts";
import type { CompetitorSite, GlobalProduct, OwnSite, Product, Retailer, Site } from "./retailer.ts";

const setUp = Date.UTC(2009, 0, 5, 9);

export function globalProducts(retailer: Retailer): Entity[] {
  return retailer.globalProducts.map((grade) => ({
    id: grade.id,
    version: grade.number + 3,
    createdOn: setUp + grade.number * hour,
    updatedOn: setUp + grade.number * 211 * day,
    data: {
      ...blankProduct,
      ...timesAt(setUp),
      active: grade.active,
      alternateImportCodes: [{ importCode: `${grade.importCode}-TILL` }],
      displayOrder: grade.number * 10,
      globalProductId: grade.number,
      importCode: grade.importCode,
      inStock: grade.active,
      name: grade.name,
      phHProductCode: headOfficeCode(grade),
      taxRate,
    },
  }));
}

/** A global product has no prices of its own, but its price times are set: to when it was created. */
function timesAt(time: number): ProductAttributes {
  const names = Object.keys(blankProduct).filter((name) => /(?:Time|Created|Calculated)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, clockText(time)]));
}

/** Head office's code of a grade. */
function headOfficeCode({ number }: GlobalProduct): string {
  return `PH${String(100 + number)}`;
}

export function linksOf({ site, grade }: Product): ProductAttributes {
  return {
    displayOrder: grade.number * 10,
    globalProductId: grade.number,
    phHProductCode: headOfficeCode(grade),
    product: referenceTo(grade),
    site: referenceTo(site),
    startTime: clockText(site.createdOn),
    taxRate,
    taxRateEffectiveTime: "2011-01-04T00:00:00",
  };
}

export function competitorProducts(retailer: Retailer, prices: PriceHistories): Entity[] {
  const nearestOwn = nearestOwnSites(retailer);
  return retailer.competitorProducts.map((product) => {
    const seen = prices.competitor(product);
    const latest = currentMovement(seen, retailer.now);
    const own = nearestOwn.get(product.site);
    return {
      id: product.id,
      version: seen.length + 10,
      createdOn: product.site.createdOn,
      updatedOn: latest.time + entryDelay,
      data: {
        ...blankProduct,
        ...linksOf(product),
        allowOpisCopy: product.site.feed,
        competitorProductId: product.number,
        ...(!hasNoPrices(product.site) && seenPrices(product, latest)),
        nearestOwnSite: own ? referenceTo(own) : undefined,
        surveyPossible: !product.site.feed,
      },
    };
  });
}

/** What a competitor's product says of its price. */
function seenPrices({ site }: Product<CompetitorSite>, latest: Observation): ProductAttributes {
  const effective = clockText(latest.time);
  const source = site.feed ? "Feed" : "Survey";
  return {
    currentPrice: latest.price,
    currentPriceCreated: effective,
    currentPriceEffectiveTime: effective,
    currentPriceStartTime: clockText(latest.since),
    currentPumpPrice: latest.price,
    currentPumpPriceEffectiveTime: effective,
    currentPumpPriceSource: source,
    currentSource: source,
    maxPrice: rounded(latest.price * 1.4, 2),
    minPrice: rounded(latest.price * 0.7, 2),
    previousChangedPrice: latest.previous,
    previousChangedPriceEffectiveTime: clockText(latest.since),
    previousPrice: latest.previous,
    previousPriceEffectiveTime: clockText(latest.since),
  };
}

/** The nearest own site of each competitor site, derived from the own sites' lists of competitors. */
function nearestOwnSites(retailer: Retailer): Map<Site, OwnSite> {
  const nearest = new Map<Site, { own: OwnSite; kilometres: number }>();
  for (const own of retailer.ownSites) {
    for (const { site, kilometres } of own.competitors) {
      const known = nearest.get(site);
      if (!known || kilometres < known.kilometres) nearest.set(site, { own, kilometres });
    }
  }
  return new Map([...nearest].map(([site, { own }]) => [site, own]));
}
