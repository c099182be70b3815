/**
 * Documents of the products that own sites sell, with consistent prices, costs, margins, limits and volumes.
 * @module
 */
import { blankProduct, type ProductAttributes } from "./blank-product.ts";
import { clockText, hour, minute } from "./clock.ts";
import { rounded } from "./decimals.ts";
import type { Entity } from "./document.ts";
import { taxRate } from "./grades.ts";
import {
  costAt,
  costHistory,
  currentMovement,
  deliveryCost,
  marginOf,
  type PriceHistories,
} from "./price-history.ts";
import { linksOf } from "./products.ts";
import { randomFrom } from "./random.ts";
import type { OwnSite, Product, Retailer } from "./retailer.ts";
import { runningRate, type SalesHistories, usualLitres } from "./sales-history.ts";

export function ownProducts(retailer: Retailer, prices: PriceHistories, sales: SalesHistories): Entity[] {
  return retailer.ownProducts.map((product) => {
    const random = randomFrom(retailer.seed, "own product document", product.number);
    const { time } = currentMovement(prices.own(product), retailer.now);
    return {
      id: product.id,
      version: random.integer(20, 900),
      createdOn: product.site.createdOn,
      updatedOn: Math.min(time + 2 * minute, retailer.now),
      data: {
        ...blankProduct,
        ...linksOf(product),
        ...ownPrices(retailer, product, prices),
        ...costsOf(retailer, product),
        ...limitsOf(retailer, product),
        ...volumesOf(product, sales),
        allowOptimise: true,
        numberOfHoses: product.grade.number <= 4 ? random.integer(4, 12) : random.integer(1, 2),
        ownProductId: product.number,
      },
    };
  });
}

function ownPrices(
  retailer: Retailer,
  product: Product<OwnSite>,
  { own }: PriceHistories,
): ProductAttributes {
  const history = own(product);
  const current = currentMovement(history, retailer.now);
  const before = history[history.indexOf(current) - 1] ?? current;
  const latest = history.at(-1) ?? current;
  const effective = clockText(current.time);
  const cost = costAt(retailer, product, retailer.now);
  return {
    currentMargin: marginOf(current.price, cost),
    currentPrice: current.price,
    currentPriceCreated: clockText(current.time - 45 * minute),
    currentPriceEffectiveTime: effective,
    currentPriceStartTime: effective,
    currentPumpPrice: current.price,
    currentPumpPriceEffectiveTime: effective,
    currentPumpPriceSource: "Till",
    currentSource: "Export",
    lastProposedEffectiveTime: clockText(latest.time),
    previousChangedPrice: current.previous,
    previousChangedPriceEffectiveTime: clockText(before.time),
    previousChangedPumpPrice: current.previous,
    previousChangedPumpPriceEffectiveTime: clockText(before.time),
    previousPrice: current.previous,
    previousPriceEffectiveTime: clockText(before.time),
    publishedPrice: current.price,
    publishedPriceEffectiveTime: effective,
    priceStatusId: 5,
  };
}

function costsOf(retailer: Retailer, product: Product<OwnSite>): ProductAttributes {
  const costs = costHistory(retailer, product);
  const current = costs.at(-1);
  const before = costs.at(-2) ?? current;
  if (!current || !before) return {};
  return {
    currentCost: current.cost,
    currentCostEffectiveTime: clockText(current.time),
    currentDeliveryCost: deliveryCost(product),
    currentDeliveryCostEffectiveTime: clockText(retailer.market.firstDay),
    previousChangedCost: before.cost,
    previousChangedCostEffectiveTime: clockText(before.time),
    timeWeightedCost: rounded(
      costs.slice(-5).reduce((sum, { cost }) => sum + cost, 0) / Math.min(5, costs.length),
      4,
    ),
    timeWeightedCostCalculated: clockText(retailer.now - 3 * hour),
  };
}

/** The limits for price generation. */
function limitsOf(retailer: Retailer, product: Product<OwnSite>): ProductAttributes {
  const { grade } = product;
  const usual = (grade.cost + grade.margin) * (1 + taxRate / 100);
  return {
    highPriceIncrease: 0.05,
    maintainSpread: grade.importCode === "SUL" || grade.importCode === "PDL",
    maxCost: rounded(grade.cost * 1.25, 3),
    maxDailyPriceDecrement: 0.04,
    maxDailyPriceIncrement: 0.04,
    maxPrice: rounded(usual * 1.35, 2),
    maxPriceDecrement: 0.02,
    maxPriceIncrement: 0.02,
    minCost: rounded(grade.cost * 0.75, 3),
    minMargin: 0.03,
    minPrice: rounded(usual * 0.75, 2),
    pgMaxPrice: rounded(usual * 1.3, 2),
    pgMaxPriceDecrement: 0.02,
    pgMaxPriceIncrement: 0.02,
    pgMinPrice: rounded(usual * 0.8, 2),
    volatilityPriceChangeCountTo: 3,
    volatilityPriceChangeValueTo: 0.05,
    volatilityPriceChangeWithinLastXHours: 24,
    volatilityPriceEnabled: product.site.number % 3 === 0,
    zOffsetEffectiveTime: clockText(retailer.market.firstDay),
  };
}

function volumesOf(product: Product<OwnSite>, { sales }: SalesHistories): ProductAttributes {
  const history = sales(product);
  const usual = usualLitres(product);
  return {
    achievedVolume: history.at(-1)?.litres ?? 0,
    achievedVolumePeriod: 1,
    maxDelivery: 38_000,
    maxSales: Math.round(usual * 3),
    minDelivery: 1000,
    rollingRunningRate: runningRate(history),
  };
}
