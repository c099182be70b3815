/**
 * The sample retailer: its sites and products, and its competitors. All documents are derived from this model.
 * @module
 */
import { day, hour } from "./clock.ts";
import { type Grade, grades } from "./grades.ts";
import { createMarket, type Market } from "./market.ts";
import { type Brand, competitorBrands, ownBrands } from "./names.ts";
import { groupByTown, nearest, type Neighbour } from "./neighbours.ts";
import { hasNoCompetitors, hasNoProducts } from "./odd-cases.ts";
import { createPlaces, type Place } from "./places.ts";
import { type Random, randomFrom } from "./random.ts";
import type { Town } from "./towns.ts";

/** What own and competitor sites have in common. */
export interface Site extends Place {
  readonly id: string;
  readonly number: number;
  readonly importCode: string;
  readonly name: string;
  readonly motorway: boolean;
  readonly brand: Brand;
  /** When it was entered into the system (milliseconds since 1970). */
  readonly createdOn: number;
  /** Pounds per litre above or below the market, for town, place and brand together. */
  readonly priceOffset: number;
}

export interface OwnSite extends Site {
  readonly channel: OwnChannel;
  /** Litres of all grades on a usual day. */
  readonly litresPerDay: number;
  /** The competitors that its prices are compared with, nearest first. */
  readonly competitors: readonly Neighbour<CompetitorSite>[];
}

export interface CompetitorSite extends Site {
  readonly channel: CompetitorChannel;
  /** Whether a data feed delivers its prices; otherwise staff of an own site survey them. */
  readonly feed: boolean;
  /** Days between surveys. */
  readonly surveyDays: number;
}

export interface Product<S extends Site = Site> {
  readonly id: string;
  readonly number: number;
  readonly site: S;
  readonly grade: GlobalProduct;
}

export interface GlobalProduct extends Grade {
  readonly id: string;
  readonly number: number;
}

export type OwnChannel = "Company Operated" | "Dealer" | "Motorway" | "Unmanned";
export type CompetitorChannel = "Supermarket" | "Oil Company" | "Independent";

export interface Retailer {
  readonly seed: number;
  /** The moment that the data represents (milliseconds since 1970). */
  readonly now: number;
  readonly market: Market;
  readonly globalProducts: readonly GlobalProduct[];
  readonly ownSites: readonly OwnSite[];
  readonly competitorSites: readonly CompetitorSite[];
  readonly ownProducts: readonly Product<OwnSite>[];
  readonly competitorProducts: readonly Product<CompetitorSite>[];
}

const competitorsPerOwnSite = 4;

/** The retailer for a seed, with `size` own sites and four times as many competitor sites. */
export function createRetailer(seed: number, size: number, now: number): Retailer {
  const places = createPlaces(seed);
  const globalProducts = grades.map((grade, index) => ({
    ...grade,
    id: randomFrom(seed, "global product", grade.importCode).guid(),
    number: index + 1,
  }));
  const plots = Array.from({ length: size }, (_, index) => {
    const random = randomFrom(seed, "own site", index);
    const createdOn = workingHour(random, Date.UTC(2009, 0), Date.UTC(2023, 0));
    return { random, createdOn, place: places.inSomeTown(random) };
  }).sort((a, b) => a.createdOn - b.createdOn);

  const competitorSites = plots.flatMap(({ place }, index) =>
    Array.from({ length: competitorsPerOwnSite }, (_, nth) => {
      const number = index * competitorsPerOwnSite + nth + 1;
      const random = randomFrom(seed, "competitor site", number);
      return competitorSite(seed, number, places.near(place, random), random);
    }),
  );
  const competitorsIn = groupByTown(competitorSites);
  const ownSites = plots.map(({ random, createdOn, place }, index) =>
    ownSite(seed, index + 1, createdOn, place, competitorsIn.get(place.town) ?? [], random),
  );
  return {
    seed,
    now,
    market: createMarket(seed, now),
    globalProducts,
    ownSites,
    competitorSites,
    ownProducts: productsOf(seed, "own", ownSites, globalProducts),
    // Numbered before some are left out, so that the others do not change.
    competitorProducts: productsOf(seed, "competitor", competitorSites, globalProducts).filter(
      ({ site }) => !hasNoProducts(site),
    ),
  };
}

function ownSite(
  seed: number,
  number: number,
  createdOn: number,
  place: Place,
  competitorsInTown: readonly CompetitorSite[],
  random: Random,
): OwnSite {
  const motorway = place.town.motorway !== undefined && random.chance(0.05);
  const brand = ownBrands[random.chance(0.7) ? 0 : random.integer(1, 2)] ?? ownBrands[0];
  const channel = motorway ? "Motorway" : random.chance(0.68) ? "Company Operated" : "Dealer";
  return {
    ...place,
    id: random.guid(),
    number,
    importCode: String(1000 + number),
    name: motorway
      ? `${place.town.name} Services ${place.town.motorway ?? ""} J${String(((number * 7) % 43) + 1)}`
      : `${place.town.name} ${place.road}`,
    motorway,
    brand,
    channel: channel === "Dealer" && random.chance(0.25) ? "Unmanned" : channel,
    createdOn,
    priceOffset:
      townOffset(seed, place.town) + brand.offset + random.around(0.003, 0.005) + (motorway ? 0.19 : 0),
    litresPerDay: Math.round(9000 * Math.exp(random.around(0, 0.35)) * (motorway ? 2 : 1)),
    competitors: hasNoCompetitors({ number }) ? [] : nearest(place, competitorsInTown, random.integer(4, 8)),
  };
}

function competitorSite(seed: number, number: number, place: Place, random: Random): CompetitorSite {
  const brand = brandByShare(random.fraction());
  return {
    ...place,
    id: random.guid(),
    number,
    importCode: `C${String(number).padStart(5, "0")}`,
    name:
      brand.name === "Independent"
        ? `${place.town.name} ${place.road} Garage`
        : `${brand.name} ${place.town.name} ${place.road}`,
    motorway: false,
    brand,
    channel: brand.offset <= -0.012 ? "Supermarket" : brand.offset >= 0.012 ? "Oil Company" : "Independent",
    createdOn: workingHour(random, Date.UTC(2010, 0), Date.UTC(2024, 0)),
    priceOffset: townOffset(seed, place.town) + brand.offset + random.around(0, 0.006),
    feed: random.chance(0.6),
    surveyDays: random.integer(1, 3),
  };
}

function productsOf<S extends Site>(
  seed: number,
  kind: "own" | "competitor",
  sites: readonly S[],
  globalProducts: readonly GlobalProduct[],
): Product<S>[] {
  const products: Product<S>[] = [];
  for (const site of sites) {
    for (const grade of globalProducts) {
      const random = randomFrom(seed, kind, "product", site.number, grade.importCode);
      const share = kind === "own" ? grade.ownSites : grade.competitorSites;
      const hasLorries = site.motorway && grade.importCode === "TDL";
      if (!random.chance(hasLorries ? 0.9 : share)) continue;
      products.push({ id: random.guid(), number: products.length + 1, site, grade });
    }
  }
  return products;
}

/** The town's price level, in pounds per litre. */
function townOffset(seed: number, town: Town): number {
  return randomFrom(seed, "town", town.name).around(0, 0.01);
}

function brandByShare(fraction: number): Brand {
  let rest = fraction;
  const found = competitorBrands.find((brand) => (rest -= brand.share) < 0);
  return found ?? (competitorBrands.at(-1) as Brand);
}

/** A random moment in office hours between two instants. */
function workingHour(random: Random, from: number, to: number): number {
  const start = from + random.integer(0, Math.floor((to - from) / day) - 1) * day;
  return start + random.integer(9 * 3600, 17 * 3600) * (hour / 3600);
}
