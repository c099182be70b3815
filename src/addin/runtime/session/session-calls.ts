/**
 * The session's calls to the gateway: connect, disconnect, and every call that carries a ticket.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type {
  ConnectAnswer,
  ConnectRequest,
  EnvironmentSummary,
  Status,
} from "../../../kalibrate/gateway-api.ts";
import type { WorkbookSettings } from "../workbook/workbook-settings.ts";
import type { ConnectionChoice } from "./connection-choice.ts";
import type { HeldConnection } from "./connection-store.ts";
import type { GatewayCall, GatewayClient } from "./gateway-client.ts";
import type { ConnectionList } from "./held-connections.ts";
import { isOther, NameTakenError } from "./name-taken.ts";

export interface SessionCalls {
  /** The environments that the gateway offers. */
  readonly listEnvironments: () => Promise<EnvironmentSummary[]>;
  /**
   * Connects and keeps the ticket. The connection becomes the workbook's own where it has none: another is never put
   * in the place of the one that its formulas mean.
   * @param signal cancels the attempt; nothing has changed then.
   * @throws NameTakenError where the name belongs to another client or environment; nothing has changed then either.
   */
  readonly connect: (request: ConnectRequest, signal?: AbortSignal) => Promise<ConnectAnswer>;
  /**
   * Ends a connection everywhere. It is forgotten here even where the gateway cannot be reached; the gateway then ends
   * it when it expires, and the error tells the caller.
   */
  readonly disconnect: (connection: HeldConnection) => Promise<void>;
  /** Replaces the client secret, once the identity provider has accepted the new one. */
  readonly replaceSecret: (
    connection: HeldConnection,
    clientSecret: string,
    signal: AbortSignal,
  ) => Promise<void>;
  /** The status of a connection, asked for now. */
  readonly fetchStatus: (connection: HeldConnection, signal?: AbortSignal) => Promise<Status>;
  /** The last status that came to this runtime, if any. */
  readonly lastStatus: (connection: HeldConnection) => Status | undefined;
  /**
   * A call with a connection's ticket. A dead ticket is forgotten at once, so that every place shows it; where somebody
   * has connected again while the call waited, the new ticket is tried.
   * @param send makes the call; once more with the new ticket
   */
  readonly callAs: <Answer>(
    connection: HeldConnection,
    call: GatewayCall,
    send?: (call: GatewayCall) => Promise<unknown>,
  ) => Promise<Answer>;
}

export function createSessionCalls(
  gateway: GatewayClient,
  connections: ConnectionList,
  choice: ConnectionChoice,
  settings: WorkbookSettings,
): SessionCalls {
  const statuses = new Map<string, Status>();

  const revoke = (ticket: string) => gateway.call({ method: "DELETE", path: "/session", ticket });

  /** Forgets a connection whose ticket the gateway no longer takes; a newer ticket of the same name stays. */
  function forget(connection: HeldConnection, what: "disconnected" | "ended"): void {
    if (connections.all().some(({ ticket }) => ticket === connection.ticket)) {
      connections.change(what, (stored) => stored.filter(({ ticket }) => ticket !== connection.ticket));
    }
  }

  async function callAs<Answer>(
    connection: HeldConnection,
    call: GatewayCall,
    send: (call: GatewayCall) => Promise<unknown> = gateway.call,
  ): Promise<Answer> {
    try {
      return (await send({ ...call, ticket: connection.ticket })) as Answer;
    } catch (error) {
      if (!isEnded(error)) throw error;
      forget(connection, "ended");
      const newer = connections.find(connection.name);
      if (!newer || newer.ticket === connection.ticket) throw error;
      return callAs<Answer>(newer, call, send);
    }
  }

  return {
    callAs,
    listEnvironments: async () =>
      (await gateway.call({ method: "GET", path: "/environments" })) as EnvironmentSummary[],

    async connect(request, signal) {
      const call = { method: "POST", path: "/session", body: request, ...(signal && { signal }) } as const;
      const answer = (await gateway.call(call)) as ConnectAnswer;
      const { connection, ticket, expiresAt } = answer;
      const replaced = connections.find(connection.name);
      const { clientId } = answer.status;
      if (replaced && isOther(replaced, { environment: connection.environment, clientId })) {
        revoke(ticket).catch(() => undefined);
        throw new NameTakenError(connection.name);
      }
      connections.change("connected", (stored) => [
        ...stored.filter((held) => held.ticket !== replaced?.ticket),
        { ...connection, ticket, expiresAt, clientId },
      ]);
      statuses.set(ticket, answer.status);
      if (settings.connection() === undefined) settings.rememberConnection(connection.name);
      choice.forget();
      // The ticket that this one replaces would stay in the gateway's store until it expires.
      if (replaced) revoke(replaced.ticket).catch(() => undefined);
      return answer;
    },

    async disconnect(connection) {
      forget(connection, "disconnected");
      try {
        await revoke(connection.ticket);
      } catch (error) {
        if (!isEnded(error)) throw error;
      }
    },

    async replaceSecret(connection, clientSecret, signal) {
      await callAs(connection, { method: "PUT", path: "/session/secret", body: { clientSecret }, signal });
    },

    async fetchStatus(connection, signal) {
      const call = { method: "GET", path: "/status", ...(signal && { signal }) } as const;
      const status = await callAs<Status>(connection, call);
      statuses.set(connection.ticket, status);
      return status;
    },

    lastStatus: ({ ticket }) => statuses.get(ticket),
  };
}

function isEnded(error: unknown): boolean {
  return (
    error instanceof KalError && (error.code === "KAL_SESSION_ENDED" || error.code === "KAL_NOT_CONNECTED")
  );
}
