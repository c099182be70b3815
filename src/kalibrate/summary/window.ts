/**
 * The window of a summary: the query's bounds on the time at which records take effect.
 * @module
 */
import { type ClockTime, readClockTime } from "../clock-time.ts";
import type { Clause, Query } from "../query/clauses.ts";
import type { Window } from "./in-force.ts";

export interface QueryWindow {
  readonly window: Window;
  /** The clauses that exclude records from before the window. */
  readonly lower: Query;
  /** All other clauses: they also select the earlier record that is in force when the window begins. */
  readonly withoutLower: Query;
}

/** @param query with its values already read by type. */
export function windowOf(query: Query, timeProperty: string, now: ClockTime): QueryWindow {
  const isOfTime = ({ property }: Clause) => property === timeProperty;
  const bounds = (operators: readonly string[]) =>
    query.flatMap((clause) => {
      if (!isOfTime(clause) || !operators.includes(clause.operator)) return [];
      return readClockTime(clause.value)?.clock ?? [];
    });
  const isLower = (clause: Clause) => isOfTime(clause) && lowerOperators.includes(clause.operator);
  return {
    window: {
      start: Math.max(-Infinity, ...bounds(lowerOperators)),
      end: Math.min(Infinity, ...bounds(["<", "<=", "="])),
      now,
    },
    lower: query.filter(isLower),
    withoutLower: query.filter((clause) => !isLower(clause)),
  };
}

const lowerOperators: readonly string[] = [">", ">=", "="];
