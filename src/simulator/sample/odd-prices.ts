/**
 * Irregular price records, for the sites that have them.
 * @module
 */
import { clockText, day, hour, minute, startOfDay } from "./clock.ts";
import { rounded } from "./decimals.ts";
import type { Entity } from "./document.ts";
import { hasOddPrices } from "./odd-cases.ts";
import { randomFrom } from "./random.ts";
import type { OwnSite, Product, Retailer } from "./retailer.ts";

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
