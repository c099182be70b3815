/**
 * Reads a request to connect: environment, tenant, credentials and name.
 * @module
 */
import { isIP } from "node:net";
import type { Credentials, Environment } from "../../kalibrate/environments.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { ConnectRequest } from "../../kalibrate/gateway-api.ts";
import { namePattern } from "../configuration/rules.ts";
import type { Environments } from "../environments.ts";
import { isTenant } from "../../kalibrate/tenant.ts";
import type { ConnectionRecord } from "./connection.ts";

/**
 * Validates a request without sending anything.
 * @param typedCredentials whether typed credentials are accepted at all.
 * @throws KalError naming the missing or wrong field; never with a value that could be secret.
 */
export function readConnectRequest(
  request: ConnectRequest,
  environments: Environments,
  typedCredentials: boolean,
): ConnectionRecord {
  const typed = trimmed(request);
  const environment = findEnvironment(typed, environments);
  const credentials = readCredentials(typed, environment);
  if (credentials && !typedCredentials) {
    throw new KalError("KAL_FORBIDDEN", {
      message: "This service does not accept typed credentials.",
      hint: "Ask your administrator which connections you can use.",
    });
  }
  const tenant = readTenant(typed, environment);
  const name = nameConnection(typed, environment, environments);
  const isConfigured = environments.find(environment.id)?.apiBaseUrl === environment.apiBaseUrl;
  return {
    name,
    label: typed.label ?? environment.label,
    at: isConfigured ? { environment: environment.id } : { apiBaseUrl: environment.apiBaseUrl },
    ...(tenant === undefined ? {} : { tenant }),
    ...(credentials === undefined ? {} : { credentials }),
  };
}

type Typed = Omit<ConnectRequest, "remember">;

/** Pasted values contain spaces and line ends; a blank field counts as empty. */
function trimmed(request: ConnectRequest): Typed {
  const entries = Object.entries(request)
    .map(([key, value]) => [key, typeof value === "string" ? value.trim() : undefined] as const)
    .filter(([, value]) => value);
  return Object.fromEntries(entries);
}

function findEnvironment(typed: Typed, environments: Environments): Environment {
  const { environment: id, apiBaseUrl } = typed;
  if (apiBaseUrl !== undefined && id === undefined) return environments.at(apiBaseUrl);
  if (id === undefined || apiBaseUrl !== undefined) {
    throw new KalError("KAL_REQUEST_INVALID", {
      message: "Give either environment or apiBaseUrl, not both.",
    });
  }
  const environment = environments.find(id);
  if (environment) return environment;
  const ids = environments.list.map((known) => known.id).join(", ");
  throw new KalError("KAL_REQUEST_INVALID", { message: `There is no such environment. Use one of ${ids}.` });
}

/** @returns undefined if the environment's own credentials are to be used. */
function readCredentials(typed: Typed, environment: Environment): Credentials | undefined {
  const untouched =
    typed.clientId === undefined && typed.clientSecret === undefined && typed.scope === undefined;
  if (untouched && environment.credentials) return undefined;
  const whole = { clientId: environment.clientId, scope: environment.scope, ...typed };
  const { clientId, clientSecret, scope } = whole;
  if (clientId !== undefined && clientSecret !== undefined && scope !== undefined) {
    return { clientId, clientSecret, scope };
  }
  const missing = (["clientId", "clientSecret", "scope"] as const).filter((key) => whole[key] === undefined);
  throw new KalError("KAL_REQUEST_INVALID", { message: `Missing: ${missing.join(", ")}.` });
}

/** @returns undefined if the environment fixes the tenant and nothing else was typed. */
function readTenant({ tenant }: Typed, environment: Environment): string | undefined {
  if (tenant === undefined) {
    if (environment.tenant !== undefined) return undefined;
    throw new KalError("KAL_REQUEST_INVALID", { message: "Missing: tenant." });
  }
  if (!isTenant(tenant)) throw new KalError("KAL_TENANT_UNKNOWN");
  return tenant;
}

/**
 * The name that formulas use. Only the service can choose it: the add-in does not know which environment a typed
 * address belongs to.
 */
function nameConnection({ label }: Typed, environment: Environment, environments: Environments): string {
  const name = label ?? defaultName(environment);
  if (!namePattern.test(name)) {
    throw new KalError("KAL_REQUEST_INVALID", {
      message: "This label cannot be used in a formula.",
      hint: "Use at most 40 characters: letters, digits, - _ .",
    });
  }
  if (environments.isIdOfOther(name, environment)) {
    throw new KalError("KAL_REQUEST_INVALID", {
      message: `“${name}” is the id of another environment, so this connection cannot have it as its label.`,
      hint: `Give it another label: formulas that begin with ${name}: mean that environment.`,
    });
  }
  return name;
}

/** The id of a configured environment; the host of a typed base URL. */
function defaultName({ id, apiBaseUrl }: Environment): string {
  const { host, hostname } = new URL(apiBaseUrl);
  if (id !== host) return id;
  if (isIP(hostname)) return hostname;
  // The whole host: two regions of one vendor must not share a name, and a name must not equal an environment's id.
  return hostname.startsWith("[") ? "localhost" : hostname.slice(0, 40);
}
