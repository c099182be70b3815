/**
 * Resolves the connection of a workbook and of its formulas.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { shorten } from "../../../kalibrate/shorten.ts";
import type { WorkbookSettings } from "../workbook/workbook-settings.ts";
import type { HeldConnection } from "./connection-store.ts";
import type { ConnectionList } from "./held-connections.ts";

export interface ConnectionChoice {
  /** The workbook's own connection. If it has none, the latest connection; undefined: not connected. */
  readonly current: () => HeldConnection | undefined;
  /**
   * The connection of a formula.
   * @param name the name before the colon; undefined: the workbook's own.
   * @throws KalError KAL_CONNECTION_UNKNOWN or KAL_NOT_CONNECTED. We never use another connection instead: a workbook
   * for production must not silently fill with test prices.
   */
  readonly connectionFor: (name: string | undefined) => HeldConnection;
  /** Clears the resolved names, after any change. */
  readonly forget: () => void;
}

export function createConnectionChoice(
  connections: ConnectionList,
  settings: WorkbookSettings,
): ConnectionChoice {
  /** Resolved names until something changes: thousands of cells ask. */
  const resolved = new Map<string | undefined, HeldConnection>();

  /** The service says why a signed-in analyst may not use a connection that is not among theirs. */
  function findFor(name: string): HeldConnection | undefined {
    const found = connections.find(name);
    if (found) return found;
    const signedIn = connections.all().find(({ analyst }) => analyst);
    return signedIn && { ...signedIn, name };
  }

  function resolve(name: string | undefined): HeldConnection {
    const meant = name ?? settings.connection();
    const connection = meant === undefined ? connections.all().at(-1) : findFor(meant);
    if (connection) {
      if (meant === undefined) settings.rememberConnection(connection.name);
      return connection;
    }
    if (connections.all().length === 0) throw connections.refusal ?? new KalError("KAL_NOT_CONNECTED");
    throw new KalError("KAL_CONNECTION_UNKNOWN", {
      message: name
        ? `The connection “${shorten(name)}” is not connected here.`
        : `This workbook uses the connection “${meant}”, which is not connected here.`,
    });
  }

  return {
    current() {
      const own = settings.connection();
      return own === undefined ? connections.all().at(-1) : connections.find(own);
    },
    connectionFor(name) {
      const known = resolved.get(name) ?? resolve(name);
      resolved.set(name, known);
      return known;
    },
    forget: () => resolved.clear(),
  };
}
