/**
 * Invented names of the sample data: brands, roads, people. No real company or person is meant.
 * @module
 */

/** A brand, with its price level and the hours of its price changes. */
export interface Brand {
  readonly name: string;
  /** Pounds per litre above or below the town's level. */
  readonly offset: number;
  /** The last digit of its prices in pence: 144.9 or 144.7. */
  readonly ending: 0.7 | 0.9;
  /** Hours of the day at which its prices change. */
  readonly hours: readonly number[];
  /** Share of the competitor sites; 0 for the retailer's own brands. */
  readonly share: number;
}

export const retailerName = "Pellow Fuels";

export const ownBrands = [
  { name: "Pellow", offset: 0, ending: 0.9, hours: [6, 11, 16], share: 0 },
  { name: "Pellow Express", offset: -0.005, ending: 0.9, hours: [6, 11, 16], share: 0 },
  { name: "Lindham", offset: 0.004, ending: 0.9, hours: [6, 16], share: 0 },
] as const satisfies readonly Brand[];

export const competitorBrands: readonly Brand[] = [
  { name: "Brightmart", offset: -0.022, ending: 0.7, hours: [8, 9, 10], share: 0.11 },
  { name: "Fairholm", offset: -0.02, ending: 0.7, hours: [8, 9], share: 0.09 },
  { name: "Greenlea", offset: -0.018, ending: 0.9, hours: [7, 9, 14], share: 0.08 },
  { name: "Homestead Stores", offset: -0.012, ending: 0.9, hours: [9, 10], share: 0.06 },
  { name: "Norvane", offset: 0.028, ending: 0.9, hours: [6, 7, 13, 17], share: 0.12 },
  { name: "Petrexa", offset: 0.024, ending: 0.9, hours: [6, 12, 18], share: 0.12 },
  { name: "Solvane", offset: 0.018, ending: 0.9, hours: [6, 7, 16], share: 0.09 },
  { name: "Vantor", offset: 0.012, ending: 0.9, hours: [5, 6, 15], share: 0.08 },
  { name: "Altoil", offset: 0.004, ending: 0.9, hours: [7, 8], share: 0.07 },
  { name: "Corvane", offset: 0.002, ending: 0.9, hours: [7, 11], share: 0.05 },
  { name: "Merrow", offset: -0.004, ending: 0.9, hours: [8, 12], share: 0.04 },
  { name: "Oakway", offset: -0.006, ending: 0.9, hours: [7, 15], share: 0.03 },
  { name: "Stanmere", offset: 0, ending: 0.9, hours: [9], share: 0.02 },
  { name: "Independent", offset: 0.008, ending: 0.9, hours: [8, 17], share: 0.04 },
];

export const roads: readonly string[] = [
  "London Road",
  "Station Road",
  "Victoria Road",
  "Park Road",
  "Mill Lane",
  "Bridge Street",
  "Church Road",
  "Ring Road",
  "Northern Bypass",
  "Southern Way",
  "Canal Road",
  "Queensway",
  "Kingsway",
  "Albert Road",
  "Market Street",
  "Hospital Road",
  "Stadium Way",
  "Abbey Road",
  "Castle Street",
  "Priory Lane",
  "Meadow Lane",
  "Riverside",
  "Harbour Road",
  "Wharf Road",
  "Foundry Lane",
  "Brickfield Road",
  "Moor Lane",
  "Heath Road",
  "Common Lane",
  "Hilltop",
  "West Street",
  "East Street",
  "North Road",
  "South Road",
  "High Street",
  "Chapel Lane",
  "School Lane",
  "Windmill Road",
  "Airport Road",
  "Retail Park",
  "Business Park",
  "Western Avenue",
  "Eastern Avenue",
  "Parkway",
  "The Crescent",
  "Orchard Road",
  "Farm Road",
  "Green Lane",
  "Tollgate",
  "Crossways",
];

export const firstNames: readonly string[] = [
  "Amelia",
  "Callum",
  "Deepa",
  "Ewan",
  "Farah",
  "Gareth",
  "Hannah",
  "Imran",
  "Joanne",
  "Kieran",
  "Lowri",
  "Marcus",
  "Nadia",
  "Owen",
  "Priya",
  "Rhys",
  "Siobhan",
  "Tomasz",
  "Ursula",
  "Wesley",
];

export const lastNames: readonly string[] = [
  "Ashdown",
  "Bellamy",
  "Chaudhry",
  "Dunmore",
  "Eastwick",
  "Fairweather",
  "Gilchrist",
  "Holloway",
  "Ibbotson",
  "Jessop",
  "Kowalski",
  "Llewellyn",
  "Mistry",
  "Norbury",
  "Okafor",
  "Pemberton",
  "Rafferty",
  "Sandhu",
  "Thackeray",
  "Winterbourne",
];
