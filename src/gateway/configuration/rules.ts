/**
 * Rules shared by several parts of the configuration file.
 * @module
 */
import { isSafeScheme } from "../destinations.ts";

/** Reports an issue at a place inside the file, such as `environments[0].id`. */
export type Say = (where: string, expected: string, found?: string) => void;

/** A connection's name precedes the colon of `name:collection`, without quotes. */
export const namePattern = /^[A-Za-z0-9._-]{1,40}$/;
export const nameForm = "letters, digits, - _ . and at most 40 of them";

export const safeSchemes = "https (plain http only for this computer, with KAL_ALLOW_LOOPBACK=1)";

/** @returns undefined for a URL with a user name, a query or a fragment, and for a scheme that is not allowed. */
export function plainUrl(text: string, allowLoopback: boolean): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = !url.username && !url.password && !url.search && !url.hash;
  return plain && isSafeScheme(url, allowLoopback) ? url : undefined;
}

/** Reads the origin of an identity provider. */
export function readAuthority(text: string, allowLoopback: boolean, where: string, say: Say): string {
  const url = plainUrl(text, allowLoopback);
  if (url?.pathname === "/") return url.origin;
  say(where, `an origin with ${safeSchemes}`, text);
  return text;
}

/** Names are compared without letter case, as in formulas. */
export function checkUnique(ids: readonly string[], list: string, say: Say): void {
  const lower = ids.map((id) => id.toLowerCase());
  lower.forEach((id, at) => {
    if (lower.indexOf(id) < at) say(`${list}[${at}].id`, "an id that no other entry has", ids[at]);
  });
}
