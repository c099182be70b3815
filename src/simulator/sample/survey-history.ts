/**
 * Survey history documents: which competitor had to be surveyed when, and adjustments to the number of surveys.
 * @module
 */
import { clockText, dateText, day, hour, isoWeekday } from "./clock.ts";
import { type Entity, referenceTo } from "./document.ts";
import { randomFrom } from "./random.ts";
import type { Retailer } from "./retailer.ts";
import { today } from "./sales-history.ts";

const targetDays = 14;

/** Periods of the day in which surveys are due: serial number, first and last hour. */
const periods = [
  { serial: 1, from: 7, to: 11 },
  { serial: 2, from: 14, to: 18 },
] as const;

/** Targets for the nearest competitor without a data feed, twice a day for two weeks. */
export function surveyTargets(retailer: Retailer): Entity[] {
  const random = randomFrom(retailer.seed, "survey target documents");
  const first = today(retailer) - (targetDays - 1) * day;
  return retailer.ownSites.flatMap((site) => {
    const surveyed = site.competitors.find(({ site: competitor }) => !competitor.feed);
    if (!surveyed) return [];
    return Array.from({ length: targetDays }, (_, index) => first + index * day).flatMap((date) =>
      periods.map(({ serial, from, to }) => ({
        id: random.guid(),
        createdOn: date - 6 * hour,
        data: {
          competitorSite: referenceTo(surveyed.site),
          date: dateText(date),
          endTime: clockText(date + to * hour),
          ownSite: referenceTo(site),
          periodSerialNumber: serial,
          startTime: clockText(date + from * hour),
          target: serial === 1 || isoWeekday(date) <= 5,
          weekdaySerialNumber: isoWeekday(date),
        },
      })),
    );
  });
}

export function surveyAdjustments(retailer: Retailer): Entity[] {
  return retailer.ownSites
    .filter((site) => site.number % 8 === 3)
    .map((site) => {
      const random = randomFrom(retailer.seed, "survey adjustment", site.number);
      const start = today(retailer) - random.integer(2, 30) * day;
      return {
        id: random.guid(),
        createdOn: start - 10 * hour,
        data: {
          adjustment: random.pick([-2, -1, 1, 2, 3]),
          endDate: clockText(start + random.integer(3, 10) * day),
          site: referenceTo(site),
          startDate: clockText(start),
        },
      };
    });
}
