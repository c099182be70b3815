/**
 * Asks Entra for one token, by client credentials, through msal-node.
 *
 * msal-node speaks the protocol here and nothing else: its cache knows no secret, lets parallel calls all through
 * and fails while a valid token is at hand, and its throttle blocks for 60 s after one 503. So each request has
 * a client of its own (a third of a millisecond), and keeping tokens is the token service's work.
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
  /** Seconds from the answer on. */
  readonly lifetime: number;
}

/**
 * Asks for a token; nothing is kept.
 * @param requestId a GUID; Entra logs it as its correlation id.
 */
export type AcquireToken = (connection: Connection, requestId?: string) => Promise<IssuedToken>;

export interface EntraClientOptions {
  readonly dispatcher: Dispatcher;
  /** Milliseconds for one token request, all told. */
  readonly timeout: number;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Entra's longest is 28 hours (continuous access evaluation). Seconds. */
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
      if (!network.answer) {
        log.warn(
          { requestId, host, error: network.failure ?? error },
          "no answer from the identity provider",
        );
        throw errorFromFailure(network.failure ?? error, host, timeout);
      }
    }
    const answer = network.answer!;
    log.warn({ requestId, host, ...describeRefusal(answer) }, "no token from the identity provider");
    throw errorFromAnswer(answer, host, now());
  };
}

/** Seconds, which come as a number or as text; what cannot be read is no life at all, and none lasts for ever. */
function readLifetime(seconds: unknown): number {
  return Math.min(Math.max(Number(seconds) || 0, 0), maxLifetimeSeconds);
}

/**
 * msal-node demands an https authority and would ask it where its token endpoint is. With the metadata given it
 * asks nobody and goes where we say: to a loopback address over plain http too, and to no region of Entra's.
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
