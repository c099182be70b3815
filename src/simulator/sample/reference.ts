/**
 * Reference documents: brands, areas and the other lists that documents refer to by id.
 * @module
 */
import { day } from "./clock.ts";
import { type Entity, type Reference } from "./document.ts";
import { competitorBrands, ownBrands } from "./names.ts";
import { person } from "./people.ts";
import { randomFrom } from "./random.ts";
import type { Retailer } from "./retailer.ts";
import { areaNames } from "./towns.ts";

/** Lists whose entries have little more than a name. */
const lists = {
  ChannelOfTrade: [
    "Company Operated",
    "Dealer",
    "Motorway",
    "Unmanned",
    "Supermarket",
    "Oil Company",
    "Independent",
  ],
  ContractType: [
    "Company Owned Company Operated",
    "Company Owned Dealer Operated",
    "Dealer Owned Dealer Operated",
    "Commission Agent",
  ],
  PriceStatus: ["Proposed", "Awaiting Review", "Approved", "Exported", "Implemented", "Rejected", "Valid"],
  DataChannel: [
    "Price Feed",
    "Mobile Survey",
    "Web Survey",
    "Price Generation",
    "Manual Entry",
    "Cost Import",
  ],
  EventTemplate: ["Bank Holiday", "Football Match", "Road Closure", "Store Opening", "Price Promotion"],
} as const;

export type ListName = keyof typeof lists;

const listedSince = Date.UTC(2009, 0, 5, 9);

/** The id of a reference entity, from its type and name. */
export function referenceNamed(seed: number, entityType: string, name: string): Reference {
  return { entityId: randomFrom(seed, "reference", entityType, name).guid() };
}

export function brands({ seed }: Retailer): Entity[] {
  return [...ownBrands, ...competitorBrands].map((brand, index) => ({
    id: referenceNamed(seed, "Brand", brand.name).entityId,
    createdOn: listedSince + index * day,
    data: {
      brandId: index + 1,
      currentIncreaseCount: 0,
      discount: 0,
      displayOrder: (index + 1) * 10,
      increaseTriggerValue: 3,
      name: brand.name,
    },
  }));
}

export function areas({ seed }: Retailer): Entity[] {
  return areaNames.map((name, index) => {
    const manager = person(randomFrom(seed, "area manager", name));
    return {
      id: referenceNamed(seed, "Area", name).entityId,
      createdOn: listedSince + index * day,
      data: {
        areaId: index + 1,
        displayOrder: (index + 1) * 10,
        exportSubject: `Prices ${name}`,
        extendedProperties: [{ name: "Region", value: name, importCode: `R${String(index + 1)}` }],
        formatTemplateEmailUid: randomFrom(seed, "template", "email").guid(),
        formatTemplateFaxUid: randomFrom(seed, "template", "fax").guid(),
        formatTemplateSmsUid: randomFrom(seed, "template", "sms").guid(),
        importCode: `A${String(index + 1).padStart(2, "0")}`,
        managerEmail: manager.email,
        managerName: manager.name,
        managerPhone: manager.phone,
        name,
      },
    };
  });
}

/** The documents of a list that has only names. */
export function entriesOf(entityType: ListName): (retailer: Retailer) => Entity[] {
  const idName = `${entityType.charAt(0).toLowerCase()}${entityType.slice(1)}Id`;
  return ({ seed }) =>
    lists[entityType].map((name, index) => ({
      id: referenceNamed(seed, entityType, name).entityId,
      createdOn: listedSince + index * day,
      data: { [idName]: index + 1, displayOrder: (index + 1) * 10, name },
    }));
}

/** The codes that a till system and a card issuer use for the retailer's sites. */
export function alternateImportCodes({ seed, ownSites }: Retailer): Entity[] {
  return ownSites.map((site, index) => ({
    id: randomFrom(seed, "alternate import code", site.number).guid(),
    createdOn: site.createdOn,
    data: {
      alternateImportCodeId: index + 1,
      entityUid: site.id,
      entityTypeId: "OwnSite",
      systemTypeUid: randomFrom(seed, "system type", "till").guid(),
      importCode: tillCode(site.number),
    },
  }));
}

/** The till system's code of an own site. */
export function tillCode(siteNumber: number): string {
  return `T${String(20_000 + siteNumber * 3)}`;
}
