/**
 * The day on which a connection's client secret expires, if the person has entered it. Stored on this computer by
 * connection name; the secret itself is not stored here.
 * @module
 */
import { readStored, writeStored } from "./origin-storage.ts";

const stored = "secretExpiry";

function readAll(): Record<string, unknown> {
  return { ...(readStored(stored) as object | undefined) };
}

/** @returns such as `2027-01-31` */
export function secretExpiry(connection: string): string | undefined {
  const date = readAll()[connection.toLowerCase()];
  return typeof date === "string" && /^\d{4}-\d\d-\d\d$/.test(date) ? date : undefined;
}

/** Stores the day; undefined deletes it. */
export function keepSecretExpiry(connection: string, date: string | undefined): void {
  // JSON leaves out undefined.
  writeStored(stored, { ...readAll(), [connection.toLowerCase()]: date });
}
