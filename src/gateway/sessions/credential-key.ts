/**
 * A cache key for one credential. It depends on the secret and does not reveal it.
 *
 * msal-node's own cache ignores the secret: a second caller with a wrong secret gets the first caller's token.
 * @module
 */
import { createHmac } from "node:crypto";
import type { Connection } from "./connection.ts";

export type CredentialKey = (connection: Connection) => string;

/**
 * Creates the function that derives a connection's key.
 * @param cacheKey key of the HMAC.
 */
export function createCredentialKey(cacheKey: Buffer): CredentialKey {
  // A request uses one connection object for all its pages, so this computes the key once per request.
  const known = new WeakMap<Connection, string>();
  return (connection) => {
    const before = known.get(connection);
    if (before !== undefined) return before;
    const { name, environment, tenant, credentials, held } = connection;
    const { clientId, scope } = credentials;
    // An organisation's secret is left out: nobody can type a different one, and replacing it must not empty the
    // caches.
    const proof = held ? { held: name } : credentials.clientSecret;
    // As JSON, so that two different lists never give the same text.
    const parts = JSON.stringify([environment.authority, tenant, clientId, scope, proof]);
    const key = createHmac("sha256", cacheKey).update(parts).digest("base64url");
    known.set(connection, key);
    return key;
  };
}
