/**
 * The day on which a connection's client secret expires, where the person has told it: kept on this computer by the
 * connection's name. The secret itself is kept nowhere here.
 * @module
 */
import { readStored, writeStored } from "./origin-storage.ts";

const stored = "secretExpiry";

function readAll(): Record<string, unknown> {
  return { ...(readStored(stored) as object | undefined) };
}

/** @returns as `2027-01-31` */
export function secretExpiry(connection: string): string | undefined {
  const date = readAll()[connection.toLowerCase()];
  return typeof date === "string" && /^\d{4}-\d\d-\d\d$/.test(date) ? date : undefined;
}

/** Keeps the day, or forgets it. */
export function keepSecretExpiry(connection: string, date: string | undefined): void {
  // JSON leaves out what is undefined.
  writeStored(stored, { ...readAll(), [connection.toLowerCase()]: date });
}
