/**
 * Connects with credentials. A chunk of its own: no cell waits for it.
 * @module
 */
import type { ConnectAnswer, ConnectRequest, Status } from "../../../kalibrate/gateway-api.ts";
import type { WorkbookSettings } from "../workbook/workbook-settings.ts";
import type { HeldConnection } from "./connection-store.ts";
import type { GatewayClient } from "./gateway-client.ts";
import type { ConnectionList } from "./held-connections.ts";
import { isOther, NameTakenError } from "./name-taken.ts";

export interface ConnectParts {
  readonly gateway: GatewayClient;
  readonly connections: ConnectionList;
  readonly settings: WorkbookSettings;
  /** Takes what the Data API has said. */
  readonly statuses: WeakMap<HeldConnection, Status>;
}

/** See `SessionCalls.connect`. */
export async function connect(
  { gateway, connections, settings, statuses }: ConnectParts,
  request: ConnectRequest,
  signal?: AbortSignal,
): Promise<ConnectAnswer> {
  const revoke = (ticket: string) =>
    void gateway.call({ method: "DELETE", path: "/session", ticket }).catch(() => undefined);
  const call = { method: "POST", path: "/session", body: request, ...(signal && { signal }) } as const;
  const answer = (await gateway.call(call)) as ConnectAnswer;
  const { connection, ticket, expiresAt } = answer;
  const replaced = connections.find(connection.name);
  const { clientId } = answer.status;
  if (replaced && isOther(replaced, { environment: connection.environment, clientId })) {
    revoke(ticket);
    throw new NameTakenError(connection.name);
  }
  if (settings.connection() === undefined) settings.rememberConnection(connection.name);
  const held = { ...connection, ticket, expiresAt, clientId };
  statuses.set(held, answer.status);
  connections.change("connected", (stored) => [
    ...stored.filter((other) => other.ticket !== replaced?.ticket),
    held,
  ]);
  // Otherwise the replaced ticket would stay in the gateway's store until it expires.
  if (replaced) revoke(replaced.ticket);
  return answer;
}
