/**
 * The draft: what is wanted, and the arguments of its function, each in a form that the builder can change. The
 * functions share the arguments, so that a change of mind keeps what was chosen.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { findCollection, findKind } from "../../../kalibrate/catalogue/collections.ts";
import { splitConnection } from "../../../kalibrate/connection-name.ts";
import type { KalError } from "../../../kalibrate/errors.ts";
import { asKalError } from "../../runtime/as-kal-error.ts";
import { argumentOf, createSource, type Source } from "./beside/source.ts";
import type { Place } from "./beside/place.ts";
import type { Clause } from "../../../kalibrate/query/clauses.ts";
import { formatQuery } from "../../../kalibrate/query/format.ts";
import { parseQuery } from "../../../kalibrate/query/parse.ts";
import type { Argument, Arguments, Call } from "./formula/kal-call.ts";
import {
  type FunctionName,
  functions,
  type Headers,
  type KalFunction,
  type ParameterName,
  type Values,
} from "./formula/functions.ts";
import { createTerm, isWhole, type Term } from "./summary/terms.ts";
import { createFilter, type Filter, isClause, readFilter } from "./query/filter.ts";
import { type Direction, joinQuery, splitQuery } from "./query/query-parts.ts";

/** What a person wants, in the order of the list. */
export const goals = ["rows", "beside", "totals", "market"] as const;
export type Goal = (typeof goals)[number];

export type When = "none" | "now" | "chosen" | "cells";

export interface Draft {
  goal: Goal;
  /** The connection before the colon; "" for the workbook's own. */
  connection: string;
  /** The collection's name without a type: `reference`; "" until one is chosen. */
  collection: string;
  /** The variant, or the type of a reference collection; "" for all. */
  kind: string;
  /** The complete query text of the formula. The filter rows are parsed from it and written to it. */
  queryText: string;
  /** Why the text cannot be parsed; the rows then show the last valid text. */
  queryProblem: KalError | undefined;
  filters: readonly Filter[];
  orderBy: string;
  direction: Direction;
  fields: readonly string[];
  headers: Headers;
  limit: number;
  /** Groups of a summary. */
  by: readonly Term[];
  /** Figures of a summary. */
  measures: readonly Term[];
  /** What a lookup searches by, and for. */
  keys: readonly Source[];
  /** Whether a lookup or market counts at a moment, and how it is given. */
  when: When;
  moment: Source;
  site: Source;
  product: Source;
  /** Arguments that Excel calculates; the builder does not change them. */
  expressions: Readonly<Partial<Record<ParameterName, string>>>;
}

/** The default for new formulas: readable headings. A formula without the argument gets field names. */
export const emptyCall: Call = { name: "QUERY", args: { headers: { value: 2 } } };

export function createDraft(): Draft {
  return reactive<Draft>({
    goal: "rows",
    connection: "",
    collection: "",
    kind: "",
    queryText: "",
    queryProblem: undefined,
    filters: [],
    orderBy: "",
    direction: "",
    fields: [],
    headers: 2,
    limit: 0,
    by: [],
    measures: [],
    keys: [],
    when: "none",
    moment: createMoment(""),
    site: createSource("site.importCode"),
    product: createSource("product.name"),
    expressions: {},
  });
}

/** The function that does it. */
export function functionOf({ goal, when }: Draft): FunctionName {
  if (goal === "beside") return when === "none" ? "LOOKUP" : "ASOF";
  return goal === "rows" ? "QUERY" : goal === "totals" ? "SUMMARY" : "MARKET";
}

const goalOf: Readonly<Record<FunctionName, Goal>> = {
  QUERY: "rows",
  SUMMARY: "totals",
  LOOKUP: "beside",
  ASOF: "beside",
  MARKET: "market",
};

/** What a market compares: its sites and products are chosen among these. */
export const marketSlice = { collection: "product", kind: "Own" } as const;

/** A moment is entered as in a filter by time. */
function createMoment(value: string, expression?: string): Source {
  return createFilter({ property: "effectiveTime", operator: "<=", value }, { cells: undefined, expression });
}

function whenOf({ value, expression }: Source): When {
  if (expression !== undefined) return "cells";
  return value === "" ? "none" : value === "now" ? "now" : "chosen";
}

/** Whether the variant is a clause of the query, not a type in the collection's name. */
export function hasVariants({ collection }: Draft): boolean {
  return findCollection(collection)?.hasEntityTypes === false;
}

/** Loads the arguments of a formula. */
export function loadCall(draft: Draft, { name, args, values = [] }: Call): void {
  const expressions: Partial<Record<ParameterName, string>> = {};
  const valueOf = <Name extends ParameterName>(parameter: Name, otherwise: Values[Name]): Values[Name] => {
    const argument: Argument<Values[Name]> = args[parameter] ?? { value: otherwise };
    if ("value" in argument) return argument.value;
    expressions[parameter] = argument.expression;
    return otherwise;
  };
  draft.goal = goalOf[name];
  const address = splitAddress(valueOf("collection", ""));
  draft.connection = address.connection;
  draft.collection = address.collection;
  draft.kind = address.type;
  draft.fields = valueOf("fields", []);
  draft.headers = valueOf("headers", 1);
  draft.limit = valueOf("limit", 0);
  draft.by = valueOf("by", []).map(createTerm);
  draft.measures = valueOf("measures", []).map(createTerm);
  const keys = valueOf("keys", []);
  draft.keys = values.map((value, at) => createSource(keys[at] ?? "", value));
  draft.moment = createMoment(valueOf("moment", ""), expressions.moment);
  draft.when = whenOf(draft.moment);
  draft.site = createSource("site.importCode", args.site);
  draft.product = createSource("product.name", args.product);
  if (name === "MARKET") Object.assign(draft, marketSlice, { connection: valueOf("connection", "") });
  delete expressions.moment;
  const query = name === "MARKET" ? `(entityVariant=${marketSlice.kind})` : valueOf("query", "");
  draft.expressions = expressions;
  Object.assign(draft, { filters: [], orderBy: "", direction: "" });
  typeQuery(draft, query);
}

function splitAddress(text: string): { connection: string; collection: string; type: string } {
  // A colon without a connection is an error, so the collection shows it.
  const { connection = "", collection } = /^\s*:/.test(text) ? { collection: text } : splitConnection(text);
  const [name = "", ...type] = collection.split("/");
  return { connection, collection: findCollection(name)?.name ?? name, type: type.join("/") };
}

/**
 * The call for the formula.
 * @param place of a lookup
 * @param isNew whether it goes elsewhere than it was
 */
export function callOf(draft: Draft, place?: Place, isNew = false): Call {
  const { keys, when, moment, site, product } = draft;
  const values: Omit<Values, "moment" | "site" | "product"> = {
    collection: addressOf(draft),
    query: draft.queryText.trim(),
    fields: draft.fields,
    headers: draft.headers,
    limit: draft.limit,
    by: textsOf(draft.by),
    measures: textsOf(draft.measures),
    keys: keys.map(({ property }) => property),
    connection: draft.connection,
  };
  const sources: Arguments = {
    moment:
      when === "cells"
        ? oneOf(argumentOf(moment, place, isNew))
        : { value: when === "now" ? "now" : when === "none" ? "" : moment.value },
    site: argumentOf(site),
    product: argumentOf(product),
  };
  const name = functionOf(draft);
  const args = functions[name].parameters.map((parameter) => {
    const expression = draft.expressions[parameter];
    if (expression !== undefined) return [parameter, { expression }];
    const source = sources[parameter];
    return [parameter, source ?? { value: values[parameter as keyof typeof values] }];
  });
  const call = { name, args: Object.fromEntries(args) as Arguments };
  const { repeats }: KalFunction = functions[name];
  return repeats ? { ...call, values: keys.map((key) => argumentOf(key, place, isNew)) } : call;
}

const oneOf = (argument: Argument<readonly string[]>): Argument<string> =>
  "expression" in argument ? argument : { value: argument.value[0] ?? "" };

/** Those that lack nothing. */
export const textsOf = (terms: readonly Term[]): string[] => terms.filter(isWhole).map(({ text }) => text);

/** `sandpit:reference/Brand` */
function addressOf(draft: Draft): string {
  const path = collectionPath(draft);
  return draft.connection === "" ? path : `${draft.connection}:${path}`;
}

/** `reference/Brand`, as the gateway expects it. */
export function collectionPath(draft: Draft): string {
  const { collection, kind } = draft;
  return kind === "" || hasVariants(draft) ? collection : `${collection}/${kind}`;
}

/** The clause for the chosen variant; undefined if there is none. */
export function variantQuery(draft: Draft): string | undefined {
  return draft.kind !== "" && hasVariants(draft) ? `(entityVariant=${draft.kind})` : undefined;
}

/** Sets the query text; if it can be parsed, the rows follow. */
export function typeQuery(draft: Draft, text: string): void {
  draft.queryText = text;
  try {
    const parts = splitQuery(parseQuery(text));
    draft.queryProblem = undefined;
    if (hasVariants(draft)) draft.kind = spellKind(draft.collection, parts.variant);
    const variant: Clause[] =
      parts.variant === "" || hasVariants(draft)
        ? []
        : [{ property: "entityVariant", operator: "=", value: parts.variant }];
    const read = [...variant, ...parts.filters].map((clause, at) => keepOrCreate(draft.filters[at], clause));
    draft.filters = [...read, ...draft.filters.filter((filter) => !isClause(readFilter(filter)))];
    draft.orderBy = parts.orderBy;
    draft.direction = parts.direction;
  } catch (error) {
    draft.queryProblem = asKalError(error);
  }
}

/** Uses the catalogue's letter case, so that the list finds a known variant. */
function spellKind(collection: string, kind: string): string {
  const known = findCollection(collection);
  return (known && findKind(known, kind)) ?? kind;
}

/** Keeps an unchanged row, so that an input in use is not rendered again. */
function keepOrCreate(filter: Filter | undefined, clause: Clause): Filter {
  const { property, operator, value } = clause;
  const isSame = filter?.property === property && filter.operator === operator && filter.value === value;
  return isSame ? filter : createFilter(clause);
}

/** Writes the query text from the rows, without rows that are empty or invalid. */
export function writeQuery(draft: Draft): void {
  const clauses = draft.filters.map(readFilter).filter(isClause);
  draft.queryText = formatQuery(
    joinQuery({
      variant: hasVariants(draft) ? draft.kind : "",
      filters: clauses,
      orderBy: draft.orderBy,
      direction: draft.direction,
    }),
  );
  draft.queryProblem = undefined;
}
