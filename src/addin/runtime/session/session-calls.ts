/**
 * The session's calls to the gateway: connect, disconnect, and every call that carries a ticket.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { EnvironmentSummary, Status } from "../../../kalibrate/gateway-api.ts";
import type { HeldConnection } from "./connection-store.ts";
import type { GatewayCall, GatewayClient } from "./gateway-client.ts";
import type { ConnectionList } from "./held-connections.ts";
import type { SignIn } from "../../sign-in/sign-in.ts";

export interface SessionCalls {
  /** The environments that the gateway knows. */
  readonly listEnvironments: () => Promise<EnvironmentSummary[]>;
  /**
   * Ends a connection everywhere. It is deleted here even if the gateway cannot be reached. Then the call rejects, and
   * the gateway ends the session when it expires.
   */
  readonly disconnect: (connection: HeldConnection) => Promise<void>;
  /** Requests the status of a connection. */
  readonly fetchStatus: (connection: HeldConnection, signal?: AbortSignal) => Promise<Status>;
  /** The last status that this runtime received, if any. */
  readonly lastStatus: (connection: HeldConnection) => Status | undefined;
  /**
   * Makes a call with a connection's ticket. An invalid ticket is deleted at once, so that every part shows it. If
   * somebody has connected again meanwhile, the new ticket is tried. A signed-in analyst's is renewed.
   * @param send makes the call; called a second time with the new ticket
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
  statuses: WeakMap<HeldConnection, Status>,
  loadSignIn: () => Promise<SignIn>,
): SessionCalls {
  const revoke = (ticket: string) => gateway.call({ method: "DELETE", path: "/session", ticket });

  /** Deletes a connection whose ticket the gateway has rejected; a newer ticket of the same name stays. */
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
    const { ticket, analyst, name } = connection;
    try {
      return (await send({ ...call, ticket, connection: analyst && name })) as Answer;
    } catch (error) {
      if (!isEnded(error)) throw error;
      if (analyst) return callAs<Answer>(await (await loadSignIn()).renew(connection), call, send);
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

    async disconnect(connection) {
      forget(connection, "disconnected");
      try {
        await revoke(connection.ticket);
      } catch (error) {
        if (!isEnded(error)) throw error;
      }
    },

    async fetchStatus(connection, signal) {
      const call = { method: "GET", path: "/status", ...(signal && { signal }) } as const;
      const status = await callAs<Status>(connection, call);
      statuses.set(connection, status);
      return status;
    },

    lastStatus: (connection) => statuses.get(connection),
  };
}

function isEnded(error: unknown): boolean {
  return (
    error instanceof KalError && (error.code === "KAL_SESSION_ENDED" || error.code === "KAL_NOT_CONNECTED")
  );
}
