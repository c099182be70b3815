/**
 * Price request documents: one-off or recurring events with planned prices.
 * @module
 */
import { clockText, day, hour, minute, startOfDay } from "./clock.ts";
import { type Entity, referenceTo } from "./document.ts";
import { randomFrom } from "./random.ts";
import { type ListName, referenceNamed } from "./reference.ts";
import type { Retailer } from "./retailer.ts";

/** Events with their duration in hours; weekly ones recur. */
const templates = [
  { template: "Bank Holiday", name: "Bank holiday weekend", hours: 72, weekly: false },
  { template: "Football Match", name: "Home match", hours: 6, weekly: true },
  { template: "Road Closure", name: "Road works at the junction", hours: 240, weekly: false },
  { template: "Store Opening", name: "New shop opens", hours: 48, weekly: false },
  { template: "Price Promotion", name: "Weekend saver", hours: 48, weekly: true },
] as const;

const eventTemplate: ListName = "EventTemplate";

/** About one event for every six own sites, from three weeks back to two weeks ahead. */
export function events(retailer: Retailer): Entity[] {
  return retailer.ownSites
    .filter((site) => site.number % 6 === 1)
    .map((site, index) => {
      const random = randomFrom(retailer.seed, "event", site.number);
      const { template, name, hours, weekly } = random.pick(templates);
      const start = startOfDay(retailer.now) + random.integer(-21, 14) * day + random.integer(6, 18) * hour;
      const id = random.guid();
      return {
        id,
        createdOn: Math.min(start - 5 * day, retailer.now - 20 * minute),
        data: {
          endTime: clockText(start + hours * hour),
          eventId: index + 1,
          eventTemplate: referenceNamed(retailer.seed, eventTemplate, template),
          initialEvent: weekly ? { entityId: id } : undefined,
          name: `${name}, ${site.town.name}`,
          processTime: clockText(start - 2 * hour),
          recurring: weekly,
          recurringCount: weekly ? random.integer(4, 26) : 0,
          // One bit per weekday: 32 is Saturday.
          recurringDays: weekly ? 32 : 0,
          recurringPeriod: weekly ? 1 : 0,
          site: referenceTo(site),
          startTime: clockText(start),
        },
      };
    });
}
