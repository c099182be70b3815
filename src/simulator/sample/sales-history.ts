/**
 * Litres sold, delivered and forecast at own sites, with a weekly pattern.
 * @module
 */
import { day, isoWeekday, startOfDay } from "./clock.ts";
import { rounded } from "./decimals.ts";
import { historyDays } from "./market.ts";
import { type Random, randomFrom } from "./random.ts";
import type { OwnSite, Product, Retailer } from "./retailer.ts";

export interface DailyVolume {
  /** Start of the day (milliseconds since 1970). */
  readonly time: number;
  readonly litres: number;
}

export interface SalesHistories {
  /** Sales of every complete day of the history, oldest first. */
  readonly sales: (product: Product<OwnSite>) => readonly DailyVolume[];
  /** The sales that the weekly pattern predicts for a day, without chance. */
  readonly expected: (product: Product<OwnSite>, time: number) => number;
}

/** Monday to Sunday: cars fill up before the weekend; lorries drive little on weekends. */
const carWeek = [0.97, 0.96, 0.99, 1.04, 1.15, 1.06, 0.83];
const lorryWeek = [1.18, 1.22, 1.24, 1.22, 1.12, 0.6, 0.42];

/** Histories are created on first use and cached. */
export function createSalesHistories(retailer: Retailer): SalesHistories {
  const memory = new Map<Product, readonly DailyVolume[]>();
  const expected = (product: Product<OwnSite>, time: number): number => {
    const week = product.grade.importCode === "TDL" ? lorryWeek : carWeek;
    return usualLitres(product) * (week[isoWeekday(time) - 1] ?? 1);
  };
  return {
    expected,
    sales(product) {
      const known = memory.get(product);
      if (known) return known;
      const random = randomFrom(retailer.seed, "sales", product.number);
      const made = Array.from({ length: historyDays }, (_, index) =>
        soldOn(retailer.market.firstDay + index * day, expected, product, random),
      );
      memory.set(product, made);
      return made;
    },
  };
}

function soldOn(
  time: number,
  expected: SalesHistories["expected"],
  product: Product<OwnSite>,
  random: Random,
): DailyVolume {
  return { time, litres: rounded(Math.max(0, expected(product, time) * random.around(1, 0.06)), 2) };
}

/** Litres on a usual day. */
export function usualLitres({ site, grade }: Product<OwnSite>): number {
  return site.litresPerDay * grade.volume;
}

/** Mean of the last seven complete days. */
export function runningRate(sales: readonly DailyVolume[]): number {
  const week = sales.slice(-7);
  return rounded(week.reduce((sum, { litres }) => sum + litres, 0) / week.length, 2);
}

/** The start of the current, incomplete day. */
export function today(retailer: Retailer): number {
  return startOfDay(retailer.now);
}
