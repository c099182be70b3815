import type { Query } from "./clauses.ts";
import { formatQuery } from "./format.ts";
import { resolveRelativeDates } from "./relative-dates.ts";

/**
 * The query text that the add-in sends. `today` and `now` become plain dates by the analyst's clock, so tomorrow's
 * request differs from today's.
 * @returns undefined if the query has no clauses.
 */
export function sentQuery(query: Query, now: Date): string | undefined {
  return query.length > 0 ? formatQuery(resolveRelativeDates(query, now)) : undefined;
}
