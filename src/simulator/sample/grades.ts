/**
 * The sample retailer's global products: what a forecourt sells, its cost, and its share of the volume.
 *
 * Money is in pounds per litre (per kilowatt-hour for charging), like the pump price 1.459.
 * @module
 */

export interface Grade {
  readonly name: string;
  readonly importCode: string;
  readonly group: "Petrol" | "Diesel" | "Gas" | "Other";
  /** Usual cost without VAT, including duty and delivery; the market moves it. */
  readonly cost: number;
  /** How strongly the market moves the cost: 1 like crude oil, 0 not at all. */
  readonly sensitivity: number;
  /** Usual margin without VAT. */
  readonly margin: number;
  /** Share of own sites that sell it; 0 for a discontinued grade. */
  readonly ownSites: number;
  /** Share of competitor sites where its price is surveyed. */
  readonly competitorSites: number;
  /** Share of a site's litres. */
  readonly volume: number;
  readonly active: boolean;
}

/** VAT in per cent, the same for every grade in the sample. */
export const taxRate = 20;

const columns = [
  ["Unleaded", "UNL", "Petrol", 1.112, 1, 0.082, 1, 1, 0.47],
  ["Super Unleaded", "SUL", "Petrol", 1.176, 1, 0.128, 0.84, 0.6, 0.06],
  ["Diesel", "DSL", "Diesel", 1.168, 1.1, 0.086, 1, 1, 0.37],
  ["Premium Diesel", "PDL", "Diesel", 1.226, 1.1, 0.142, 0.74, 0.52, 0.06],
  ["Truck Diesel", "TDL", "Diesel", 1.162, 1.1, 0.05, 0.08, 0, 0.18],
  ["Renewable Diesel", "HVO", "Diesel", 1.52, 0.5, 0.14, 0.06, 0, 0.02],
  ["Autogas", "LPG", "Gas", 0.668, 0.6, 0.14, 0.12, 0.05, 0.01],
  ["AdBlue", "ADB", "Other", 0.72, 0, 0.24, 0.42, 0, 0.01],
  ["Gas Oil", "GOL", "Other", 0.834, 0.9, 0.08, 0.05, 0, 0.02],
  ["Kerosene", "KER", "Other", 0.642, 0.9, 0.09, 0.03, 0, 0.02],
  ["Rapid Charging", "EVR", "Other", 0.41, 0, 0.24, 0.1, 0, 0.02],
  ["Lead Replacement", "LRP", "Petrol", 1.19, 1, 0.1, 0, 0, 0],
] as const;

export const grades: readonly Grade[] = columns.map(
  ([name, importCode, group, cost, sensitivity, margin, ownSites, competitorSites, volume]) => ({
    name,
    importCode,
    group,
    cost,
    sensitivity,
    margin,
    ownSites,
    competitorSites,
    volume,
    active: ownSites > 0,
  }),
);
