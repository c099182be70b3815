/**
 * The history of pump prices: the retailer's own and its competitors', day by day, following the market.
 *
 * Current prices, price documents, margins and survey results are all derived from these movements, so they agree.
 * @module
 */
import { day, hour, minute } from "./clock.ts";
import { rounded } from "./decimals.ts";
import { taxRate } from "./grades.ts";
import { aheadDays, historyDays } from "./market.ts";
import { type Random, randomFrom } from "./random.ts";
import type { CompetitorSite, OwnSite, Product, Retailer, Site } from "./retailer.ts";

/** One change of a pump price. */
export interface Movement {
  /** When it takes effect (milliseconds since 1970). */
  readonly time: number;
  readonly price: number;
  /** The price before the change. */
  readonly previous: number;
}

/** Maximum time from observing a price to entering it. */
export const entryDelay = 5 * minute;

/** A competitor's price as somebody observed it. */
export interface Observation extends Movement {
  /** When this price was first observed. */
  readonly since: number;
}

export interface PriceHistories {
  /** Movements of an own product, oldest first; the last few may be in the future, within the days ahead. */
  readonly own: (product: Product<OwnSite>) => readonly Movement[];
  /** Observations of a competitor's product until now, oldest first. */
  readonly competitor: (product: Product<CompetitorSite>) => readonly Observation[];
}

/** Histories are created on first use and cached. */
export function createPriceHistories(retailer: Retailer): PriceHistories {
  const own = new Map<Product, readonly Movement[]>();
  const competitor = new Map<Product, readonly Observation[]>();
  return {
    own: (product) => remembered(own, product, () => movements(retailer, product, "own")),
    competitor: (product) =>
      remembered(competitor, product, () =>
        observations(retailer, product, movements(retailer, product, "competitor")),
      ),
  };
}

/** The last movement that is in effect. */
export function currentMovement<M extends Movement>(history: readonly M[], now: number): M {
  const current = history.findLast((movement) => movement.time <= now);
  if (!current) throw new RangeError("a price history begins before now");
  return current;
}

/** A product's cost at an own site, in pounds without VAT: the market's cost plus delivery. */
export function costAt(retailer: Retailer, product: Product, time: number): number {
  return rounded(retailer.market.cost(product.grade, time) + deliveryCost(product), 4);
}

/** One change of the cost of a product at an own site. */
export interface CostChange {
  readonly time: number;
  readonly cost: number;
}

/** Changes of a product's cost until now, oldest first. Costs change at midnight. */
export function costHistory(retailer: Retailer, product: Product): CostChange[] {
  const changes: CostChange[] = [];
  for (let time = retailer.market.firstDay; time <= retailer.now; time += day) {
    const cost = costAt(retailer, product, time);
    if (cost !== changes.at(-1)?.cost) changes.push({ time, cost });
  }
  return changes;
}

/** Delivery cost from the terminal in pounds per litre. */
export function deliveryCost({ site, grade }: Product): number {
  if (grade.sensitivity === 0) return 0;
  return rounded(0.005 + 0.0007 * ((site.number * 7) % 11), 4);
}

/** Margin in pounds without VAT. */
export function marginOf(price: number, cost: number): number {
  return rounded(price / (1 + taxRate / 100) - cost, 4);
}

function movements(retailer: Retailer, product: Product, kind: "own" | "competitor"): Movement[] {
  const { market } = retailer;
  const { site, grade } = product;
  const random = randomFrom(retailer.seed, kind, "prices", site.number, grade.importCode);
  const moving = grade.sensitivity > 0;
  let mood = random.around(0, 0.008);
  const target = (time: number): number => {
    const price = (market.cost(grade, time) + 0.008 + grade.margin) * (1 + taxRate / 100);
    return pumpPrice(price + site.priceOffset * (moving ? 1 : 0.5) + (moving ? mood : 0), site);
  };
  let price = target(market.firstDay);
  // At the start of the history, some prices are already days old.
  const before = market.firstDay - random.integer(1, 6) * day + movingHour(random, site) * hour;
  const history: Movement[] = [{ time: before, price, previous: price }];
  for (let index = 0; index < historyDays + aheadDays; index += 1) {
    const start = market.firstDay + index * day;
    mood = 0.9 * mood + random.around(0, 0.0012);
    const time = start + movingHour(random, site) * hour;
    const gap = target(time) - price;
    // Prices follow a rising market sooner than a falling one.
    const moves = Math.abs(gap) > 0.009 && random.chance(gap > 0 ? 0.8 : 0.5);
    if (!moves) continue;
    const previous = price;
    price = rounded(price + Math.sign(gap) * Math.min(Math.abs(gap), random.chance(0.8) ? 0.01 : 0.02), 3);
    history.push({ time, price, previous });
  }
  return history;
}

/** Most changes come with the first batch of the day. */
function movingHour(random: Random, site: Site): number {
  const [first = 6, ...later] = site.brand.hours;
  return later.length === 0 || random.chance(0.6) ? first : random.pick(later);
}

/** Forecourts price in whole pence less a tenth, or as the brand does: 1.459, 1.457. */
function pumpPrice(price: number, site: Site): number {
  const tenths = site.brand.ending;
  return rounded((Math.round(price * 100 - tenths) + tenths) / 100, 3);
}

function observations(
  retailer: Retailer,
  product: Product<CompetitorSite>,
  actual: readonly Movement[],
): Observation[] {
  const { site } = product;
  const random = randomFrom(retailer.seed, "survey", site.number, product.grade.importCode);
  const seen: Observation[] = [];
  let next = 0;
  let price = actual[0]?.price ?? 0;
  for (let index = 0; index <= historyDays; index += site.feed ? 1 : site.surveyDays) {
    // Feeds arrive before the morning's batch; staff survey during the day.
    const atHour = site.feed ? 5 : random.integer(7, 17);
    const time = retailer.market.firstDay + index * day + atHour * hour + random.integer(0, 59) * minute;
    if (time + entryDelay > retailer.now) break;
    for (; (actual[next]?.time ?? Infinity) <= time; next += 1) price = actual[next]?.price ?? price;
    const last = seen.at(-1);
    if (last?.price !== price) {
      seen.push({ time, price, previous: last?.price ?? price, since: time });
    } else if (time - last.time >= 3 * day) {
      // An unchanged price is confirmed from time to time.
      seen.push({ time, price, previous: last.previous, since: last.since });
    }
  }
  return seen;
}

function remembered<K, V>(memory: Map<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
