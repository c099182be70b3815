/**
 * The eight collections of the Data API.
 *
 * Workbooks depend on the order of the default columns: never reorder them, add new ones at the end, and include no
 * personal data.
 * @module
 */

export interface Collection {
  /** As in the URL: `GET /api/{name}`. */
  readonly name: string;
  /** The vendor's spelling, for display. */
  readonly label: string;
  /**
   * Whether the collection holds many entity types and takes one in its path (`reference/Brand`). The other collections
   * are divided by variant.
   */
  readonly hasEntityTypes: boolean;
  /** Known variants, or known entity types if `hasEntityTypes`. Others exist, so unknown ones are never refused. */
  readonly kinds: readonly string[];
  readonly defaultColumns: readonly string[];
  /** The time at which a record takes effect; undefined if the collection's records have no such time. */
  readonly timeProperty?: string;
}

export const collections: readonly Collection[] = [
  {
    name: "price",
    label: "Price",
    hasEntityTypes: false,
    kinds: ["Own", "Competitor", "Proposed", "Cost"],
    timeProperty: "effectiveTime",
    defaultColumns: [
      "entityVariant",
      "site.importCode",
      "site.name",
      "product.product.name",
      "price",
      "effectiveTime",
      "source",
      "origin",
    ],
  },
  {
    name: "site",
    label: "Site",
    hasEntityTypes: false,
    kinds: ["Own", "Competitor"],
    defaultColumns: [
      "entityVariant",
      "importCode",
      "name",
      "brand.name",
      "address",
      "postCode",
      "country",
      "latitude",
      "longitude",
      "active",
    ],
  },
  {
    name: "product",
    label: "Product",
    hasEntityTypes: false,
    kinds: ["Own", "Competitor", "Global"],
    defaultColumns: [
      "entityVariant",
      "importCode",
      "name",
      "site.importCode",
      "site.name",
      "product.name",
      "currentPrice",
      "currentPriceEffectiveTime",
      "active",
    ],
  },
  {
    name: "volume",
    label: "Volume",
    hasEntityTypes: false,
    kinds: ["Sales", "Delivery", "Forecast", "Plan"],
    timeProperty: "effectiveTime",
    defaultColumns: [
      "entityVariant",
      "product.site.importCode",
      "product.site.name",
      "product.product.name",
      "effectiveTime",
      "startTime",
      "endTime",
      "volume",
    ],
  },
  {
    name: "productgroup",
    label: "ProductGroup",
    hasEntityTypes: false,
    kinds: ["Global", "Own"],
    defaultColumns: ["entityVariant", "importCode", "name", "alias", "active"],
  },
  {
    name: "pricerequest",
    label: "PriceRequest",
    hasEntityTypes: true,
    kinds: ["Event"],
    timeProperty: "startTime",
    defaultColumns: ["entityType", "startTime", "endTime", "processTime", "recurring"],
  },
  {
    name: "surveyhistory",
    label: "SurveyHistory",
    hasEntityTypes: true,
    kinds: ["CompetitorSurveyTarget", "CompetitorSurveyAdjustment"],
    timeProperty: "startTime",
    defaultColumns: [
      "entityType",
      "ownSite.name",
      "competitorSite.name",
      "site.name",
      "date",
      "startTime",
      "endTime",
      "target",
      "startDate",
      "endDate",
      "adjustment",
    ],
  },
  {
    name: "reference",
    label: "Reference",
    hasEntityTypes: true,
    kinds: [
      "Brand",
      "Area",
      "AlternateImportCode",
      "ChannelOfTrade",
      "ContractType",
      "PriceStatus",
      "DataChannel",
    ],
    defaultColumns: ["entityType", "importCode", "name"],
  },
];

const byName = new Map(collections.map((collection) => [collection.name, collection]));

/** A known variant or entity type in the vendor's letter case, which the server may require; undefined if unknown. */
export function findKind({ kinds }: Pick<Collection, "kinds">, written: string): string | undefined {
  return kinds.find((kind) => kind.toLowerCase() === written.toLowerCase());
}

/** The collection with this name in any letter case (the vendor's own clients differ); undefined if there is none. */
export function findCollection(name: string): Collection | undefined {
  return byName.get(name.toLowerCase());
}
