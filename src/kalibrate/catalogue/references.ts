/**
 * Which attributes refer to entities of another collection, so that `brand.name` can be looked up.
 *
 * The documents hold only the other entity's id; the vendor's Excel template joins own product to global product
 * and site to brand on it. The targets of the other names follow the documentation's “refers to” column.
 * @module
 */

export interface Reference {
  /** Collection, or collection and entity type, in which the entity is found. */
  readonly collection: string;
  /**
   * The variant in which to look first: a fixed one, or `like referrer` where own things refer to own ones and a
   * competitor's to a competitor's. Undefined where the collection has entity types instead.
   */
  readonly variant?: "Own" | "Competitor" | "Global" | "like referrer";
}

/** By attribute name, for every collection. */
const references: Readonly<Record<string, Reference>> = {
  site: { collection: "site", variant: "like referrer" },
  ownSite: { collection: "site", variant: "Own" },
  competitorSite: { collection: "site", variant: "Competitor" },
  competitorSites: { collection: "site", variant: "Competitor" },
  nearestOwnSite: { collection: "site", variant: "Own" },
  product: { collection: "product", variant: "like referrer" },
  ownProduct: { collection: "product", variant: "Own" },
  primaryProduct: { collection: "product", variant: "Global" },
  brand: { collection: "reference/Brand" },
  area: { collection: "reference/Area" },
  channelOfTrade: { collection: "reference/ChannelOfTrade" },
  contractType: { collection: "reference/ContractType" },
  dataChannel: { collection: "reference/DataChannel" },
  priceStatus: { collection: "reference/PriceStatus" },
  status: { collection: "reference/PriceStatus" },
  eventTemplate: { collection: "reference/EventTemplate" },
  productGroup: { collection: "productgroup", variant: "Global" },
  initialEvent: { collection: "pricerequest/Event" },
};

/** A product's own product is the global one that gives it its name. */
const productOfProduct: Reference = { collection: "product", variant: "Global" };

/** What `attribute` refers to when it stands on a document of `collection`; undefined: nothing known. */
export function findReference(collection: string, attribute: string): Reference | undefined {
  if (collection === "product" && attribute === "product") return productOfProduct;
  return Object.hasOwn(references, attribute) ? references[attribute] : undefined;
}
