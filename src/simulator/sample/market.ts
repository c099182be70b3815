/**
 * The wholesale market behind all prices: one cost per grade and day, the same for all sites.
 * @module
 */
import { day, isoWeekday, startOfDay } from "./clock.ts";
import { rounded } from "./decimals.ts";
import { type Grade, grades } from "./grades.ts";
import { randomFrom } from "./random.ts";

/** Days of history before now, and days ahead with plans and proposals. */
export const historyDays = 28;
export const aheadDays = 2;

export interface Market {
  /** First day of the history. */
  readonly firstDay: number;
  /** Cost in pounds without VAT, delivered to the terminal. `time` must be within the history and the days ahead. */
  cost(grade: Grade, time: number): number;
}

/** A market whose costs drift on working days: on most by a quarter of a penny, on a few by a penny. */
export function createMarket(seed: number, now: number): Market {
  const firstDay = startOfDay(now) - historyDays * day;
  const crude = randomFrom(seed, "market");
  const costs = new Map(grades.map((grade) => [grade.importCode, { grade, series: [] as number[] }]));
  let drift = crude.around(0, 0.012);
  for (let index = 0; index <= historyDays + aheadDays; index += 1) {
    // Prices are published on working days; at the weekend Friday's apply.
    const published = index === 0 || isoWeekday(firstDay + index * day) <= 5;
    if (published) drift = 0.97 * drift + crude.around(0, 0.0032);
    for (const { grade, series } of costs.values()) {
      const own = published && grade.sensitivity > 0 ? crude.around(0, 0.0004) : 0;
      const last = series.at(-1);
      const cost = published ? grade.cost + grade.sensitivity * drift + own : (last ?? grade.cost);
      series.push(rounded(cost, 4));
    }
  }
  return {
    firstDay,
    cost(grade, time) {
      const index = Math.floor((time - firstDay) / day);
      const cost = costs.get(grade.importCode)?.series[index];
      if (cost === undefined) throw new RangeError(`no market cost on day ${String(index)}`);
      return cost;
    },
  };
}
