/**
 * Writes queries as text: in the vendor's form for people, with quotes where needed, and encoded for the URL.
 * @module
 */
import { KalError } from "../errors.ts";
import { pathOf, quoteStep } from "../names.ts";
import { type Clause, isControl, isList, type Query } from "./clauses.ts";
import { shorten } from "../shorten.ts";
import { isRelative } from "./relative-dates.ts";

/** The vendor's readable form: `(entityVariant=Own)+(limit=5)`. `parseQuery` reads the same clauses from it. */
export function formatQuery(query: Query): string {
  return query.map(formatClause).join("+");
}

function formatClause({ property, operator, value }: Clause): string {
  if (isList(operator)) return `(${property} ${operator} ${value})`;
  const needsQuotes = property !== "orderBy" && (!plainValue.test(value) || laterName.test(value));
  return `(${property}${operator}${needsQuotes ? quoteStep(value) : value})`;
}

/** A value that needs no quotes: it has no brackets, comparison signs, line ends or opening quotes. */
const plainValue = /^[^\s()=<>!@"'“‘„‚«][^()=<>\r\n\u00a0\u2007\u202f]*$/;

/** A quote inside a value that could begin the name of another clause. */
const laterName = /[\s+;.]['‘]/;

/** Names as in the vendor's samples. How the API reads other names is not documented. */
const sentStep = /^(?:[A-Za-z_]\w*|\d+)$/;

/** Whether the vendor's form can express this filter. If not, KAL applies the filter to the documents itself. */
export function canBeSent(clause: Clause): boolean {
  if (isControl(clause)) return true;
  const { property, operator, value } = clause;
  return (
    !isList(operator) &&
    !property.startsWith("'") &&
    pathOf(property).every((step) => sentStep.test(step)) &&
    sentValue.test(value)
  );
}

const sentValue = /^[^()=<>!@\s][^()\r\n]*$/;

/**
 * The form for `?query=`. The `+` between clauses stays a literal plus, as in all of the vendor's samples (the API may
 * not understand `%2B`). Angle brackets are encoded, as in the vendor's Python sample. Inside values, all reserved
 * characters are encoded.
 * @throws KalError KAL_QUERY_INVALID if the encoded query is too long or a value has half of a surrogate pair.
 */
export function encodeQuery(query: Query): string {
  const encoded = query.map(encodeClause).join("+");
  if (encoded.length <= maxQueryChars) return encoded;
  throw new KalError("KAL_QUERY_INVALID", {
    message: `The query is too long to be sent: ${encoded.length} characters when encoded in a URL.`,
    hint: "Filter by fewer or shorter values.",
  });
}

/** Servers commonly refuse URLs beyond 8 kB; this API's limit is not documented. */
const maxQueryChars = 7500;

function encodeClause(clause: Clause): string {
  const { property, operator, value } = clause;
  if (isRelative(clause)) {
    throw new KalError("KAL_QUERY_INVALID", {
      message: `“${value}” depends on your clock; the Data API needs a plain date.`,
      hint: "Write the date itself: 2026-11-20.",
    });
  }
  const written = operator.replace("<", "%3C").replace(">", "%3E");
  const order = property === "orderBy" ? pathOf(value) : [];
  if (!order.every((step) => sentStep.test(step))) {
    throw new KalError("KAL_QUERY_INVALID", {
      message: `The Data API cannot order by ${shorten(value)}: it accepts only names of plain letters, digits and “_”.`,
      hint: "Leave the orderBy out, and use SORT in Excel.",
    });
  }
  try {
    return `(${encodeURIComponent(property)}${written}${encodeURIComponent(value)})`;
  } catch (error) {
    // Half of a surrogate pair, for example from a text that was cut in the middle of a character.
    throw new KalError("KAL_QUERY_INVALID", {
      message: `The value of “${property}” contains a broken character.`,
      cause: error,
    });
  }
}
