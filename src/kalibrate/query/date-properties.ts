/**
 * Recognises properties that hold dates by name alone. The Excel functions read queries without the catalogue, which
 * would be the larger part of their bundle. A test checks that this rule agrees with the catalogue.
 * @module
 */

/** Endings of the vendor's date names: effectiveTime, startDate, createdOn. */
const ending = /(?:Time|Date|On)$/;

/** Dates with other endings. */
const otherDates: ReadonlySet<string> = new Set([
  "date",
  "created",
  "currentPriceCreated",
  "pnwLastAccess",
  "timeWeightedCostCalculated",
]);

/** Names with a date's ending whose content is not documented: not treated as dates. */
const noDates: ReadonlySet<string> = new Set(["futureEffectiveTime"]);

/** Whether a property (of a dotted one, the last step) holds a date or a date-time. */
export function isDateProperty(property: string): boolean {
  const name = property.slice(property.lastIndexOf(".") + 1);
  return otherDates.has(name) || (ending.test(name) && !noDates.has(name));
}
