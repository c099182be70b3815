/**
 * Connections: an environment with the credentials for it, under a name.
 *
 * A session stores a *reference* to the environment and resolves it at each use. So old sessions, too, lose access to
 * a host that the configuration no longer allows, and the sample environment may move to another port.
 * @module
 */
import type { Credentials, Environment } from "../../kalibrate/environments.ts";
import type { ConnectionSummary } from "../../kalibrate/gateway-api.ts";
import type { Environments } from "../environments.ts";
import type { HeldSecrets } from "../token-service/held-secrets.ts";
import type { TypedContent } from "./session-content.ts";

/** Resolved: everything that a request to the Data API needs. */
export interface Connection {
  /** The name before the colon in formulas. */
  readonly name: string;
  readonly label: string;
  readonly environment: Environment;
  readonly tenant: string;
  readonly credentials: Credentials;
  /** What it may read, in the organisation's words. */
  readonly description?: string;
  /** The app roles that open it, if the organisation holds it. */
  readonly roles?: readonly string[];
  /** The secrets, if the organisation holds them: `credentials.clientSecret` is the one in use. */
  readonly held?: HeldSecrets;
}

/** The values of a connection that must never leave the service. */
export function secretsOf({ credentials, held }: Connection): readonly string[] {
  return held ? held.values : [credentials.clientSecret];
}

/** The part of a connection that a session stores. */
export type ConnectionRecord = TypedContent["record"];

/**
 * Resolves a stored connection.
 * @returns undefined if the environment no longer exists or no longer has a value that the record relied on, or if the
 * connection's name is now another environment's id.
 * @throws KalError KAL_HOST_REFUSED if a typed base URL is not (or no longer) allowed.
 */
export function resolveConnection(
  record: ConnectionRecord,
  environments: Environments,
): Connection | undefined {
  const { at, name, label } = record;
  const environment =
    "environment" in at ? environments.find(at.environment) : environments.at(at.apiBaseUrl);
  const tenant = record.tenant ?? environment?.tenant;
  const credentials = record.credentials ?? environment?.credentials;
  if (!environment || tenant === undefined || !credentials) return undefined;
  // An environment with this name may have been configured after the connection was named.
  if (environments.isIdOfOther(name, environment)) return undefined;
  return { name, label, environment, tenant, credentials };
}

/** What the add-in may know of a connection. @param theirRoles of the analyst who may use it. */
export function summarise(connection: Connection, theirRoles: readonly string[] = []): ConnectionSummary {
  const { name, label, environment, description, roles } = connection;
  return {
    name,
    environment: environment.id,
    label,
    ...(description !== undefined && { description }),
    ...(roles && { roles: roles.filter((role) => theirRoles.includes(role)) }),
  };
}
