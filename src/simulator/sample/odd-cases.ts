/**
 * Sites with irregular data, as in every real network, so that each rule of the functions has data: corrected and
 * duplicated prices, prices for tomorrow, times without a price, sites without competitors, competitors without
 * products or prices. They have high numbers, so a small retailer has none of them.
 * @module
 */
import { clockText, day, hour, minute, startOfDay } from "./clock.ts";
import { rounded } from "./decimals.ts";
import type { Entity } from "./document.ts";
import { randomFrom } from "./random.ts";
import type { OwnSite, Product, Retailer } from "./retailer.ts";

interface Numbered {
  readonly number: number;
}

/** An own site without entered competitors. */
export const hasNoCompetitors = ({ number }: Numbered): boolean => number % 140 === 69;

/** A competitor without entered products. */
export const hasNoProducts = ({ number }: Numbered): boolean => number % 400 === 250;

/** A competitor with products but without observed prices. */
export const hasNoPrices = ({ number }: Numbered): boolean => number % 400 === 270;

/** An own site whose price records are corrected, duplicated, interrupted and made in advance. */
export const hasOddPrices = ({ number }: Numbered): boolean => number % 70 === 65;

/** The grade that is out of stock for some days at sites with odd prices. */
const interrupted = "SUL";

/**
 * The price records of an own product, including the irregular ones.
 * @param prices the regular ones until now, oldest first
 */
export function withOddPrices(
  { seed, now }: Retailer,
  product: Product<OwnSite>,
  prices: readonly Entity[],
): readonly Entity[] {
  const [, first, second] = prices;
  const latest = prices.at(-1);
  if (!hasOddPrices(product.site) || !first || !second || !latest) return prices;
  const random = randomFrom(seed, "odd prices", product.number);
  const like = (entity: Entity, written: number, data: object = {}): Entity => ({
    ...entity,
    id: random.guid(),
    createdOn: written,
    updatedOn: written,
    data: { ...entity.data, ...data },
  });
  const from = (time: number) => ({
    effectiveTime: clockText(time),
    originalEffectiveTime: clockText(time),
    exportedTime: clockText(Math.min(time, now) - hour),
  });
  const dearer = ({ data }: Entity) => rounded(Number(data["price"]) + 0.01, 3);

  const tomorrow = startOfDay(now) + day + 6 * hour;
  const odd = [
    // A penny too high; `first` itself is the correction.
    like(first, first.createdOn - 30 * minute, { price: dearer(first) }),
    // Duplicated.
    { ...second, id: random.guid() },
    like(latest, now - hour, {
      ...from(tomorrow),
      price: dearer(latest),
      previousPrice: latest.data["price"],
    }),
  ];
  if (product.grade.importCode !== interrupted) return [...prices, ...odd];
  const soldOut = startOfDay(now) - 12 * day + 6 * hour;
  const soldAgain = soldOut + 3 * day;
  const before = prices.findLast(({ data }) => String(data["effectiveTime"]) < clockText(soldAgain)) ?? first;
  return [
    ...prices,
    ...odd,
    like(before, soldOut - hour, { ...from(soldOut), price: undefined }),
    like(before, soldAgain - hour, from(soldAgain)),
  ];
}
