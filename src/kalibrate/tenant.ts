/**
 * What may stand as a tenant in a token endpoint's path.
 *
 * msal-node puts a tenant such as `../x` into the URL as it is, so only two shapes get through: a GUID and a DNS
 * name.
 * @module
 */
import { isGuid } from "./guid.ts";

const dnsName = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/i;

/** `common`, `organizations` and `consumers` are no tenants for client credentials, and no DNS names either. */
export function isTenant(text: string): boolean {
  return isGuid(text) || dnsName.test(text);
}
