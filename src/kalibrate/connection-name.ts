/**
 * Names of connections, and the optional one in front of a collection: `sandpit:price`.
 * @module
 */
import { KalError } from "./errors.ts";

/** Whether two texts name the same connection: letter case makes no difference. */
export function isSameConnection(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/**
 * Splits `[connection:]collection`. `connection` is undefined if the text names none: use the workbook's own.
 * @throws KalError KAL_ARGUMENT_INVALID if the text begins with the colon.
 */
export function splitConnection(text: string): { connection: string | undefined; collection: string } {
  const colon = text.indexOf(":");
  if (colon < 0) return { connection: undefined, collection: text };
  const connection = text.slice(0, colon).trim();
  if (connection === "") {
    throw new KalError("KAL_ARGUMENT_INVALID", {
      message: "The argument “collection” has no connection before the colon.",
    });
  }
  return { connection, collection: text.slice(colon + 1).trim() };
}
