/**
 * The market of one own site as rows: its products and those of its competitors, with their differences.
 *
 * Missing data leaves cells empty: a product without a price has no rank, a site without a position no distance.
 * @module
 */
import { type ClockTime, instantOf, readClockTime } from "../clock-time.ts";
import { addDecimal, decimalToNumber, emptySum } from "../summary/decimal-sum.ts";
import { groupBy } from "../group-by.ts";
import { compareValues } from "../summary/value-numbers.ts";
import type { Column, ColumnType, TableValue } from "../table.ts";
import { kilometresBetween, type Position } from "./distance.ts";

export interface MarketSite extends Position {
  /** False for a competitor's. */
  readonly isOwn: boolean;
  readonly code: TableValue;
  readonly name: TableValue;
  readonly brand: TableValue;
}

/** A product at a site. */
export interface Offer {
  readonly site: MarketSite;
  /** The global product's id: sites' products of one id are compared. */
  readonly product: string;
  readonly productCode: TableValue;
  readonly productName: TableValue;
  readonly price: TableValue;
  /** The time since which the price is valid, as the API wrote it. */
  readonly time: TableValue;
}

/** The names and order of the columns are a contract with saved workbooks. */
const columns: readonly (readonly [name: string, label: string, type: ColumnType])[] = [
  ["market", "Market", "text"],
  ["productCode", "Product code", "text"],
  ["product", "Product", "text"],
  ["siteCode", "Site code", "text"],
  ["site", "Site", "text"],
  ["brand", "Brand", "text"],
  ["own", "Own", "boolean"],
  ["price", "Price", "number"],
  ["difference", "Difference", "number"],
  ["rank", "Rank", "number"],
  ["effectiveTime", "Effective", "datetime"],
  ["ageHours", "Age in hours", "number"],
  ["distanceKm", "Distance in km", "number"],
];

export const marketColumns = (): Column[] => columns.map(([name, label, type]) => ({ name, label, type }));

/**
 * @param ours the site of the market
 * @param offers of that site and its competitors
 * @param at the moment at which ages count
 * @returns the rows by product code, within a product ours first, then by price
 */
export function marketRows(ours: MarketSite, offers: readonly Offer[], at: ClockTime): TableValue[][] {
  const products = groupBy(offers, ({ product }) => product);
  const nameOf = ([offer]: readonly Offer[]) => offer?.productCode ?? offer?.productName ?? null;
  const inOrder = [...products.values()].sort((a, b) => compareValues(nameOf(a), nameOf(b), "text"));
  return inOrder.flatMap((some) => productRows(ours, some, at));
}

function productRows(ours: MarketSite, offers: readonly Offer[], at: ClockTime): TableValue[][] {
  const prices = offers.flatMap(({ price }) => (typeof price === "number" ? [price] : [])).sort(byNumber);
  // If we have two different prices for one product, neither can be compared with.
  const own = new Set(offers.flatMap(({ site, price }) => (site === ours ? [price] : [])));
  const [ourPrice = null] = own.size === 1 ? own : [];
  const order = (a: Offer, b: Offer) =>
    Number(b.site === ours) - Number(a.site === ours) ||
    compareValues(a.price, b.price, "number") ||
    compareValues(a.site.code, b.site.code, "text");
  return offers
    .toSorted(order)
    .map(({ site, productCode, productName, price, time }) => [
      ours.code,
      productCode,
      productName,
      site.code,
      site.name,
      site.brand,
      site.isOwn,
      price,
      difference(price, ourPrice),
      typeof price === "number" ? prices.indexOf(price) + 1 : null,
      time,
      hoursSince(time, at),
      kilometresBetween(ours, site),
    ]);
}

const byNumber = (a: number, b: number) => a - b;

function difference(theirs: TableValue, ours: TableValue): number | null {
  if (typeof theirs !== "number" || typeof ours !== "number") return null;
  const sum = emptySum();
  addDecimal(sum, theirs);
  addDecimal(sum, ours, -1);
  return decimalToNumber(sum);
}

/**
 * The time between two instants if both have a zone, otherwise between the local times. Rounded to a hundredth of an
 * hour.
 */
function hoursSince(time: TableValue, at: ClockTime): number | null {
  const since = typeof time === "string" ? readClockTime(time) : undefined;
  if (since === undefined) return null;
  const passed =
    since.offset === undefined || at.offset === undefined
      ? at.clock - since.clock
      : instantOf(at.clock, at.offset) - instantOf(since.clock, since.offset);
  return Math.round(passed / 36_000) / 100;
}
