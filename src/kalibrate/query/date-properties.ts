/**
 * Which properties hold dates, by their names alone: the functions in Excel read queries without the catalogue, which
 * would be the larger part of what they load. A test holds the rule and the catalogue together.
 * @module
 */

/** How the vendor's names of dates end: effectiveTime, startDate, createdOn. */
const ending = /(?:Time|Date|On)$/;

/** Dates whose names end otherwise. */
const otherDates: ReadonlySet<string> = new Set([
  "date",
  "created",
  "currentPriceCreated",
  "pnwLastAccess",
  "timeWeightedCostCalculated",
]);

/** Names that end like a date's; what they hold is not documented, so nothing is made of it. */
const noDates: ReadonlySet<string> = new Set(["futureEffectiveTime"]);

/** Whether a property, or the last step of a dotted one, holds a date or a date-time. */
export function isDateProperty(property: string): boolean {
  const name = property.slice(property.lastIndexOf(".") + 1);
  return otherDates.has(name) || (ending.test(name) && !noDates.has(name));
}
