/**
 * Resolves a request's connection name.
 * @module
 */
import { isSameConnection } from "../../kalibrate/connection-name.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import type { Connection } from "./connection.ts";
import { connectionsOf, type Session } from "./sessions.ts";

/**
 * The connection of a session.
 * @param name from the request; may be omitted if the session has only one connection.
 * @throws KalError KAL_CONNECTION_UNKNOWN for a name that the session does not have. We never use another connection
 * instead, so that a workbook for production cannot silently fill with test prices. KAL_FORBIDDEN for an
 * organisation's connection that the analyst's roles do not allow. KAL_REQUEST_INVALID if a name is required.
 */
export function connectionFor(session: Session, name: string | undefined): Connection {
  const connections = connectionsOf(session);
  const [first] = connections;
  if (name === undefined && first && connections.length === 1) return first;
  const found = connections.find((connection) => isSameConnection(connection.name, name ?? ""));
  if (found) return found;
  if (
    "analyst" in session &&
    (name === undefined || session.closed.some((other) => isSameConnection(other, name)))
  ) {
    throw first && name === undefined ? connectionNotNamed(connections) : roleMissing(name);
  }
  throw new KalError("KAL_CONNECTION_UNKNOWN", {
    message: `The connection “${shorten(name ?? "")}” is not known here.`,
  });
}

function connectionNotNamed(connections: readonly Connection[]): KalError {
  const names = connections.map(({ name }) => name).join(", ");
  return new KalError("KAL_REQUEST_INVALID", {
    message: `You can use several connections: ${names}.`,
    hint: "Say which one, for example with its name and a colon before the collection.",
  });
}

function roleMissing(name: string | undefined): KalError {
  return new KalError("KAL_FORBIDDEN", {
    message:
      name === undefined
        ? "Your account has no role that opens a connection."
        : `Your account has no role that opens the connection “${shorten(name)}”.`,
    hint: "Ask for access. The Kalibrate pane says whom to ask. Once you have the role, sign in again.",
  });
}
