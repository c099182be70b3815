/**
 * Queries as text: for people as the vendor writes them, for the URL encoded inside the values only.
 * @module
 */
import { KalError } from "../errors.ts";
import type { Clause, Query } from "./clauses.ts";
import { isRelative } from "./relative-dates.ts";

/** The vendor's own form, readable: `(entityVariant=Own)+(limit=5)`. */
export function formatQuery(query: Query): string {
  return query.map((clause) => `(${clause.property}${clause.operator}${clause.value})`).join("+");
}

/**
 * The form that goes into `?query=`. The `+` between clauses stays a literal plus as in all of the vendor's samples
 * (`%2B` may not be understood); angle brackets are encoded, as the vendor's Python sample sends them; inside
 * values everything reserved is encoded.
 */
export function encodeQuery(query: Query): string {
  const encoded = query.map(encodeClause).join("+");
  if (encoded.length <= longestQuery) return encoded;
  throw new KalError("KAL_QUERY_INVALID", {
    message: `The query is too long to be sent: ${encoded.length} characters as an address has them.`,
    hint: "Filter by fewer or shorter values.",
  });
}

/** Servers commonly refuse addresses beyond 8 kB; what this one takes is not documented. */
const longestQuery = 7500;

function encodeClause(clause: Clause): string {
  const { property, operator, value } = clause;
  if (isRelative(clause)) {
    throw new KalError("KAL_QUERY_INVALID", {
      message: `“${value}” is a date by the clock of whoever asks; the Data API takes plain dates.`,
      hint: "Write the date itself: 2026-11-20.",
    });
  }
  const written = operator.replace("<", "%3C").replace(">", "%3E");
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
