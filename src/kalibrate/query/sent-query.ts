/**
 * The text in which a query leaves the analyst's machine.
 * @module
 */
import type { Query } from "./clauses.ts";
import { formatQuery } from "./format.ts";
import { resolveRelativeDates } from "./relative-dates.ts";

/**
 * `today` and `now` become plain dates by the analyst's clock, so that tomorrow's request is another one than today's.
 * @returns undefined where there is no clause.
 */
export function sentQuery(query: Query, now: Date): string | undefined {
  return query.length > 0 ? formatQuery(resolveRelativeDates(query, now)) : undefined;
}
