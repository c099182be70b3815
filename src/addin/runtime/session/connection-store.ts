/**
 * Where tickets live: in the origin's storage, so that every workbook on this computer shares them. A ticket is no
 * secret of Kalibrate's; it opens nothing without the gateway and is revoked there.
 *
 * Over plain http another program that takes the port of a stopped service gets the same origin, and with it the
 * storage. There a ticket of typed credentials is kept in the page's memory only; over https that program would need
 * the certificate.
 * @module
 */
import type { ConnectionSummary } from "../../../kalibrate/gateway-api.ts";
import { readStored, storageKey, writeStored } from "./origin-storage.ts";

/** A connection as this computer holds it. */
export interface HeldConnection extends ConnectionSummary {
  readonly ticket: string;
  /** ISO date-time (UTC) of its certain end. */
  readonly expiresAt: string;
  /** The client that it is connected as; two of them never share a name unseen. */
  readonly clientId?: string;
}

/** All that are held, the one connected last at the end. */
export type HeldConnections = readonly HeldConnection[];

const name = "connections";

/** Whether connections with typed credentials last longer than the page. */
export function outlivesPage(): boolean {
  return globalThis.location?.protocol !== "http:";
}

/** The sample's credentials are no secret. */
function isStorable({ environment }: HeldConnection): boolean {
  return outlivesPage() || environment === "sample";
}

export interface ConnectionStore {
  /** The connections that are stored and those of this page alone. */
  readonly read: () => HeldConnections;
  /** Where storage is refused, connections last as long as this workbook is open. */
  readonly write: (connections: HeldConnections) => void;
  /**
   * Calls back when another workbook's runtime may have connected or disconnected: also when this page gets the focus
   * again, as old controls raise no `storage` event (office-js 1399, 3159, 6427, 2177).
   */
  readonly watch: (changed: () => void) => void;
}

export function createConnectionStore(): ConnectionStore {
  /** What this page wrote last, with the connections that are not stored. */
  let written: HeldConnections = [];
  return {
    read() {
      const found = readStored(name);
      const held = Array.isArray(found) ? found.filter(isHeld) : [];
      const stored = held.filter(isStorable);
      // Stored by an earlier version.
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
