/**
 * A filter being edited: a property, an operator, and a value that may still be missing.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { KalError } from "../../../../kalibrate/errors.ts";
import { readValue } from "../../../../kalibrate/query/clause-value.ts";
import { type Clause, isList, type Operator } from "../../../../kalibrate/query/clauses.ts";
import { parseClauses } from "../../../../kalibrate/query/parse.ts";
import { texts } from "../../texts/builder.ts";
import { type DateWay, isWrongCount } from "./date-value.ts";

export interface Filter {
  /** For ids on the page. */
  readonly id: number;
  property: string;
  operator: Operator;
  /** As in the query; "" while there is none. */
  value: string;
  /** How a date is being entered, if the value does not show it because it is empty. */
  enteredWay: DateWay | undefined;
  /** Search text for the values to choose from. */
  search: string;
  /** Whether the list of values is open. */
  isOpen: boolean;
  /** Index of the value that the arrow keys have reached; -1 for none. */
  active: number;
  /** How many values of the list are drawn. */
  drawn: number;
}

let filters = 0;

/** @param more what it has besides */
export function createFilter<More extends object = object>(
  { property, operator, value }: Omit<Clause, "position">,
  more?: More,
): Filter & More {
  filters += 1;
  const filter: Filter = {
    id: filters,
    property,
    operator,
    value,
    enteredWay: undefined,
    search: "",
    isOpen: false,
    active: -1,
    drawn: 0,
  };
  return reactive({ ...filter, ...more } as Filter & More);
}

type Entered = Pick<Filter, "property" | "operator" | "value" | "enteredWay">;

/** The filter as a clause; undefined while it has no value; an error if it is invalid. */
export function readFilter(filter: Entered): Clause | KalError | undefined {
  const { property, operator, value, enteredWay } = filter;
  if (property === "" || value.trim() === "") return undefined;
  if (isWrongCount(enteredWay, value)) return wrong(texts.filterProblems.counted[enteredWay]);
  // A comma at the end is the beginning of the next value.
  const list = value.replace(/[\s,;]+$/, "").trim();
  if (isList(operator)) return list === "" ? undefined : readListFilter(`(${property} ${operator} ${list})`);
  const reading = readValue(property, operator, value.trim());
  if ("expected" in reading) return wrong(texts.filterProblems.expected(value.trim(), reading.expected));
  return { property, operator, value: reading.value };
}

export const isClause = (read: ReturnType<typeof readFilter>): read is Clause =>
  read !== undefined && !(read instanceof KalError);

function readListFilter(text: string): Clause | KalError | undefined {
  try {
    const [clause] = parseClauses(text, () => texts.filterProblems.list);
    return clause;
  } catch (error) {
    if (error instanceof KalError) return error;
    throw error;
  }
}

const wrong = (message: string) => new KalError("KAL_QUERY_INVALID", { message, hint: "" });
