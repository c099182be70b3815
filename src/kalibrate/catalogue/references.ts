/**
 * Which attributes refer to entities of another collection, so that `brand.name` can be resolved.
 *
 * Documents hold only the other entity's id. The vendor's Excel template uses it to join own product to global product
 * and site to brand. The other targets follow the documentation's “refers to” column.
 * @module
 */

export interface Reference {
  /** The entity's collection, with its entity type if it has one. */
  readonly collection: string;
  /**
   * The variant to search first. `like referrer`: own entities refer to own ones, a competitor's to a competitor's.
   * Undefined if the collection has entity types instead.
   */
  readonly variant?: "Own" | "Competitor" | "Global" | "like referrer";
}

/** By attribute name, valid in every collection. */
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

/** The `product` of a product is the global product, which holds the name. */
const productOfProduct: Reference = { collection: "product", variant: "Global" };

/**
 * The variant of the entity that a document refers to, as far as the reference tells. Proposed prices and costs belong to
 * own sites, so only a competitor's documents refer to a competitor's.
 * @param referrer the variant of the document.
 */
export function referredVariant({ variant }: Reference, referrer: unknown): string | undefined {
  if (variant !== "like referrer") return variant;
  return referrer === "Competitor" ? "Competitor" : "Own";
}

/** What an attribute of a collection's documents refers to; undefined if unknown. */
export function findReference(collection: string, attribute: string): Reference | undefined {
  if (collection === "product" && attribute === "product") return productOfProduct;
  return Object.hasOwn(references, attribute) ? references[attribute] : undefined;
}
