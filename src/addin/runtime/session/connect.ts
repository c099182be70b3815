/**
 * Connects with credentials. Apart from the session: no cell needs it.
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

/**
 * Connects and stores the ticket. If the workbook has no connection of its own, this one becomes it. We never
 * replace another one: its formulas mean that one.
 * @param signal cancels the attempt; nothing has changed then.
 * @throws NameTakenError if the name belongs to another client or environment; nothing has changed then either.
 */
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
