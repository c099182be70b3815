/**
 * Tickets: what the add-in holds instead of a secret.
 *
 * `kal_<id>_<key>`: the id (128 bits) finds the session, the key (256 bits) opens it. The store knows a hash of
 * the id only, so neither the store nor the ticket opens anything alone.
 * @module
 */
import { createHash, randomBytes } from "node:crypto";

export interface Ticket {
  readonly id: Buffer;
  readonly key: Buffer;
}

/** base64url has the underscore in its alphabet; the fixed lengths keep the form unambiguous. */
const form = /^kal_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})$/;

export function newTicket(): Ticket {
  return { id: randomBytes(16), key: randomBytes(32) };
}

export function formatTicket({ id, key }: Ticket): string {
  return `kal_${id.toString("base64url")}_${key.toString("base64url")}`;
}

/** @returns undefined for anything that `formatTicket` would not write. */
export function parseTicket(text: string): Ticket | undefined {
  const [, id, key] = form.exec(text) ?? [];
  if (id === undefined || key === undefined) return undefined;
  const ticket = { id: Buffer.from(id, "base64url"), key: Buffer.from(key, "base64url") };
  // The last character of each part has bits to spare: only one of its spellings is the ticket.
  return formatTicket(ticket) === text ? ticket : undefined;
}

/** The name under which the store keeps a ticket's session. */
export function storeKey({ id }: Ticket): string {
  return createHash("sha256").update(id).digest("base64url");
}
