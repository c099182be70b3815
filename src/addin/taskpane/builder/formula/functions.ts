/**
 * The functions that the builder makes, with their parameters in order. A test holds this table against functions.json.
 * @module
 */

export type Headers = 0 | 1 | 2;

/** The arguments as values. */
export interface Values {
  /** With its connection, if any: `sandpit:price`. */
  readonly collection: string;
  /** "" for all records. */
  readonly query: string;
  /** Empty: the default columns. */
  readonly fields: readonly string[];
  readonly headers: Headers;
  /** 0: all. */
  readonly limit: number;
  /** `day(effectiveTime)` */
  readonly by: readonly string[];
  /** `avg(price)` */
  readonly measures: readonly string[];
  /** The fields that a lookup searches by. */
  readonly keys: readonly string[];
  /** "" for none. */
  readonly moment: string;
  readonly site: readonly string[];
  /** Empty: all. */
  readonly product: readonly string[];
  /** "" for the workbook's own. */
  readonly connection: string;
}

export type ParameterName = keyof Values;

export interface KalFunction {
  readonly parameters: readonly ParameterName[];
  /** How many of them Excel requires: these are written even if they are empty. */
  readonly required: number;
  /** Whether one value for each key follows them. */
  readonly repeats?: true;
}

export const functions = {
  QUERY: { parameters: ["collection", "query", "fields", "headers", "limit"], required: 1 },
  SUMMARY: { parameters: ["collection", "query", "by", "measures", "headers", "limit"], required: 4 },
  LOOKUP: { parameters: ["collection", "query", "fields", "keys"], required: 4, repeats: true },
  ASOF: { parameters: ["collection", "query", "fields", "keys", "moment"], required: 5, repeats: true },
  MARKET: { parameters: ["site", "product", "moment", "headers", "connection"], required: 1 },
} as const satisfies Readonly<Record<string, KalFunction>>;

export type FunctionName = keyof typeof functions;

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functions, name);
