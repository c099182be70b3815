import { distance, type Place } from "./places.ts";
import type { Town } from "./towns.ts";

export interface Neighbour<S> {
  readonly site: S;
  readonly kilometres: number;
}

/** The nearest other site for every site, in the same town if it has one. */
export function nearestNeighbours<S extends Place>(sites: readonly S[]): Map<S, Neighbour<S>> {
  const towns = groupByTown(sites);
  const found = new Map<S, Neighbour<S>>();
  for (const site of sites) {
    const inTown = towns.get(site.town) ?? [];
    const others = (inTown.length > 1 ? inTown : sites).filter((other) => other !== site);
    const [neighbour] = nearest(site, others, 1);
    if (neighbour) found.set(site, neighbour);
  }
  return found;
}

/** The nearest `count` of the sites, nearest first, by straight-line distance. */
export function nearest<S extends Place>(place: Place, sites: readonly S[], count: number): Neighbour<S>[] {
  return sites
    .map((site) => ({ site, kilometres: distance(place, site) }))
    .sort((a, b) => a.kilometres - b.kilometres)
    .slice(0, count);
}

export function groupByTown<S extends Place>(sites: readonly S[]): Map<Town, S[]> {
  const groups = new Map<Town, S[]>();
  for (const site of sites) {
    const group = groups.get(site.town);
    if (group) group.push(site);
    else groups.set(site.town, [site]);
  }
  return groups;
}
