/**
 * A query as data: the vendor's language is a list of parenthesised clauses, all of which must hold.
 * @module
 */

/** Longest first, so that a reader never takes `>` for `>=`. */
export const operators = ["!=", "@=", ">=", "<=", "=", ">", "<"] as const;
export type Operator = (typeof operators)[number];

/** The operators as a message lists them, the simplest first. */
export const operatorList = [...operators].reverse().join(" ");

export interface Clause {
  /** An attribute, a dotted path (`status.exported`), or one of the control words. */
  readonly property: string;
  readonly operator: Operator;
  readonly value: string;
  /** Where its property begins in the text that it was read from; the first character is 1. */
  readonly position?: number;
}

/** Clauses in the order in which they were written. */
export type Query = readonly Clause[];

/** Clauses that say how to answer instead of what to select. */
export const controlWords = ["orderBy", "direction", "limit", "offset"] as const;
export type ControlWord = (typeof controlWords)[number];

/** The value of a control clause; undefined where there is none. */
function controlValue(query: Query, word: ControlWord): string | undefined {
  return query.find((clause) => clause.property === word)?.value;
}

/** `limit` or `offset` as a number; undefined where there is none. */
export function controlNumber(query: Query, word: "limit" | "offset"): number | undefined {
  const value = controlValue(query, word);
  return value === undefined ? undefined : Number(value);
}

export function isControl({ property }: Clause): boolean {
  return (controlWords as readonly string[]).includes(property);
}

/** Whether the operator asks for more or less, which the language allows for numbers and dates only. */
export function isComparison(operator: Operator): boolean {
  return operator.startsWith("<") || operator.startsWith(">");
}

/** The clauses that select, without those that order and cut. */
export function filtersOf(query: Query): Query {
  return query.filter((clause) => !isControl(clause));
}

/**
 * The number of documents wanted: of the limits in text and argument the smaller non-zero one counts.
 * @returns Infinity where neither limits.
 */
export function wantedCount(query: Query, limitArgument = 0): number {
  return Math.min(controlNumber(query, "limit") || Infinity, limitArgument || Infinity);
}
