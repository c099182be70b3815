/**
 * Price documents of the last weeks: own, competitor, proposed, cost.
 * @module
 */
import { clockText, day, hour, minute } from "./clock.ts";
import { rounded } from "./decimals.ts";
import { type Entity, type Reference, referenceTo } from "./document.ts";
import {
  costAt,
  costHistory,
  deliveryCost,
  entryDelay,
  marginOf,
  type Movement,
  type PriceHistories,
} from "./price-history.ts";
import { hasNoPrices } from "./odd-cases.ts";
import { withOddPrices } from "./odd-prices.ts";
import { person } from "./people.ts";
import { type Random, randomFrom } from "./random.ts";
import { referenceNamed } from "./reference.ts";
import type { OwnSite, Product, Retailer } from "./retailer.ts";

export function ownPrices(retailer: Retailer, prices: PriceHistories): Entity[] {
  const status = statuses(retailer);
  const channel = channels(retailer);
  const random = randomFrom(retailer.seed, "own price documents");
  return retailer.ownProducts.flatMap((product) => {
    const orderly = prices
      .own(product)
      .filter(({ time }) => time <= retailer.now)
      .map((movement): Entity => {
        const exported = movement.time - random.integer(5, 40) * minute;
        const manual = random.chance(0.06);
        const effective = clockText(movement.time);
        return {
          id: random.guid(),
          createdOn: exported,
          updatedOn: Math.min(movement.time + random.integer(1, 8) * minute, retailer.now),
          data: {
            checkedForPg: true,
            dataChannel: manual ? channel("Manual Entry") : channel("Price Generation"),
            effectiveTime: effective,
            exportedTime: clockText(exported),
            origin: manual ? "PNWeb" : "Price Generation",
            originalEffectiveTime: effective,
            previousPrice: movement.previous,
            price: movement.price,
            priceId: random.integer(1_000_000, 99_999_999),
            product: referenceTo(product),
            site: referenceTo(product.site),
            source: manual ? "Manual" : "Export",
            status: { ...status("Implemented"), exported: true },
          },
        };
      });
    return withOddPrices(retailer, product, orderly);
  });
}

export function competitorPrices(retailer: Retailer, prices: PriceHistories): Entity[] {
  const status = statuses(retailer);
  const channel = channels(retailer);
  const random = randomFrom(retailer.seed, "competitor price documents");
  return retailer.competitorProducts.flatMap((product) => {
    if (hasNoPrices(product.site)) return [];
    const surveyor = person(randomFrom(retailer.seed, "surveyor", product.site.number)).user;
    const mobile = product.site.number % 4 > 0;
    return prices.competitor(product).map((seen) => {
      const effective = clockText(seen.time);
      return {
        id: random.guid(),
        createdOn: seen.time + random.integer(10_000, entryDelay),
        data: {
          checkedForPg: true,
          dataChannel: product.site.feed
            ? channel("Price Feed")
            : channel(mobile ? "Mobile Survey" : "Web Survey"),
          effectiveTime: effective,
          origin: product.site.feed ? "OPIS" : mobile ? "Kmobile" : "PNWeb",
          originalEffectiveTime: effective,
          price: seen.price,
          priceId: random.integer(1_000_000, 99_999_999),
          product: referenceTo(product),
          site: referenceTo(product.site),
          source: product.site.feed ? "Feed" : "Survey",
          status: status("Valid"),
          user: product.site.feed ? undefined : surveyor,
        },
      };
    });
  });
}

/** Proposals of price generation: most were exported and became a price, some were rejected, some are waiting. */
export function proposedPrices(retailer: Retailer, prices: PriceHistories): Entity[] {
  const random = randomFrom(retailer.seed, "proposed price documents");
  return retailer.ownProducts.flatMap((product) => {
    const history = prices.own(product);
    const proposals: Entity[] = [];
    for (const [index, movement] of history.entries()) {
      const created = movement.time - leadTime(movement.time, random);
      if (created > retailer.now || index === 0) continue;
      const done = movement.time <= retailer.now;
      const outcome = done ? "Exported" : random.chance(0.5) ? "Awaiting Review" : "Approved";
      proposals.push(proposal(retailer, product, movement, created, outcome, random));
      if (!done || !random.chance(0.2)) continue;
      // A larger first proposal, rejected the day before.
      const price = rounded(movement.price + 0.01 * Math.sign(movement.price - movement.previous), 3);
      const earlier = { ...movement, time: movement.time - day, price };
      proposals.push(proposal(retailer, product, earlier, created - day, "Rejected", random));
    }
    return proposals;
  });
}

/** The first batch of a day is proposed the afternoon before, later ones an hour or more ahead. Milliseconds. */
function leadTime(effective: number, random: Random): number {
  const early = (effective % day) / hour < 8;
  return (early ? random.integer(13 * 60, 16 * 60) : random.integer(50, 200)) * minute;
}

function proposal(
  retailer: Retailer,
  product: Product<OwnSite>,
  { time, price, previous }: Movement,
  created: number,
  outcome: "Exported" | "Rejected" | "Awaiting Review" | "Approved",
  random: Random,
): Entity {
  const exported = outcome === "Exported";
  const exportedTime = time - random.integer(5, 40) * minute;
  const cost = costAt(retailer, product, Math.max(created, retailer.market.firstDay));
  return {
    id: random.guid(),
    createdOn: created,
    updatedOn: exported ? exportedTime : Math.min(created + random.integer(1, 30) * minute, retailer.now),
    version: exported ? 3 : outcome === "Awaiting Review" ? 1 : 2,
    data: {
      cost,
      currentPrice: previous,
      dataChannel: referenceNamed(retailer.seed, "DataChannel", "Price Generation"),
      effectiveTime: clockText(time),
      exportedTime: exported ? clockText(exportedTime) : undefined,
      margin: marginOf(price, cost),
      origin: "Price Generation",
      originalEffectiveTime: clockText(time),
      price,
      priceChange: rounded(price - previous, 3),
      priceId: random.integer(1_000_000, 99_999_999),
      product: referenceTo(product),
      site: referenceTo(product.site),
      source: "Strategy",
      status: { ...referenceNamed(retailer.seed, "PriceStatus", outcome), exported },
    },
  };
}

export function costPrices(retailer: Retailer): Entity[] {
  const channel = channels(retailer)("Cost Import");
  const random = randomFrom(retailer.seed, "cost price documents");
  return retailer.ownProducts.flatMap((product) =>
    costHistory(retailer, product).map(({ time, cost }) => ({
      id: random.guid(),
      // Tomorrow's costs arrive the evening before.
      createdOn: time - 3 * hour + random.integer(0, 3600) * 1000,
      data: {
        dataChannel: channel,
        deliveryCost: deliveryCost(product),
        effectiveTime: clockText(time),
        origin: "Import",
        originalEffectiveTime: clockText(time),
        price: cost,
        priceId: random.integer(1_000_000, 99_999_999),
        product: referenceTo(product),
        site: referenceTo(product.site),
        source: "Cost Import",
      },
    })),
  );
}

function statuses(retailer: Retailer): (name: string) => Reference {
  return referencesTo(retailer, "PriceStatus");
}

function channels(retailer: Retailer): (name: string) => Reference {
  return referencesTo(retailer, "DataChannel");
}

/** References by name, each created once: tens of thousands of prices share a handful. */
function referencesTo({ seed }: Retailer, entityType: string): (name: string) => Reference {
  const known = new Map<string, Reference>();
  return (name) => {
    const reference = known.get(name) ?? referenceNamed(seed, entityType, name);
    known.set(name, reference);
    return reference;
  };
}
