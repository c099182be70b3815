/**
 * Connections: an environment with the credentials to use there, under a name.
 *
 * A session keeps a *reference* to the environment and looks it up at each use. So a host that the configuration
 * no longer allows is out of reach for old sessions too, and the sample environment may move to another port.
 * @module
 */
import type { Credentials, Environment } from "../../kalibrate/environments.ts";
import type { ConnectionSummary } from "../../kalibrate/gateway-api.ts";
import type { Environments } from "../environments.ts";
import type { HeldSecrets } from "../token-service/held-secrets.ts";
import type { TypedContent } from "./session-content.ts";

/** Ready to use: everything that a request to the Data API needs. */
export interface Connection {
  /** What formulas say before the colon. */
  readonly name: string;
  readonly label: string;
  readonly environment: Environment;
  readonly tenant: string;
  readonly credentials: Credentials;
  /** The secrets, where the organisation holds them: `credentials.clientSecret` is the one that serves. */
  readonly held?: HeldSecrets;
}

/** Everything of a connection that must be kept out of what leaves the service. */
export function secretsOf({ credentials, held }: Connection): readonly string[] {
  return held ? held.values : [credentials.clientSecret];
}

/** What a session keeps of it. */
export type ConnectionRecord = TypedContent["record"];

/**
 * Looks up what a record refers to.
 * @returns undefined when the environment is no longer there or lacks what the record left to it, or when the
 * connection's name has become another environment's id.
 * @throws KalError KAL_HOST_REFUSED when a typed base URL is not allowed (any more).
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
  // An environment of this name may have been configured since the connection was named.
  if (environments.isIdOfOther(name, environment)) return undefined;
  return { name, label, environment, tenant, credentials };
}

/** A connection as the add-in may know it. */
export function summarise({ name, label, environment }: Connection): ConnectionSummary {
  return { name, environment: environment.id, label };
}
