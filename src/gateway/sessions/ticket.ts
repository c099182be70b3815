/**
 * Tickets: the add-in holds one instead of a secret.
 *
 * `kal_<id>_<key>`: the id (128 bits) finds the session, the key (256 bits) decrypts it. The store has only a hash of
 * the id, so the store alone cannot decrypt a session, and a ticket without the store contains nothing.
 * @module
 */
import { hash, randomBytes } from "node:crypto";

export interface Ticket {
  readonly id: Buffer;
  readonly key: Buffer;
}

/** base64url includes the underscore; the fixed lengths make the form unambiguous. */
const form = /^kal_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})$/;

export function newTicket(): Ticket {
  return { id: randomBytes(16), key: randomBytes(32) };
}

export function formatTicket({ id, key }: Ticket): string {
  return `kal_${id.toString("base64url")}_${key.toString("base64url")}`;
}

/** @returns undefined for any text that `formatTicket` would not return. */
export function parseTicket(text: string): Ticket | undefined {
  const [, id, key] = form.exec(text) ?? [];
  if (id === undefined || key === undefined) return undefined;
  const ticket = { id: Buffer.from(id, "base64url"), key: Buffer.from(key, "base64url") };
  // The last character of each part has spare bits; accept only the canonical spelling.
  return formatTicket(ticket) === text ? ticket : undefined;
}

/** The key under which the store has a ticket's session. */
export function storeKey({ id }: Ticket): string {
  return hash("sha256", id, "base64url");
}
