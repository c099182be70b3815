/**
 * A query as data. The vendor's language is a list of parenthesised clauses, all of which must hold.
 * @module
 */

/** Longest first, so that `>=` is never read as `>`. */
export const signs = ["!=", "@=", ">=", "<=", "=", ">", "<"] as const;

/** KAL's extension of the vendor's language: one of a list of values, or none of them. */
export const listOperators = ["in", "not in"] as const;
export type ListOperator = (typeof listOperators)[number];

export const operators = [...signs, ...listOperators] as const;
export type Operator = (typeof operators)[number];

/** The operators for a message, the simplest first. */
export const operatorList = `${[...signs].reverse().join(" ")} ${listOperators.join(", ")}`;

export interface Clause {
  /** An attribute, a dotted path (`status.exported`) or a control word. */
  readonly property: string;
  readonly operator: Operator;
  /** The value; for a list, its values as one text. */
  readonly value: string;
  /** The distinct values of a list; undefined for any other operator. */
  readonly values?: readonly string[];
  /** Whether the list has an unquoted comma between two digits: it may be a decimal comma. */
  readonly hasBareComma?: boolean;
  /** Position of the property in the source text, counted from 1. */
  readonly position?: number;
}

/** Clauses in the order of the source text. */
export type Query = readonly Clause[];

/** Properties of clauses that control the answer instead of selecting records. */
export const controlWords = ["orderBy", "direction", "limit", "offset"] as const;
export type ControlWord = (typeof controlWords)[number];

/** The value of a control clause; undefined if the query has no such clause. */
function controlValue(query: Query, word: ControlWord): string | undefined {
  return query.find((clause) => clause.property === word)?.value;
}

/** `limit` or `offset` as a number; undefined if the query has no such clause. */
export function controlNumber(query: Query, word: "limit" | "offset"): number | undefined {
  const value = controlValue(query, word);
  return value === undefined ? undefined : Number(value);
}

export function isControl({ property }: Clause): boolean {
  return (controlWords as readonly string[]).includes(property);
}

/** Whether the operator is `<`, `>`, `<=` or `>=`: the language allows these for numbers and dates only. */
export function isComparison(operator: Operator): boolean {
  return operator.startsWith("<") || operator.startsWith(">");
}

export function isList(operator: Operator): operator is ListOperator {
  return operator === "in" || operator === "not in";
}

/** The clauses that select records, without the control clauses. */
export function filtersOf(query: Query): Query {
  return query.filter((clause) => !isControl(clause));
}

/**
 * The maximum number of documents: the smaller non-zero limit of query text and argument.
 * @returns Infinity without a limit.
 */
export function wantedCount(query: Query, limitArgument = 0): number {
  return Math.min(controlNumber(query, "limit") || Infinity, limitArgument || Infinity);
}
