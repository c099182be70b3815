/**
 * Invented people of the sample data, reachable only at addresses that are reserved for fiction.
 * @module
 */
import { firstNames, lastNames } from "./names.ts";
import type { Random } from "./random.ts";

export interface Person {
  readonly name: string;
  /** Initial and surname, as systems log users: `hashdown`. */
  readonly user: string;
  /** On the reserved top-level domain `.example` (RFC 2606). */
  readonly email: string;
  /** Within Ofcom's ranges of telephone numbers for drama use. */
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
