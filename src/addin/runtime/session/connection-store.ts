/**
 * Stores tickets in the origin's storage, so that all workbooks on this computer share them. A ticket contains no
 * secret of Kalibrate; it is useless without the gateway, which can revoke it.
 *
 * Over plain http, another program that takes the port of a stopped service gets the same origin and so the same
 * storage. Therefore a ticket of typed credentials is then only kept in the page's memory. Over https that program
 * would need the certificate.
 * @module
 */
import type { Analyst, ConnectionSummary } from "../../../kalibrate/gateway-api.ts";
import { readStored, storageKey, writeStored } from "./origin-storage.ts";

/** A connection stored on this computer. */
export interface HeldConnection extends ConnectionSummary {
  readonly ticket: string;
  /** ISO date-time (UTC) at which it ends in any case. */
  readonly expiresAt: string;
  /** Id of the connected client. Two clients must not silently share a connection name. */
  readonly clientId?: string;
  /** Who has signed in, where it is a connection of the organisation: one ticket opens all of theirs. */
  readonly analyst?: Analyst;
}

/** All connections; the latest one is last. */
export type HeldConnections = readonly HeldConnection[];

const name = "connections";

/** Whether a connection with typed credentials is stored beyond this page. */
export function outlivesPage(): boolean {
  return globalThis.location?.protocol !== "http:";
}

/** Sample data uses no real secret. */
function isStorable({ environment, analyst }: HeldConnection): boolean {
  return outlivesPage() || (environment === "sample" && !analyst);
}

export interface ConnectionStore {
  /** The stored connections and those of this page only. */
  readonly read: () => HeldConnections;
  /** If storage is refused, connections last as long as this workbook is open. */
  readonly write: (connections: HeldConnections) => void;
  /**
   * Calls back when another workbook may have connected or disconnected. Also when this page gets the focus again,
   * because old web views raise no `storage` event (office-js 1399, 3159, 6427, 2177).
   */
  readonly watch: (changed: () => void) => void;
}

export function createConnectionStore(): ConnectionStore {
  /** What this page wrote last, including the connections that are not stored. */
  let written: HeldConnections = [];
  return {
    read() {
      const found = readStored(name);
      const held = Array.isArray(found) ? found.filter(isHeld) : [];
      const stored = held.filter(isStorable);
      // An earlier version stored them.
      if (stored.length < held.length) writeStored(name, stored);
      const storedAs = (ticket: string) => stored.find((heldConnection) => heldConnection.ticket === ticket);
      const own = written.flatMap(
        (heldConnection) =>
          storedAs(heldConnection.ticket) ?? (isStorable(heldConnection) ? [] : heldConnection),
      );
      return [
        ...own,
        ...stored.filter(({ ticket }) => !own.some((heldConnection) => heldConnection.ticket === ticket)),
      ];
    },
    write(connections) {
      written = connections;
      writeStored(name, connections.filter(isStorable));
    },
    watch(changed) {
      addEventListener("focus", changed);
      document.addEventListener("visibilitychange", changed);
      addEventListener("storage", (event) => {
        if (event.key === null || event.key === storageKey(name)) changed();
      });
    },
  };
}

function isHeld(value: unknown): value is HeldConnection {
  const held = value as Partial<HeldConnection> | null;
  return (
    typeof held?.name === "string" &&
    typeof held.ticket === "string" &&
    typeof held.expiresAt === "string" &&
    typeof held.environment === "string" &&
    typeof held.label === "string"
  );
}
