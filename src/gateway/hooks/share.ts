/**
 * Whose share of the service a request uses: its connection's, and within it the person's.
 * @module
 */
import type { FastifyRequest } from "fastify";
import { connectionHeader } from "../../kalibrate/gateway-api.ts";
import type { Connection } from "../sessions/connection.ts";
import type { CredentialKey } from "../sessions/credential-key.ts";
import { connectionsOf, personOf, type Session } from "../sessions/sessions.ts";

export interface Share {
  /** Key of the connection's credential. */
  readonly owner: string;
  readonly person: string;
}

/**
 * The connection that a request names, before its body is read. Requests queue before that, so if a session has
 * several connections a header must name one.
 * @returns undefined if the header is missing or wrong.
 */
export function namedConnection(
  session: Session,
  headers: FastifyRequest["headers"],
): Connection | undefined {
  const connections = connectionsOf(session);
  if (connections.length === 1) return connections[0];
  const name = String(headers[connectionHeader.toLowerCase()] ?? "").toLowerCase();
  return connections.find((connection) => connection.name.toLowerCase() === name);
}

/** Requests without a known connection share one owner. */
export function shareOf(
  session: Session,
  headers: FastifyRequest["headers"],
  credentialKey: CredentialKey,
): Share {
  const connection = namedConnection(session, headers);
  return { owner: connection ? credentialKey(connection) : "unknown", person: personOf(session) };
}
