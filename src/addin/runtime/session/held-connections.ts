/**
 * The connections that this computer holds, shared by all its workbooks.
 * @module
 */
import { isSameConnection } from "../../../kalibrate/connection-name.ts";
import type { Emitter } from "../emitter.ts";
import type { ConnectionStore, HeldConnection, HeldConnections } from "./connection-store.ts";

/**
 * A person disconnects; a connection ends by itself or in another workbook. A workbook is switched to a connection that
 * was there before.
 */
export type SessionChange = "connected" | "disconnected" | "ended" | "switched";

export interface ConnectionList {
  /** The latest last. Read from storage once: storage is never touched while cells calculate. */
  readonly all: () => HeldConnections;
  /** Names are compared without letter case, as Excel compares everything. */
  readonly find: (name: string) => HeldConnection | undefined;
  readonly change: (what: SessionChange, make: (stored: HeldConnections) => HeldConnections) => void;
  /** Takes over what other workbooks have stored meanwhile. */
  readonly reread: () => void;
}

export function createConnectionList(
  store: ConnectionStore,
  changes: Pick<Emitter<SessionChange>, "emit">,
): ConnectionList {
  let held: HeldConnections | undefined;
  const all = (): HeldConnections => (held ??= store.read());
  return {
    all,
    find: (name) => all().find((connection) => isSameConnection(connection.name, name)),
    change(what, make) {
      // Another workbook may have connected since storage was read, so what is stored now is changed.
      const stored = store.read();
      held = make(stored.length > 0 ? stored : all());
      store.write(held);
      changes.emit(what);
    },
    reread() {
      const before = all();
      const stored = store.read();
      if (JSON.stringify(stored) === JSON.stringify(before)) return;
      held = stored;
      changes.emit(stored.length < before.length ? "ended" : "connected");
    },
  };
}
