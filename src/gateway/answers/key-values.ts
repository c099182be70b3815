/**
 * Reads the key values of one lookup. A call has thousands of lookups, so an invalid list only fails its own lookup.
 * @module
 */
import type { KeyValue, LookupError } from "../../kalibrate/gateway-api.ts";

/** Maximum characters of a cell in Excel. */
const maxKeyChars = 32_767;

/** @returns one value per key, null for a blank one; or an error for an invalid list. */
export function readKeyValues(given: unknown, keyCount: number): (KeyValue | null)[] | LookupError {
  if (!Array.isArray(given) || given.length !== keyCount) {
    return invalid(`A list of values must have ${keyCount} of them, one for each key.`);
  }
  const values: readonly unknown[] = given;
  if (!values.every(isKeyValue))
    return invalid("A value to look for must be a text, a number, true or false.");
  if (values.some((value) => typeof value === "string" && value.length > maxKeyChars)) {
    return invalid("A value to look for has more than 32,767 characters, which no cell holds.");
  }
  return values.slice();
}

function isKeyValue(value: unknown): value is KeyValue | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function invalid(message: string): LookupError {
  return { code: "KAL_REQUEST_INVALID", message, hint: "Correct this value; the others have their results." };
}
