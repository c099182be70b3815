/**
 * Queries as text: for people as the vendor writes them, for the URL encoded inside the values only.
 * @module
 */
import type { Clause, Query } from "./clauses.ts";

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
  return query.map(encodeClause).join("+");
}

function encodeClause({ property, operator, value }: Clause): string {
  const written = operator.replace("<", "%3C").replace(">", "%3E");
  return `(${encodeURIComponent(property)}${written}${encodeURIComponent(value)})`;
}
