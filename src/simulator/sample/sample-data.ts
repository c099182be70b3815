/**
 * All sample documents, by collection and kind. A kind's documents are created on first use and cached.
 * @module
 */
import { type SampleDocument, type Entity, type Kind, toDocument } from "./document.ts";
import { ownProducts } from "./own-products.ts";
import { createPriceHistories, type PriceHistories } from "./price-history.ts";
import { events } from "./price-requests.ts";
import { competitorPrices, costPrices, ownPrices, proposedPrices } from "./prices.ts";
import { globalProductGroups, ownProductGroups } from "./product-groups.ts";
import { competitorProducts, globalProducts } from "./products.ts";
import { alternateImportCodes, areas, brands, entriesOf } from "./reference.ts";
import { createRetailer, type Retailer } from "./retailer.ts";
import { createSalesHistories, type SalesHistories } from "./sales-history.ts";
import { competitorSites, ownSiteCompetitors, ownSites } from "./sites.ts";
import { surveyAdjustments, surveyTargets } from "./survey-history.ts";
import { deliveryVolumes, forecastVolumes, planVolumes, salesVolumes } from "./volumes.ts";

/** A document, with its JSON once it has been sent: serialising 115 attributes costs more than sending them. */
export interface StoredDocument {
  readonly document: SampleDocument;
  json?: string;
}

/** All documents of one kind, in order of creation. */
export interface Partition extends Kind {
  documents(): readonly StoredDocument[];
}

export interface SampleData {
  readonly partitions: readonly Partition[];
}

type Make = (retailer: Retailer, histories: PriceHistories & SalesHistories) => Entity[];

const kinds: readonly (readonly [
  collection: string,
  entityType: string,
  entityVariant: string,
  make: Make,
])[] = [
  ["Price", "Price", "Own", ownPrices],
  ["Price", "Price", "Competitor", competitorPrices],
  ["Price", "Price", "Proposed", proposedPrices],
  ["Price", "Price", "Cost", costPrices],
  ["Site", "Site", "Own", ownSites],
  ["Site", "Site", "Competitor", competitorSites],
  ["Site", "Site", "OwnSiteCompetitor", ownSiteCompetitors],
  ["Product", "Product", "Global", globalProducts],
  ["Product", "Product", "Own", (retailer, histories) => ownProducts(retailer, histories, histories)],
  ["Product", "Product", "Competitor", competitorProducts],
  ["Volume", "Volume", "Sales", salesVolumes],
  ["Volume", "Volume", "Delivery", deliveryVolumes],
  ["Volume", "Volume", "Forecast", forecastVolumes],
  ["Volume", "Volume", "Plan", planVolumes],
  ["ProductGroup", "ProductGroup", "Global", globalProductGroups],
  ["ProductGroup", "ProductGroup", "Own", ownProductGroups],
  ["PriceRequest", "Event", "Common", events],
  ["SurveyHistory", "CompetitorSurveyTarget", "Common", surveyTargets],
  ["SurveyHistory", "CompetitorSurveyAdjustment", "Common", surveyAdjustments],
  ["Reference", "Brand", "Common", brands],
  ["Reference", "Area", "Common", areas],
  ["Reference", "ChannelOfTrade", "Common", entriesOf("ChannelOfTrade")],
  ["Reference", "ContractType", "Common", entriesOf("ContractType")],
  ["Reference", "PriceStatus", "Common", entriesOf("PriceStatus")],
  ["Reference", "DataChannel", "Common", entriesOf("DataChannel")],
  ["Reference", "EventTemplate", "Common", entriesOf("EventTemplate")],
  ["Reference", "AlternateImportCode", "Common", alternateImportCodes],
];

/**
 * The sample data of a retailer with `ownSites` own sites at the moment `now` (milliseconds since 1970). Equal
 * arguments give the same documents, byte for byte.
 */
export function createSampleData(seed: number, ownSites: number, now: number): SampleData {
  const retailer = createRetailer(seed, ownSites, now);
  const histories = { ...createPriceHistories(retailer), ...createSalesHistories(retailer) };
  return {
    partitions: kinds.map(([collection, entityType, entityVariant, make]) => {
      const kind = { collection, entityType, entityVariant };
      let made: readonly StoredDocument[] | undefined;
      return { ...kind, documents: () => (made ??= inOrderOfCreation(make(retailer, histories), kind)) };
    }),
  };
}

function inOrderOfCreation(entities: Entity[], kind: Kind): StoredDocument[] {
  return entities
    .sort((a, b) => a.createdOn - b.createdOn)
    .map((entity) => ({ document: toDocument(kind, entity) }));
}
