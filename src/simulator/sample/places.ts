/**
 * Places of sites: matching town, road, postcode and coordinates.
 * @module
 */
import { rounded } from "./decimals.ts";
import { roads } from "./names.ts";
import { type Random, randomFrom } from "./random.ts";
import { type Town, towns } from "./towns.ts";

export interface Place {
  readonly town: Town;
  readonly road: string;
  readonly postCode: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface Places {
  /** A place for an own site, in a town chosen at random by size. */
  inSomeTown(random: Random): Place;
  /** A place for a competitor's site, within a few kilometres of another place. */
  near(place: Place, random: Random): Place;
}

const kilometresPerDegree = 111.2;

export function createPlaces(seed: number): Places {
  const townBySize = towns.flatMap((town) => Array.from({ length: town.size }, () => town));
  const sitesInTown = new Map<Town, number>();

  /** Each town has its own order of roads, so that no two of its sites share an address. */
  const nextRoad = (town: Town): string => {
    const nth = sitesInTown.get(town) ?? 0;
    sitesInTown.set(town, nth + 1);
    const start = randomFrom(seed, "roads", town.name).integer(0, roads.length - 1);
    // 7 and the number of roads have no common divisor, so every road is used once before any is repeated.
    const road = roads[(start + nth * 7) % roads.length] ?? "High Street";
    const round = Math.floor(nth / roads.length);
    return round === 0 ? road : `${road} ${String(round + 1)}`;
  };

  const placeAt = (town: Town, latitude: number, longitude: number, random: Random): Place => ({
    town,
    road: nextRoad(town),
    postCode: postCode(town, random),
    latitude: rounded(latitude, 5),
    longitude: rounded(longitude, 5),
  });

  return {
    inSomeTown(random) {
      const town = random.pick(townBySize);
      // Larger towns are wider: one to three kilometres around the centre.
      const spread = 0.006 + 0.004 * town.size;
      return placeAt(
        town,
        random.around(town.latitude, spread),
        random.around(town.longitude, spread * 1.6),
        random,
      );
    },
    near(place, random) {
      const kilometres = random.between(0.3, 5.5);
      const bearing = random.between(0, 2 * Math.PI);
      const north = (kilometres * Math.cos(bearing)) / kilometresPerDegree;
      const east = (kilometres * Math.sin(bearing)) / (kilometresPerDegree * shrinking(place.latitude));
      return placeAt(place.town, place.latitude + north, place.longitude + east, random);
    },
  };
}

/** Straight-line distance in kilometres; accurate enough within a country. */
export function distance(a: Pick<Place, "latitude" | "longitude">, b: typeof a): number {
  const north = (a.latitude - b.latitude) * kilometresPerDegree;
  const east = (a.longitude - b.longitude) * kilometresPerDegree * shrinking((a.latitude + b.latitude) / 2);
  return Math.hypot(north, east);
}

/** How much shorter a degree of longitude is than at the equator. */
function shrinking(latitude: number): number {
  return Math.cos((latitude * Math.PI) / 180);
}

/** A district of the town and an inward code; inward codes never contain the letters CIKMOV. */
function postCode(town: Town, random: Random): string {
  const [area, districts] = town.postcode;
  const letter = (): string => random.pick([..."ABDEFGHJLNPQRSTUWXYZ"]);
  return `${area}${String(random.integer(1, districts))} ${String(random.integer(1, 9))}${letter()}${letter()}`;
}
