/**
 * The complete sites and products of both sides of the market, cached: the markets of all sites need one pull.
 * @module
 */
import { referencedId } from "../../kalibrate/documents/document.ts";
import type { QueryAnswer } from "../../kalibrate/gateway-api.ts";
import { groupBy } from "../../kalibrate/group-by.ts";
import type { MarketSite, Offer } from "../../kalibrate/market/market-rows.ts";
import { type FindNamed, indexByNames, type Named } from "../../kalibrate/market/named.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import type { TableValue } from "../../kalibrate/table.ts";
import type { AnswerContext } from "./context.ts";
import { createIndexedSlices } from "./indexed-slices.ts";

export const bothSides = "(entityVariant in Own, Competitor)";

export interface Site extends MarketSite, Named {
  /** Ids of the competitors' sites. */
  readonly competitors: readonly string[];
}

export interface Sites {
  readonly byId: ReadonlyMap<string, Site>;
  readonly findOwn: FindNamed<Site>;
}

/** A product at a site, with its current price. */
export interface SoldProduct extends Omit<Offer, "site"> {
  readonly id: string;
  readonly siteId: string;
}

export interface Products {
  readonly bySite: ReadonlyMap<string, readonly SoldProduct[]>;
  /** Finds global products. */
  readonly find: FindNamed<Named>;
}

export interface MarketSlices {
  readonly sites: Sites;
  readonly products: Products;
  readonly answers: readonly Pick<QueryAnswer, "asOf" | "superseded">[];
}

const siteFields = [
  "entityVariant",
  "importCode",
  "name",
  "brand.name",
  "latitude",
  "longitude",
  "competitorSites",
];
const productFields = [
  "site",
  "product",
  "product.importCode",
  "product.name",
  "currentPrice",
  "currentPriceEffectiveTime",
];

/** @param maxBytes of sites, and the same again of products; larger slices answer their callers but are not cached */
export function createMarketSlices(
  steady: SteadyClock,
  maxBytes: number,
): (maxAge: number | undefined, context: AnswerContext) => Promise<MarketSlices> {
  const siteSlices = createIndexedSlices(steady, indexSites, maxBytes);
  const productSlices = createIndexedSlices(steady, indexProducts, maxBytes);
  return async (maxAge, context) => {
    const request = { query: bothSides, keys: ["entityId"], ...(maxAge !== undefined && { maxAge }) };
    const [sites, products] = await Promise.all([
      siteSlices({ ...request, collection: "site", fields: siteFields }, context),
      productSlices({ ...request, collection: "product", fields: productFields }, context),
    ]);
    return { sites: sites.index, products: products.index, answers: [sites.answer, products.answer] };
  };
}

function indexSites({ rows }: QueryAnswer): Sites {
  const sites = rows.map(([id, variant, code, name, brand, latitude, longitude, competitors]): Site => ({
    id: idOf(id),
    isOwn: variant === "Own",
    code: code ?? null,
    name: name ?? null,
    brand: brand ?? null,
    latitude: latitude ?? null,
    longitude: longitude ?? null,
    competitors: typeof competitors === "string" ? competitors.split(", ").filter(Boolean).map(idOf) : [],
  }));
  return {
    byId: new Map(sites.map((site) => [site.id, site])),
    findOwn: indexByNames(
      sites.filter(({ isOwn }) => isOwn),
      ["own site", "own sites"],
    ),
  };
}

function indexProducts({ rows }: QueryAnswer): Products {
  const sold = rows.map(([id, site, product, code, name, price, time]): SoldProduct => ({
    id: idOf(id),
    siteId: idOf(site),
    product: idOf(product),
    productCode: code ?? null,
    productName: name ?? null,
    price: price ?? null,
    time: time ?? null,
  }));
  // Without these two values nothing can be compared.
  const comparable = sold.filter(({ siteId, product }) => siteId !== "" && product !== "");
  const known = new Map(
    comparable.map(({ product: id, productCode: code, productName: name }) => [id, { id, code, name }]),
  );
  return {
    bySite: groupBy(comparable, ({ siteId }) => siteId),
    find: indexByNames([...known.values()], ["product", "products"]),
  };
}

/** Ids are compared as references are: a GUID in any letter case. */
function idOf(value: TableValue | undefined): string {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return referencedId(text) ?? text;
}
