/**
 * A strict reader of the Data API's query language, in the form that the vendor documents and uses:
 * `(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=100)+(offset=100)`.
 *
 * Where the documentation leaves something open, the reader takes the narrow meaning: clauses in the documented order,
 * exact letter case, no quotes. A client that works here does not depend on a guess.
 * @module
 */

export const operators = ["!=", "@=", ">=", "<=", "=", ">", "<"] as const;
export type Operator = (typeof operators)[number];

export interface Filter {
  /** `["status", "exported"]` for `status.exported`. */
  readonly path: readonly string[];
  readonly operator: Operator;
  readonly value: string;
}

export interface Query {
  readonly filters: readonly Filter[];
  readonly orderBy?: readonly string[];
  readonly descending: boolean;
  /** Undefined: the server's default of 1,000. 0: no limit. */
  readonly limit?: number;
  readonly offset: number;
}

/** What was expected, and the character (from 1) at which reading stopped. */
export interface QueryMistake {
  readonly position: number;
  readonly expected: string;
}

/** Operands of size comparisons: numbers and dates only. */
const comparable =
  /^(?:-?\d+(?:\.\d+)?|\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)$/;

/** The clauses that control the answer instead of filtering, in the order of the vendor's examples. */
const steering = ["orderBy", "direction", "limit", "offset"] as const;
type Steering = (typeof steering)[number];

const steeringValues: Record<Steering, { form: RegExp; expected: string }> = {
  orderBy: { form: /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/, expected: "a property to order by" },
  direction: { form: /^(?:ascending|descending)$/, expected: "ascending or descending" },
  limit: { form: /^\d{1,9}$/, expected: "a whole number" },
  offset: { form: /^\d{1,9}$/, expected: "a whole number" },
};

/** The parts of a clause, each with the message for when it is missing. */
const pieces = [
  { form: String.raw`\(`, expected: "( to begin a clause" },
  { form: String.raw`[A-Za-z]\w*(?:\.[A-Za-z]\w*)*`, expected: "a property" },
  { form: operators.join("|"), expected: "an operator: = != @= > >= < <=" },
  { form: String.raw`[^()=<>!@][^()]*`, expected: "a value" },
  { form: String.raw`\)`, expected: ") to end the clause" },
].map(({ form, expected }) => ({ form: new RegExp(`(${form})`, "y"), expected }));

const clauseForm = new RegExp(pieces.map(({ form }) => form.source).join(""), "y");

/**
 * Reads a decoded `query` parameter, in which form decoding has turned the `+` between clauses into a space. A `%2B`
 * arrives as a plus and is an error.
 */
export function readQuery(text: string): Query | QueryMistake {
  const filters: Filter[] = [];
  const steered = new Map<Steering, string>();
  let position = 0;
  while (position < text.length) {
    if (position > 0) {
      if (text[position] !== " ") return { position: position + 1, expected: "a + between clauses" };
      position += 1;
    }
    clauseForm.lastIndex = position;
    const clause = clauseForm.exec(text);
    if (!clause) return mistakeInClause(text, position);
    const [whole, , property = "", operator = "=", value = ""] = clause;
    // Positions count from 1 and include the clause's parenthesis.
    const propertyAt = position + 2;
    const valueAt = propertyAt + property.length + operator.length;
    const name = steering.find((value) => value === property);
    if (name) {
      const mistake = steeringMistake(name, operator, value, steered, propertyAt, valueAt);
      if (mistake) return mistake;
      steered.set(name, value);
    } else if (steered.size > 0) {
      return { position: propertyAt, expected: "filters before orderBy, direction, limit and offset" };
    } else if (/^[<>]/.test(operator) && !comparable.test(value)) {
      return { position: valueAt, expected: "a number or a date" };
    } else {
      filters.push({ path: property.split("."), operator: operator as Operator, value });
    }
    position += whole.length;
  }
  const orderBy = steered.get("orderBy");
  const limit = steered.get("limit");
  return {
    filters,
    ...(orderBy === undefined ? {} : { orderBy: orderBy.split(".") }),
    descending: steered.get("direction") === "descending",
    ...(limit === undefined ? {} : { limit: Number(limit) }),
    offset: Number(steered.get("offset") ?? 0),
  };
}

function steeringMistake(
  name: Steering,
  operator: string,
  value: string,
  before: ReadonlyMap<Steering, string>,
  position: number,
  valueAt: number,
): QueryMistake | undefined {
  const { form, expected } = steeringValues[name];
  if (operator !== "=") return { position, expected: `= after ${name}` };
  if (!form.test(value)) return { position: valueAt, expected };
  if (before.has(name)) return { position, expected: `${name} only once` };
  const last = [...before.keys()].at(-1);
  if (last && steering.indexOf(last) > steering.indexOf(name))
    return { position, expected: `${name} before ${last}` };
  if (name === "direction" && !before.has("orderBy"))
    return { position, expected: "orderBy before direction" };
  return undefined;
}

/** Finds the first character that does not fit a clause. */
function mistakeInClause(text: string, start: number): QueryMistake {
  let position = start;
  for (const { form, expected } of pieces) {
    form.lastIndex = position;
    if (!form.test(text)) return { position: position + 1, expected };
    position = form.lastIndex;
  }
  throw new Error(`a clause was taken for a mistake at character ${String(start + 1)}`);
}
