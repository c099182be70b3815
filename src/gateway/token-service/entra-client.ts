/**
 * Requests one token from Entra with client credentials, through msal-node.
 *
 * We use msal-node for the protocol only. Its cache ignores the secret, does not combine parallel calls, and fails
 * while a valid token is at hand; its throttle blocks for 60 s after one 503. So each request gets a new client (a
 * third of a millisecond), and the token service caches the tokens.
 * @module
 */
import { ConfidentialClientApplication } from "@azure/msal-node";
import type { Dispatcher } from "undici";
import { KalError } from "../../kalibrate/errors.ts";
import type { Log } from "../observe/log.ts";
import type { Connection } from "../sessions/connection.ts";
import { readClientCredential } from "./client-credential.ts";
import { describeRefusal, errorFromAnswer, errorFromFailure } from "./entra-errors.ts";
import { createEntraNetwork } from "./entra-network.ts";
import { isTenant } from "../../kalibrate/tenant.ts";

export interface IssuedToken {
  readonly text: string;
  /** Seconds from the answer. */
  readonly lifetime: number;
}

/**
 * Requests a token and caches nothing.
 * @param requestId a GUID; Entra logs it as its correlation id.
 */
export type AcquireToken = (connection: Connection, requestId?: string) => Promise<IssuedToken>;

export interface EntraClientOptions {
  readonly dispatcher: Dispatcher;
  /** Milliseconds for one token request, including its retry. */
  readonly timeout: number;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Entra's maximum is 28 hours (continuous access evaluation). Seconds. */
const maxLifetimeSeconds = 100_800;

export function createEntraClient({ dispatcher, timeout, log, now }: EntraClientOptions): AcquireToken {
  return async (connection, requestId) => {
    const { environment, tenant } = connection;
    if (!isTenant(tenant)) throw new KalError("KAL_TENANT_UNKNOWN");
    const tokenEndpoint = new URL(`${environment.authority}/${tenant}/oauth2/v2.0/token`);
    const host = tokenEndpoint.host;
    const onRepeat = (error: unknown) =>
      log.info({ requestId, host, error }, "asking the identity provider once more");
    const network = createEntraNetwork({ dispatcher, tokenEndpoint, timeout, onRepeat });
    const client = createClient(connection, tokenEndpoint, network);
    let failure: unknown;
    try {
      const result = await client.acquireTokenByClientCredential({
        scopes: [connection.credentials.scope],
        skipCache: true,
        ...(requestId === undefined ? {} : { correlationId: requestId }),
      });
      if (result?.accessToken) {
        return { text: result.accessToken, lifetime: readLifetime(network.answer?.body?.["expires_in"]) };
      }
    } catch (error) {
      failure = error;
    }
    const { answer } = network;
    if (!answer) {
      failure = network.failure ?? failure;
      log.warn({ requestId, host, error: failure }, "no answer from the identity provider");
      throw errorFromFailure(failure, host, timeout);
    }
    log.warn({ requestId, host, ...describeRefusal(answer) }, "no token from the identity provider");
    throw errorFromAnswer(answer, host, now());
  };
}

/**
 * Seconds, which come as a number or as text. An unreadable lifetime counts as zero, and a lifetime has an upper
 * limit.
 */
function readLifetime(seconds: unknown): number {
  return Math.min(Math.max(Number(seconds) || 0, 0), maxLifetimeSeconds);
}

/**
 * msal-node requires an https authority and would look up its token endpoint. With the metadata given it looks up
 * nothing and uses our endpoint, which may be a loopback address over plain http. It also does not choose one of
 * Entra's regions.
 */
function createClient(
  { tenant, credentials }: Connection,
  tokenEndpoint: URL,
  networkClient: ReturnType<typeof createEntraNetwork>,
): ConfidentialClientApplication {
  const nominal = `https://${tokenEndpoint.hostname}/${tenant}`;
  return new ConfidentialClientApplication({
    auth: {
      clientId: credentials.clientId,
      ...readClientCredential(credentials.clientSecret),
      authority: nominal,
      knownAuthorities: [tokenEndpoint.hostname],
      authorityMetadata: JSON.stringify({
        issuer: `${nominal}/v2.0`,
        authorization_endpoint: `${nominal}/oauth2/v2.0/authorize`,
        token_endpoint: tokenEndpoint.href,
      }),
    },
    system: { networkClient },
  });
}
