/**
 * Towns of Great Britain where the sample retailer trades. They are real, so that names, postcodes and coordinates
 * match on a map. The sites in them are invented.
 * @module
 */

export interface Town {
  readonly name: string;
  /** The retailer's sales area. */
  readonly area: AreaName;
  /** Letters of its postcodes and the highest nearby district: `LS` and 17 mean LS1 to LS17. */
  readonly postcode: readonly [letters: string, districts: number];
  readonly latitude: number;
  readonly longitude: number;
  /** Share of the sites, 1 (small town) to 6 (conurbation). */
  readonly size: number;
  /** A nearby motorway with services. */
  readonly motorway?: string;
}

export const areaNames = [
  "Scotland",
  "North East",
  "North West",
  "Yorkshire",
  "East Midlands",
  "West Midlands",
  "Wales",
  "East of England",
  "London and South East",
  "South West",
] as const;

export type AreaName = (typeof areaNames)[number];

type Row = readonly [
  name: string,
  area: AreaName,
  letters: string,
  districts: number,
  latitude: number,
  longitude: number,
  size: number,
  motorway?: string,
];

const rows: readonly Row[] = [
  ["Glasgow", "Scotland", "G", 53, 55.861, -4.25, 5, "M74"],
  ["Edinburgh", "Scotland", "EH", 17, 55.95, -3.19, 4],
  ["Dundee", "Scotland", "DD", 4, 56.462, -2.97, 2],
  ["Aberdeen", "Scotland", "AB", 25, 57.149, -2.11, 2],
  ["Perth", "Scotland", "PH", 2, 56.396, -3.437, 1, "M90"],
  ["Stirling", "Scotland", "FK", 9, 56.117, -3.937, 1, "M9"],
  ["Kilmarnock", "Scotland", "KA", 3, 55.611, -4.496, 1],
  ["Newcastle", "North East", "NE", 7, 54.974, -1.613, 4],
  ["Sunderland", "North East", "SR", 6, 54.906, -1.392, 2],
  ["Durham", "North East", "DH", 1, 54.777, -1.576, 1, "A1(M)"],
  ["Middlesbrough", "North East", "TS", 8, 54.567, -1.235, 2],
  ["Darlington", "North East", "DL", 3, 54.527, -1.553, 1],
  ["Manchester", "North West", "M", 35, 53.479, -2.245, 5, "M60"],
  ["Liverpool", "North West", "L", 25, 53.41, -2.95, 4, "M62"],
  ["Preston", "North West", "PR", 5, 53.763, -2.704, 2, "M6"],
  ["Blackburn", "North West", "BB", 2, 53.748, -2.482, 1],
  ["Bolton", "North West", "BL", 3, 53.578, -2.429, 2],
  ["Stockport", "North West", "SK", 7, 53.406, -2.158, 2],
  ["Warrington", "North West", "WA", 5, 53.39, -2.597, 2, "M6"],
  ["Carlisle", "North West", "CA", 3, 54.892, -2.933, 1, "M6"],
  ["Lancaster", "North West", "LA", 2, 54.047, -2.801, 1, "M6"],
  ["Leeds", "Yorkshire", "LS", 17, 53.8, -1.549, 5, "M1"],
  ["Sheffield", "Yorkshire", "S", 14, 53.381, -1.47, 4, "M1"],
  ["Bradford", "Yorkshire", "BD", 10, 53.795, -1.754, 3],
  ["Hull", "Yorkshire", "HU", 9, 53.745, -0.337, 2],
  ["York", "Yorkshire", "YO", 32, 53.959, -1.082, 2],
  ["Wakefield", "Yorkshire", "WF", 4, 53.683, -1.499, 2, "M1"],
  ["Doncaster", "Yorkshire", "DN", 5, 53.523, -1.134, 2, "A1(M)"],
  ["Huddersfield", "Yorkshire", "HD", 5, 53.645, -1.785, 2],
  ["Harrogate", "Yorkshire", "HG", 3, 53.992, -1.541, 1],
  ["Nottingham", "East Midlands", "NG", 11, 52.953, -1.149, 4, "M1"],
  ["Leicester", "East Midlands", "LE", 5, 52.637, -1.133, 4, "M1"],
  ["Derby", "East Midlands", "DE", 24, 52.922, -1.476, 3],
  ["Northampton", "East Midlands", "NN", 5, 52.24, -0.903, 2, "M1"],
  ["Lincoln", "East Midlands", "LN", 6, 53.23, -0.54, 1],
  ["Mansfield", "East Midlands", "NG", 19, 53.147, -1.196, 1],
  ["Kettering", "East Midlands", "NN", 16, 52.398, -0.726, 1],
  ["Birmingham", "West Midlands", "B", 45, 52.48, -1.902, 6, "M6"],
  ["Coventry", "West Midlands", "CV", 6, 52.408, -1.51, 3, "M6"],
  ["Wolverhampton", "West Midlands", "WV", 6, 52.587, -2.128, 2],
  ["Walsall", "West Midlands", "WS", 5, 52.586, -1.982, 2],
  ["Stoke-on-Trent", "West Midlands", "ST", 6, 53.003, -2.179, 3, "M6"],
  ["Worcester", "West Midlands", "WR", 5, 52.193, -2.221, 1, "M5"],
  ["Telford", "West Midlands", "TF", 7, 52.677, -2.449, 1, "M54"],
  ["Shrewsbury", "West Midlands", "SY", 3, 52.708, -2.754, 1],
  ["Cardiff", "Wales", "CF", 24, 51.487, -3.179, 3, "M4"],
  ["Swansea", "Wales", "SA", 7, 51.632, -3.944, 2],
  ["Newport", "Wales", "NP", 20, 51.588, -2.998, 1, "M4"],
  ["Wrexham", "Wales", "LL", 13, 53.046, -2.993, 1],
  ["Bridgend", "Wales", "CF", 31, 51.505, -3.577, 1, "M4"],
  ["Norwich", "East of England", "NR", 7, 52.629, 1.292, 2],
  ["Ipswich", "East of England", "IP", 5, 52.059, 1.155, 2],
  ["Cambridge", "East of England", "CB", 5, 52.205, 0.121, 2, "M11"],
  ["Peterborough", "East of England", "PE", 7, 52.573, -0.243, 2, "A1(M)"],
  ["Colchester", "East of England", "CO", 4, 51.889, 0.903, 1],
  ["Chelmsford", "East of England", "CM", 3, 51.736, 0.469, 1],
  ["Luton", "East of England", "LU", 4, 51.879, -0.418, 2, "M1"],
  ["Bedford", "East of England", "MK", 45, 52.136, -0.467, 1],
  ["King's Lynn", "East of England", "PE", 30, 52.752, 0.404, 1],
  ["Croydon", "London and South East", "CR", 9, 51.372, -0.099, 3],
  ["Romford", "London and South East", "RM", 7, 51.577, 0.179, 2],
  ["Enfield", "London and South East", "EN", 3, 51.652, -0.081, 2, "M25"],
  ["Uxbridge", "London and South East", "UB", 10, 51.546, -0.478, 2, "M40"],
  ["Reading", "London and South East", "RG", 6, 51.455, -0.971, 2, "M4"],
  ["Slough", "London and South East", "SL", 3, 51.511, -0.595, 1, "M4"],
  ["Milton Keynes", "London and South East", "MK", 15, 52.041, -0.759, 2, "M1"],
  ["Oxford", "London and South East", "OX", 4, 51.752, -1.258, 2, "M40"],
  ["Guildford", "London and South East", "GU", 4, 51.236, -0.57, 1],
  ["Maidstone", "London and South East", "ME", 17, 51.272, 0.523, 2, "M20"],
  ["Ashford", "London and South East", "TN", 25, 51.146, 0.874, 1, "M20"],
  ["Crawley", "London and South East", "RH", 11, 51.114, -0.187, 1, "M23"],
  ["Brighton", "London and South East", "BN", 3, 50.84, -0.141, 2],
  ["Southampton", "London and South East", "SO", 19, 50.921, -1.404, 2, "M27"],
  ["Portsmouth", "London and South East", "PO", 6, 50.83, -1.07, 2],
  ["Basingstoke", "London and South East", "RG", 24, 51.266, -1.087, 1, "M3"],
  ["Bristol", "South West", "BS", 16, 51.463, -2.59, 4, "M5"],
  ["Plymouth", "South West", "PL", 7, 50.391, -4.125, 2],
  ["Exeter", "South West", "EX", 4, 50.722, -3.516, 2, "M5"],
  ["Bournemouth", "South West", "BH", 11, 50.737, -1.88, 2],
  ["Swindon", "South West", "SN", 5, 51.559, -1.781, 2, "M4"],
  ["Gloucester", "South West", "GL", 4, 51.858, -2.238, 1, "M5"],
  ["Taunton", "South West", "TA", 3, 51.018, -3.1, 1, "M5"],
  ["Truro", "South West", "TR", 1, 50.265, -5.054, 1],
];

export const towns: readonly Town[] = rows.map(
  ([name, area, letters, districts, latitude, longitude, size, motorway]) => ({
    name,
    area,
    postcode: [letters, districts] as const,
    latitude,
    longitude,
    size,
    ...(motorway === undefined ? {} : { motorway }),
  }),
);
