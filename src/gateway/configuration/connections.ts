/**
 * The organisation's part of the configuration file: its connections, the analysts' sign-in, the audit.
 * @module
 */
import type { Environment } from "../../kalibrate/environments.ts";
import { defaultAuthority } from "../../kalibrate/environments.ts";
import { isGuid } from "../../kalibrate/guid.ts";
import { isTenant } from "../../kalibrate/tenant.ts";
import type { ConfigurationFile, ConnectionEntry, SecretPlace } from "./file-schema.ts";
import { checkUnique, nameForm, namePattern, readAuthority, type Say } from "./rules.ts";
import { findSecret } from "./secret.ts";

/** A connection whose secret the organisation holds. */
export interface ConnectionSettings extends Omit<ConnectionEntry, "environment" | "tenant"> {
  readonly environment: Environment;
  readonly tenant: string;
}

export interface SignInSettings {
  readonly tenant: string;
  /** The add-in's app registration. */
  readonly clientId: string;
  /** The service's app registration. */
  readonly audience: string;
  /** Origin of the identity provider. */
  readonly authority: string;
  /** The person or team to ask for access. */
  readonly contact: string;
}

export interface AuditSettings {
  /** Undefined: standard output. */
  readonly file: string | undefined;
  /** Whether events contain account names. */
  readonly names: boolean;
  readonly maxMegabytes: number;
  readonly maxFiles: number;
}

export interface OrganisationSettings {
  readonly connections: readonly ConnectionSettings[];
  readonly signIn: SignInSettings | undefined;
  readonly audit: AuditSettings;
}

export interface OrganisationOptions {
  /** All environments of the service. */
  readonly environments: readonly Environment[];
  /** Such as `process.env`; secrets may be read from it. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly allowLoopback: boolean;
  readonly say: Say;
}

export function readOrganisation(
  file: ConfigurationFile,
  options: OrganisationOptions,
): OrganisationSettings {
  const { say, allowLoopback } = options;
  const entries = file.connections ?? [];
  checkUnique(
    entries.map(({ id }) => id),
    "connections",
    say,
  );
  const connections = entries.flatMap((entry, at) => readConnection(entry, `connections[${at}]`, options));
  if (entries.length > 0 && !file.signIn)
    say("signIn", "to be there, as connections are used by signed-in analysts");
  if (file.signIn && entries.length === 0) say("connections", "at least one, as analysts sign in to use it");
  return {
    connections,
    signIn: file.signIn && readSignIn(file.signIn, allowLoopback, say),
    audit: {
      file: file.audit?.file,
      names: file.audit?.names ?? false,
      maxMegabytes: file.audit?.maxMegabytes ?? 100,
      maxFiles: file.audit?.maxFiles ?? 100,
    },
  };
}

function readConnection(
  entry: ConnectionEntry,
  where: string,
  { environments, variables, say }: OrganisationOptions,
): ConnectionSettings[] {
  const { id, secret, nextSecret } = entry;
  if (!namePattern.test(id)) say(`${where}.id`, nameForm, id);
  // The last one counts, because an environment of the file replaces a built-in one.
  const environment = environments.findLast((known) => known.id === entry.environment);
  const isIdOfOther = environments.some(
    (known) => known.id.toLowerCase() === id.toLowerCase() && known.id !== entry.environment,
  );
  if (isIdOfOther) say(`${where}.id`, "no id of another environment, as formulas name environments too", id);
  checkSecret(secret, `${where}.secret`, false, variables, say);
  if (nextSecret) checkSecret(nextSecret, `${where}.nextSecret`, true, variables, say);
  if (!environment) {
    const ids = [...new Set(environments.map((known) => known.id))].join(", ");
    say(`${where}.environment`, `the id of an environment (${ids})`, entry.environment);
    return [];
  }
  const tenant = entry.tenant ?? environment.tenant;
  if (tenant === undefined) say(`${where}.tenant`, "to be there, as the environment has none");
  else if (!isTenant(tenant)) say(`${where}.tenant`, "a GUID or a domain name", tenant);
  return [{ ...entry, environment, tenant: tenant ?? "" }];
}

/** The value is never shown: it may be the secret. */
function checkSecret(
  place: SecretPlace,
  where: string,
  mayBeEmpty: boolean,
  variables: OrganisationOptions["variables"],
  say: Say,
): void {
  if ((place.env === undefined) === (place.file === undefined)) {
    say(where, 'either {"env": "NAME"} or {"file": "path"}');
    return;
  }
  const found = findSecret(place, variables);
  const key = place.file === undefined ? "env" : "file";
  const wanted = key === "env" ? "an environment variable with the secret" : "a file with the secret";
  if ("fault" in found) say(`${where}.${key}`, `${wanted}; ${place[key]} ${found.fault}`);
  if ("empty" in found && !mayBeEmpty) say(`${where}.${key}`, `${wanted}; ${place[key]} is empty`);
}

function readSignIn(
  { tenant, clientId, audience, authority, contact }: NonNullable<ConfigurationFile["signIn"]>,
  allowLoopback: boolean,
  say: Say,
): SignInSettings {
  // Tokens contain only GUIDs of tenants and apps.
  for (const [key, value] of Object.entries({ tenant, clientId, audience })) {
    if (!isGuid(value)) say(`signIn.${key}`, "a GUID", value);
  }
  return {
    tenant: tenant.toLowerCase(),
    clientId: clientId.toLowerCase(),
    audience: audience.toLowerCase(),
    authority: readAuthority(authority ?? defaultAuthority, allowLoopback, "signIn.authority", say),
    contact,
  };
}
