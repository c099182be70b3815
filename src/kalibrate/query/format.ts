/**
 * Queries as text: for people as the vendor writes them, with quotes where a value needs them, and for the URL, encoded
 * inside the values only.
 * @module
 */
import { KalError } from "../errors.ts";
import { pathOf, quoteStep } from "../names.ts";
import { type Clause, isControl, type Query } from "./clauses.ts";
import { shorten } from "../shorten.ts";
import { isRelative } from "./relative-dates.ts";

/** The vendor's own form, readable: `(entityVariant=Own)+(limit=5)`. `parseQuery` reads the same clauses from it. */
export function formatQuery(query: Query): string {
  return query.map(formatClause).join("+");
}

function formatClause({ property, operator, value }: Clause): string {
  const needsQuotes = property !== "orderBy" && (!plainValue.test(value) || laterName.test(value));
  return `(${property}${operator}${needsQuotes ? quoteStep(value) : value})`;
}

/** A value that ends with its clause whatever stands around it: no brackets, comparisons, line ends or opening quotes. */
const plainValue = /^[^\s()=<>!@"'“‘„‚«][^()=<>\r\n\u00a0\u2007\u202f]*$/;

/** A quote inside that could begin the name of another clause. */
const laterName = /[\s+;.]['‘]/;

/** Names as the vendor's samples have them. How the API reads any other is not documented. */
const sentStep = /^(?:[A-Za-z_]\w*|\d+)$/;

/** Whether the vendor's form can carry a filter; one that it cannot is answered by looking at the documents. */
export function canBeSent(clause: Clause): boolean {
  if (isControl(clause)) return true;
  const { property, value } = clause;
  return (
    !property.startsWith("'") &&
    pathOf(property).every((step) => sentStep.test(step)) &&
    sentValue.test(value)
  );
}

const sentValue = /^[^()=<>!@\s][^()\r\n]*$/;

/**
 * The form that goes into `?query=`. The `+` between clauses stays a literal plus as in all of the vendor's samples
 * (`%2B` may not be understood); angle brackets are encoded, as the vendor's Python sample sends them; inside
 * values everything reserved is encoded.
 */
export function encodeQuery(query: Query): string {
  const encoded = query.map(encodeClause).join("+");
  if (encoded.length <= maxQueryChars) return encoded;
  throw new KalError("KAL_QUERY_INVALID", {
    message: `The query is too long to be sent: ${encoded.length} characters as an address has them.`,
    hint: "Filter by fewer or shorter values.",
  });
}

/** Servers commonly refuse addresses beyond 8 kB; what this one takes is not documented. */
const maxQueryChars = 7500;

function encodeClause(clause: Clause): string {
  const { property, operator, value } = clause;
  if (isRelative(clause)) {
    throw new KalError("KAL_QUERY_INVALID", {
      message: `“${value}” is a date by the clock of whoever asks; the Data API takes plain dates.`,
      hint: "Write the date itself: 2026-11-20.",
    });
  }
  const written = operator.replace("<", "%3C").replace(">", "%3E");
  const order = property === "orderBy" ? pathOf(value) : [];
  if (!order.every((step) => sentStep.test(step))) {
    throw new KalError("KAL_QUERY_INVALID", {
      message: `The Data API cannot order by ${shorten(value)}: it knows names of plain letters, digits and “_” only.`,
      hint: "Leave the orderBy out, and use SORT in Excel.",
    });
  }
  try {
    return `(${encodeURIComponent(property)}${written}${encodeURIComponent(value)})`;
  } catch (error) {
    // Half of a character that is written in two, as a text cut in the middle has it.
    throw new KalError("KAL_QUERY_INVALID", {
      message: `The value of “${property}” holds a broken character.`,
      cause: error,
    });
  }
}
