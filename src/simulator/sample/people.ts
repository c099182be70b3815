/**
 * Invented people of the sample data. Their addresses and telephone numbers are reserved for fiction.
 * @module
 */
import { firstNames, lastNames } from "./names.ts";
import type { Random } from "./random.ts";

export interface Person {
  readonly name: string;
  /** Initial and surname, as user names commonly are: `hashdown`. */
  readonly user: string;
  /** On the reserved top-level domain `.example` (RFC 2606). */
  readonly email: string;
  /** From Ofcom's telephone numbers for drama use. */
  readonly phone: string;
  readonly mobile: string;
}

export function person(random: Random): Person {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const digits = String(random.integer(0, 999)).padStart(3, "0");
  return {
    name: `${first} ${last}`,
    user: `${first.charAt(0)}${last}`.toLowerCase(),
    email: `${first}.${last}@pellow.example`.toLowerCase(),
    phone: `01632 960${digits}`,
    mobile: `07700 900${digits}`,
  };
}
