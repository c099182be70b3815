/**
 * Checks settings in the pane, before any request. Each check gets a cleaned value that is not empty.
 * @module
 */
import { isGuid } from "../../../kalibrate/guid.ts";
import { isTenant } from "../../../kalibrate/tenant.ts";
import { texts } from "../texts/connect.ts";
import { today } from "../common/times.ts";

/** Result of a check, in words. A warning accepts the value. */
export interface Finding {
  readonly severity: "error" | "warning";
  readonly text: string;
  /** The value that the person probably meant. */
  readonly correction?: string | undefined;
}

export type Check = (value: string) => Finding | undefined;

const guidWithin = /(?<![0-9a-f-])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])/i;

/** Entra's names for any tenant. Client credentials need a specific tenant. */
const anyTenant = ["common", "organizations", "consumers"];

export const checkClientId: Check = (value) => {
  if (isGuid(value)) return undefined;
  if (/^api:/i.test(value)) return error(texts.checks.clientIdIsScope);
  return error(texts.checks.clientId, guidWithin.exec(value)?.[0]);
};

export const checkTenant: Check = (value) => {
  if (isTenant(value)) return undefined;
  if (anyTenant.includes(value.toLowerCase())) return error(texts.checks.tenantIsAny(value));
  return error(texts.checks.tenant, guidWithin.exec(value)?.[0] ?? tenantWithin(value));
};

/** A token endpoint's URL has the tenant after the host. */
function tenantWithin(value: string): string | undefined {
  const [, inside = ""] = /^(?:https?:\/\/[^/]*\/)?([^/]+)\//i.exec(value) ?? [];
  return isTenant(inside) ? inside : undefined;
}

/** Client credentials grant all permissions of the client at once, which Entra calls `/.default`. */
export const checkScope: Check = (value) => {
  if (/\s/.test(value)) return error(texts.checks.scopeHasSpaces, scopeWithin(value));
  const isUri = /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(value);
  if (isUri && value.endsWith("/.default")) return undefined;
  const withoutDefault = value.replace(/(\/\.?default)?\/*$/i, "");
  if (isUri) return error(texts.checks.scope, `${withoutDefault}/.default`);
  const meant = isGuid(withoutDefault) ? `api://${withoutDefault}/.default` : scopeWithin(value);
  return error(texts.checks.scope, meant);
};

/** The scope within a longer text, if there is exactly one. */
function scopeWithin(value: string): string | undefined {
  const [scope, ...others] = value.match(/[a-z][a-z0-9+.-]*:\/\/[^\s/]\S*?\/\.default(?!\S)/gi) ?? [];
  return others.length > 0 ? undefined : scope?.replace(/\.default$/i, ".default");
}

export const checkSecret: Check = (value) =>
  isGuid(value) ? { severity: "warning", text: texts.checks.secretIsId } : undefined;

/** The name of a connection comes before the colon in a formula, without quotes. */
export const checkLabel: Check = (value) => {
  if (/^[a-z0-9._-]{1,40}$/i.test(value)) return undefined;
  const correction = value
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9._-]+/gi, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return error(texts.checks.label, correction || undefined);
};

/** The secret works, so an expiry day in the past is a typing error, usually in the year. */
export const checkExpiry: Check = (value) => (value < today() ? error(texts.checks.dayHasPassed) : undefined);

/** For development; the service decides whether it allows this. */
const onThisComputer = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/i;

export const checkBaseUrl: Check = (value) => {
  if (onThisComputer.test(value)) return undefined;
  const secure = value.replace(/^(http:\/\/)?(?!https:\/\/)/i, "https://");
  const url = URL.canParse(secure) ? new URL(secure) : undefined;
  if (!url?.hostname.includes(".") || url.username || url.password) return error(texts.checks.baseUrl);
  if (url.search || url.hash) return error(texts.checks.baseUrlEnds, secure.replace(/[?#].*$/s, ""));
  return secure === value ? undefined : error(texts.checks.baseUrlIsOpen, secure);
};

function error(text: string, correction?: string): Finding {
  return { severity: "error", text, correction };
}
