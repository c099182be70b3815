/**
 * Connections whose secret the organisation holds, and who may use them.
 * @module
 */
import type { ConnectionSettings } from "../configuration/connections.ts";
import type { Log } from "../observe/log.ts";
import { createHeldSecrets, type SecretName } from "../token-service/held-secrets.ts";
import type { Connection } from "./connection.ts";

export interface OrganisationConnections {
  /** All of them, in the configuration's order. */
  readonly list: readonly Connection[];
  /** The connections that one of these app roles opens. */
  openTo(roles: readonly string[]): readonly Connection[];
}

export interface OrganisationConnectionsOptions {
  readonly settings: readonly ConnectionSettings[];
  /** Such as `process.env`; secrets may be read from it. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Called when another of a connection's secrets comes into use. */
  readonly onServe: (connection: string, name: SecretName) => void;
}

export function createOrganisationConnections(
  options: OrganisationConnectionsOptions,
): OrganisationConnections {
  const { settings, variables, log, onServe } = options;
  const held = settings.map((entry) => ({ connection: connect(entry), roles: new Set(entry.roles) }));

  function connect(entry: ConnectionSettings): Connection {
    const { id, label, description, roles, environment, tenant, clientId, scope, secret, nextSecret } = entry;
    const secrets = createHeldSecrets({
      connection: id,
      secret,
      nextSecret,
      variables,
      log,
      onServe: (name) => onServe(id, name),
    });
    const credentials = {
      clientId,
      scope,
      get clientSecret() {
        return secrets.current;
      },
    };
    const about = description === undefined ? {} : { description };
    return { name: id, label, ...about, roles, environment, tenant, credentials, held: secrets };
  }

  return {
    list: held.map(({ connection }) => connection),
    openTo: (roles) =>
      held.filter((entry) => roles.some((role) => entry.roles.has(role))).map(({ connection }) => connection),
  };
}
