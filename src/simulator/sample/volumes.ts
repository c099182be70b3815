/**
 * Volume documents of own products: sales, deliveries, forecasts, plans. In litres.
 * @module
 */
import { clockText, day, hour, minute } from "./clock.ts";
import { rounded } from "./decimals.ts";
import { type Entity, referenceTo } from "./document.ts";
import { costAt } from "./price-history.ts";
import { randomFrom } from "./random.ts";
import type { Retailer } from "./retailer.ts";
import { type SalesHistories, today, usualLitres } from "./sales-history.ts";

const forecastDays = 7;

/** One document for each complete day. */
export function salesVolumes(retailer: Retailer, { sales }: SalesHistories): Entity[] {
  const random = randomFrom(retailer.seed, "sales documents");
  return retailer.ownProducts
    .flatMap((product) =>
      sales(product).map(({ time, litres }) => ({
        id: random.guid(),
        // Tills report after midnight.
        createdOn: time + day + random.integer(10, 170) * minute,
        data: {
          effectiveTime: clockText(time),
          endTime: clockText(time + day),
          product: referenceTo(product),
          salesVolumeId: random.integer(1_000_000, 99_999_999),
          source: "Till",
          startTime: clockText(time),
          volume: litres,
        },
      })),
    )
    .filter(({ createdOn }) => createdOn <= retailer.now);
}

/** A delivery comes when a few days' sales have emptied the tank. */
export function deliveryVolumes(retailer: Retailer, { sales }: SalesHistories): Entity[] {
  const random = randomFrom(retailer.seed, "delivery documents");
  return retailer.ownProducts
    .flatMap((product) => {
      if (product.grade.importCode === "EVR") return [];
      const load = Math.max(2000, Math.min(36_000, usualLitres(product) * 4));
      const deliveries: Entity[] = [];
      let sold = load * random.fraction();
      for (const { time, litres } of sales(product)) {
        sold += litres;
        if (sold < load) continue;
        const volume = Math.floor(sold / 500) * 500;
        sold -= volume;
        const effective = time + random.integer(4 * 60, 21 * 60) * minute;
        deliveries.push({
          id: random.guid(),
          createdOn: effective + random.integer(20, 90) * minute,
          data: {
            checkedForPg: true,
            deliveryVolumeId: random.integer(1_000_000, 99_999_999),
            effectiveTime: clockText(effective),
            product: referenceTo(product),
            unitCostPrice: costAt(retailer, product, effective),
            volume,
          },
        });
      }
      return deliveries;
    })
    .filter(({ createdOn }) => createdOn <= retailer.now);
}

/** The next days, as predicted by the weekly pattern. */
export function forecastVolumes(retailer: Retailer, { expected }: SalesHistories): Entity[] {
  const random = randomFrom(retailer.seed, "forecast documents");
  const createdOn = today(retailer);
  return retailer.ownProducts.flatMap((product) =>
    Array.from({ length: forecastDays }, (_, ahead) => {
      const time = createdOn + ahead * day;
      return {
        id: random.guid(),
        createdOn,
        data: {
          endTime: clockText(time + day),
          forecastVolumeUid: random.guid(),
          product: referenceTo(product),
          startTime: clockText(time),
          volume: rounded(expected(product, time), 2),
        },
      };
    }),
  );
}

/** Last month, this month and the next, planned from the usual day. */
export function planVolumes(retailer: Retailer, { expected }: SalesHistories): Entity[] {
  const random = randomFrom(retailer.seed, "plan documents");
  const now = new Date(retailer.now);
  const monthStart = (ahead: number): number => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1);
  return retailer.ownProducts.flatMap((product) => {
    const growth = random.around(1.01, 0.015);
    return [-1, 0, 1].map((ahead) => {
      const [start, end] = [monthStart(ahead), monthStart(ahead + 1)];
      let litres = 0;
      for (let time = start; time < end; time += day) litres += expected(product, time);
      return {
        id: random.guid(),
        createdOn: monthStart(ahead - 2) + 20 * day + 10 * hour,
        data: {
          endTime: clockText(end),
          planVolumeId: random.integer(100_000, 9_999_999),
          product: referenceTo(product),
          startTime: clockText(start),
          volume: Math.round((litres * growth) / 100) * 100,
        },
      };
    });
  });
}
