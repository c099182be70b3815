/**
 * Site documents: own sites, competitor sites, and which of them compete.
 * @module
 */
import { blankSite, type SiteAttributes } from "./blank-site.ts";
import { clockText, day, hour, startOfDay } from "./clock.ts";
import { rounded } from "./decimals.ts";
import { type Entity, referenceTo } from "./document.ts";
import { retailerName } from "./names.ts";
import { nearestNeighbours } from "./neighbours.ts";
import { person } from "./people.ts";
import { randomFrom } from "./random.ts";
import { referenceNamed, tillCode } from "./reference.ts";
import type { OwnSite, Retailer, Site } from "./retailer.ts";
import { runningRate, type SalesHistories } from "./sales-history.ts";

export function ownSites(retailer: Retailer, sales: SalesHistories): Entity[] {
  const neighbours = nearestNeighbours(retailer.ownSites);
  const litres = litresBySite(retailer, sales);
  return retailer.ownSites.map((site) => {
    const random = randomFrom(retailer.seed, "own site document", site.number);
    const updatedOn = retailer.now - random.integer(1, 60 * 24) * hour;
    return {
      id: site.id,
      version: random.integer(2, 40),
      createdOn: site.createdOn,
      updatedOn,
      data: {
        ...blankSite,
        ...addressOf(retailer.seed, site),
        ...contactsOf(retailer, site),
        ...pricingOf(retailer, site),
        achievedVolume: litres.get(site)?.yesterday ?? 0,
        alternateImportCodes: [{ importCode: tillCode(site.number) }],
        competitorSites: site.competitors.map(({ site: competitor }, index) => ({
          ...referenceTo(competitor),
          showCompetitorSurveyTargets: index < 2,
        })),
        distanceToNearestOwnSite: rounded(neighbours.get(site)?.kilometres ?? 0, 2),
        lastNoteTime: clockText(updatedOn - random.integer(1, 40) * day),
        lastReviewTime: clockText(updatedOn),
        licenseKey: `PEL-${String(site.number).padStart(4, "0")}-${random.guid().slice(0, 4).toUpperCase()}`,
        rollingRunningRate: litres.get(site)?.runningRate ?? 0,
        runningRateDays: 7,
      },
    };
  });
}

export function competitorSites(retailer: Retailer): Entity[] {
  return retailer.competitorSites.map((site) => {
    const random = randomFrom(retailer.seed, "competitor site document", site.number);
    return {
      id: site.id,
      version: random.integer(1, 12),
      createdOn: site.createdOn,
      updatedOn: retailer.now - random.integer(1, 90 * 24) * hour,
      data: {
        ...blankSite,
        ...addressOf(retailer.seed, site),
        channelOfTrade: referenceNamed(retailer.seed, "ChannelOfTrade", site.channel),
        competitorPriorityId: random.integer(1, 3),
        priceCheckingPossible: !site.feed,
      },
    };
  });
}

/** One document per pair of an own site and a competitor that it is compared with. */
export function ownSiteCompetitors(retailer: Retailer): Entity[] {
  return retailer.ownSites.flatMap((site) =>
    site.competitors.map(({ site: competitor, kilometres }, index) => {
      const random = randomFrom(retailer.seed, "own site competitor", site.number, competitor.number);
      return {
        id: random.guid(),
        createdOn: Math.max(site.createdOn, competitor.createdOn),
        data: {
          active: true,
          competitorSite: referenceTo(competitor),
          distance: rounded(kilometres, 2),
          driveTime: Math.round(3 + kilometres * random.between(1.5, 2.6)),
          isMarker: index === 0,
          ownSite: referenceTo(site),
          priority: index + 1,
          showCompetitorSurveyTargets: index < 2,
          targetDifference: rounded((random.integer(-2, 2) * 0.5) / 100, 3),
        },
      };
    }),
  );
}

function addressOf(seed: number, site: Site): SiteAttributes {
  return {
    address: `${String(((site.number * 37) % 240) + 1)} ${site.road}`,
    address2: site.town.name,
    address3: site.town.area,
    area: referenceNamed(seed, "Area", site.town.area),
    brand: referenceNamed(seed, "Brand", site.brand.name),
    importCode: site.importCode,
    latitude: site.latitude,
    longitude: site.longitude,
    motorway: site.motorway,
    name: site.name,
    postCode: site.postCode,
  };
}

const contracts = {
  "Company Operated": "Company Owned Company Operated",
  Dealer: "Dealer Owned Dealer Operated",
  Motorway: "Company Owned Dealer Operated",
  Unmanned: "Commission Agent",
} as const;

function contactsOf({ seed, now }: Retailer, site: OwnSite): SiteAttributes {
  const random = randomFrom(seed, "contacts", site.number);
  const manager = person(random);
  return {
    channelOfTrade: referenceNamed(seed, "ChannelOfTrade", site.channel),
    contractType: referenceNamed(seed, "ContractType", contracts[site.channel]),
    dealerTrustCategory: site.channel === "Dealer" ? random.integer(1, 3) : 0,
    formatTemplateEmailUid: randomFrom(seed, "template", "email").guid(),
    formatTemplateSmsUid: randomFrom(seed, "template", "sms").guid(),
    isDealer: site.channel === "Dealer",
    managerEmail: manager.email,
    managerFax: random.chance(0.2) ? manager.phone : undefined,
    managerName: manager.name,
    managerPhone: manager.phone,
    managerSms: manager.mobile,
    network: retailerName,
    phhSiteCode: `P${site.importCode}`,
    pnwLastAccess: clockText(now - random.integer(2, 120) * hour),
    pnwLastUser: manager.user,
    useEmail: true,
    useSms: random.chance(0.6),
    user: manager.user,
  };
}

function pricingOf({ seed, now }: Retailer, site: OwnSite): SiteAttributes {
  const random = randomFrom(seed, "pricing", site.number);
  const [first, second] = site.competitors;
  return {
    assignElasticities: true,
    autoImplementGroup: random.pick(["Petrol", "Diesel", "All", "None"]),
    autoRejectCounter: random.integer(0, 2),
    breakEvenPercentage: random.integer(92, 98),
    competitorGroup: site.motorway ? "Motorway" : "Local",
    competitorPriorityId: random.integer(1, 3),
    definedOffsetCompetitor: first ? referenceTo(first.site) : undefined,
    exportMinutesPastTheHour: random.pick([0, 15, 30, 45]),
    futureEffectiveTime: 60,
    generateAllProductGroups: true,
    generatePricesOnCostImport: true,
    gpcGroup: `GPC ${String(random.integer(1, 6))}`,
    inStrategy: true,
    includeInForecastModel: true,
    isApplyingPrices: true,
    leadFollowGroup: site.priceOffset > 0.01 ? "Lead" : "Follow",
    listPriceCompetitor: second ? referenceTo(second.site) : undefined,
    nextTillId: random.integer(2, 6),
    ownPriceTriggersPg: random.chance(0.3),
    percentile: 50,
    percentileMinutes: 240,
    percentileRoundDown: true,
    priceCheckingPossible: true,
    priceDecreaseSetupDelay: 30,
    priceDisparityThreshold: 0.05,
    priceIncreaseSetupDelay: 15,
    priority: random.integer(1, 5),
    requiredMarginThreshold: 0.03,
    siteStockType: 1,
    siteSystemActive: true,
    soeEndTime: clockText(startOfDay(now) + 22 * hour),
    soeStartTime: clockText(startOfDay(now) + 6 * hour),
    spiderCompetitorPriceAge: 48,
    sysCommsDelay: random.integer(1, 5),
    targetMargin: rounded(random.between(0.07, 0.1), 3),
    terminal: `${site.town.area} Terminal`,
    timeWeightedCostDays: 7,
    triggerCompetingOwnSitePg: random.chance(0.2),
    validationSeconds: 120,
  };
}

interface Litres {
  yesterday: number;
  runningRate: number;
}

function litresBySite(retailer: Retailer, sales: SalesHistories): Map<OwnSite, Litres> {
  const sums = new Map<OwnSite, Litres>();
  for (const product of retailer.ownProducts) {
    const history = sales.sales(product);
    const sum = sums.get(product.site) ?? { yesterday: 0, runningRate: 0 };
    sums.set(product.site, {
      yesterday: rounded(sum.yesterday + (history.at(-1)?.litres ?? 0), 2),
      runningRate: rounded(sum.runningRate + runningRate(history), 2),
    });
  }
  return sums;
}
