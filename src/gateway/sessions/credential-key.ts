/**
 * A name for one credential in caches: the secret is part of it and cannot be read from it.
 *
 * msal-node's own cache knows no secret: whoever comes second with a wrong one is served the first one's token.
 * @module
 */
import { createHmac } from "node:crypto";
import type { Connection } from "./connection.ts";

export type CredentialKey = (connection: Connection) => string;

/**
 * Makes the function that names a connection's credential.
 * @param cacheKey key of the HMAC.
 */
export function createCredentialKey(cacheKey: Buffer): CredentialKey {
  // A connection object is one for a whole request, however many pages it asks for.
  const known = new WeakMap<Connection, string>();
  return (connection) => {
    const before = known.get(connection);
    if (before !== undefined) return before;
    const { name, environment, tenant, credentials, held } = connection;
    const { clientId, scope } = credentials;
    // The organisation's own secret stays out: nobody can type another one, and a new one must not empty the caches.
    const proof = held ? { held: name } : credentials.clientSecret;
    // As JSON, so that no two lists of parts make the same text.
    const parts = JSON.stringify([environment.authority, tenant, clientId, scope, proof]);
    const key = createHmac("sha256", cacheKey).update(parts).digest("base64url");
    known.set(connection, key);
    return key;
  };
}
