/**
 * Checks the tenant that becomes part of the token endpoint's path.
 *
 * msal-node inserts a tenant such as `../x` into the URL unchanged, so only GUIDs and DNS names are accepted.
 * @module
 */
import { isGuid } from "./guid.ts";

const dnsName = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/i;

/**
 * Rejects `common`, `organizations` and `consumers` too: they are not DNS names, and client credentials cannot use
 * them.
 */
export function isTenant(text: string): boolean {
  return isGuid(text) || dnsName.test(text);
}
