/**
 * Where tickets live: in the origin's storage, so that every workbook on this computer shares them. A ticket is no
 * secret of Kalibrate's; it opens nothing without the gateway and is revoked there.
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

/** What is stored, without what is no connection. */
export function readConnections(): HeldConnections {
  const stored = readStored(name);
  return Array.isArray(stored) ? stored.filter(isHeld) : [];
}

/** Where storage is refused, connections last as long as this workbook is open. */
export function writeConnections(connections: HeldConnections): void {
  writeStored(name, connections);
}

/** Calls back when another workbook's runtime has connected or disconnected. */
export function watchConnections(changed: () => void): void {
  addEventListener("storage", (event) => {
    if (event.key === null || event.key === storageKey(name)) changed();
  });
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
