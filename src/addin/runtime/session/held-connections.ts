/**
 * The connections of this computer, shared by all its workbooks.
 * @module
 */
import { isSameConnection } from "../../../kalibrate/connection-name.ts";
import type { KalError } from "../../../kalibrate/errors.ts";
import type { Emitter } from "../emitter.ts";
import type { ConnectionStore, HeldConnection, HeldConnections } from "./connection-store.ts";

/**
 * “disconnected” by a person; “ended” by itself or in another workbook; “switched”: the workbook now uses another
 * existing connection.
 */
export type SessionChange = "connected" | "disconnected" | "ended" | "switched";

export interface ConnectionList {
  /** The latest is last. Read from storage once: storage is never accessed while cells calculate. */
  readonly all: () => HeldConnections;
  /** Compares names without letter case, as Excel does. */
  readonly find: (name: string) => HeldConnection | undefined;
  readonly change: (what: SessionChange, make: (stored: HeldConnections) => HeldConnections) => void;
  /** Reads the changes that other workbooks have stored. */
  readonly reread: () => void;
  /** Why nobody is signed in, where that is known better than that nothing is connected. */
  refusal?: KalError | undefined;
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
      // Another workbook may have connected since storage was read, so we change what is stored now.
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
