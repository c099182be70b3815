/**
 * The workbook's session: its connections, and the connection of each formula.
 * @module
 */
import type { SignIn } from "../../sign-in/sign-in.ts";
import type { Clock } from "../clock.ts";
import { createEmitter } from "../emitter.ts";
import { loadCode } from "../load-code.ts";
import type { WorkbookSettings } from "../workbook/workbook-settings.ts";
import type { ConnectParts } from "./connect.ts";
import { createConnectionChoice, type ConnectionChoice } from "./connection-choice.ts";
import { createConnectionStore, type HeldConnection } from "./connection-store.ts";
import type { GatewayClient } from "./gateway-client.ts";
import { type ConnectionList, createConnectionList, type SessionChange } from "./held-connections.ts";
import { createSessionCalls, type SessionCalls } from "./session-calls.ts";

export interface Session
  extends
    SessionCalls,
    Pick<ConnectionList, "all" | "find" | "reread">,
    Pick<ConnectionChoice, "current" | "connectionFor"> {
  /** Makes a connection the workbook's own, replacing another. */
  readonly useForWorkbook: (connection: HeldConnection) => void;
  /** Calls back after every change of the connections. @returns a function that stops this */
  readonly onChange: (listener: (change: SessionChange) => void) => () => void;
  /** What connecting with credentials works on. */
  readonly connectParts: ConnectParts;
  /** Loads the sign-in of analysts. @throws KalError KAL_OFFLINE where its code cannot be loaded. */
  readonly loadSignIn: () => Promise<SignIn>;
  /** Follows the connections of this computer's other workbooks. */
  readonly start: () => void;
}

export function createSession(gateway: GatewayClient, settings: WorkbookSettings, clock: Clock): Session {
  const changes = createEmitter<SessionChange>();
  const store = createConnectionStore();
  const connections = createConnectionList(store, changes);
  const choice = createConnectionChoice(connections, settings);
  // The first listener, so that the others see the current connections.
  changes.on(choice.forget);
  const { all, find, reread } = connections;
  const { current, connectionFor } = choice;
  const statuses: ConnectParts["statuses"] = new WeakMap();
  let signIn: SignIn | undefined;
  const loadSignIn = async () => {
    const { createSignIn } = await loadCode(() => import("../../sign-in/sign-in.ts"));
    return (signIn ??= createSignIn({ gateway, connections, clock }));
  };
  return {
    ...createSessionCalls(gateway, connections, statuses, loadSignIn),
    connectParts: { gateway, connections, settings, statuses },
    loadSignIn,
    all,
    find,
    reread,
    current,
    connectionFor,
    useForWorkbook({ name }) {
      settings.rememberConnection(name);
      changes.emit("switched");
    },
    onChange: changes.on,
    start() {
      store.watch(reread);
      // Whoever is signed in to Excel is signed in here, where the organisation has said so and nothing is connected.
      if (document.documentElement.dataset["signIn"] && all().length === 0) void loadSignIn();
    },
  };
}
