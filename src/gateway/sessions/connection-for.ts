/**
 * Which connection a request means.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import type { Connection } from "./connection.ts";
import type { Session } from "./sessions.ts";

/**
 * The connection of a session.
 * @param name the one that the request asks for, if it does.
 * @throws KalError KAL_CONNECTION_UNKNOWN for a name that is not the session's: nothing is put in its place, so a
 * production workbook can never fill with test prices unseen.
 */
export function connectionFor({ connection }: Session, name: string | undefined): Connection {
  if (name === undefined || name.toLowerCase() === connection.name.toLowerCase()) return connection;
  throw new KalError("KAL_CONNECTION_UNKNOWN", {
    message: `The connection “${shorten(name)}” is not known here.`,
  });
}
