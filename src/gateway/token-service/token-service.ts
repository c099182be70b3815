/**
 * Tokens: one per credential, asked for once however many calls wait, renewed beside the calls.
 * @module
 */
import { LRUCache } from "lru-cache";
import { KalError } from "../../kalibrate/errors.ts";
import type { Log } from "../observe/log.ts";
import type { Connection } from "../sessions/connection.ts";
import type { CredentialKey } from "../sessions/credential-key.ts";
import type { AcquireToken } from "./entra-client.ts";

export interface Token {
  /** What goes behind `Bearer `. */
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface TokenOptions {
  /** Ask the identity provider now, whatever is at hand: when somebody connects. */
  readonly fresh?: boolean;
  /** A token that the Data API has just refused: any other that is at hand will do. */
  readonly rejected?: string;
  /** A GUID, for the identity provider's log. */
  readonly requestId?: string;
}

export interface TokenService {
  /**
   * A token that is valid now.
   * @throws KalError by the identity provider's answer.
   */
  token(connection: Connection, options?: TokenOptions): Promise<Token>;
  /** Drops a credential's token. */
  forget(connection: Connection): void;
}

export interface TokenServiceOptions {
  readonly acquire: AcquireToken;
  readonly credentialKey: CredentialKey;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Credentials whose token is kept; a token takes some 2 kB. */
const mostEntries = 1000;

/** Share of its life after which a token is renewed beside the calls. */
const renewalShare = 0.8;

/** A token this close to its end may be dead on arrival. Milliseconds. */
const margin = 10_000;

/** After a renewal that failed the next one waits this long, unless told otherwise. Milliseconds. */
const renewalPause = 30_000;

/** A wish for a longer pause is honoured no further, or one mistaken header would shut people out for a day. Seconds. */
const longestPause = 600;

interface Entry {
  token?: Token;
  /** Milliseconds since the epoch from which the token is due for renewal. */
  renewAt: number;
  /** The one request under way. */
  pending?: Promise<Token> | undefined;
  /** The identity provider wants no request until then (milliseconds since the epoch), and said so by this. */
  pause?: { readonly until: number; readonly error: KalError };
}

export function createTokenService({ acquire, credentialKey, log, now }: TokenServiceOptions): TokenService {
  const entries = new LRUCache<string, Entry>({ max: mostEntries });

  function entryOf(connection: Connection): Entry {
    const key = credentialKey(connection);
    const known = entries.get(key);
    if (known) return known;
    const entry: Entry = { renewAt: 0 };
    entries.set(key, entry);
    return entry;
  }

  /** Joins the request under way or makes one. */
  function ask(entry: Entry, connection: Connection, requestId: string | undefined): Promise<Token> {
    entry.pending ??= request(entry, connection, requestId).finally(() => {
      entry.pending = undefined;
    });
    return entry.pending;
  }

  async function request(
    entry: Entry,
    connection: Connection,
    requestId: string | undefined,
  ): Promise<Token> {
    const { pause } = entry;
    if (pause && pause.until > now()) {
      const { code, message, hint } = pause.error;
      throw new KalError(code, { message, hint, retryAfter: Math.ceil((pause.until - now()) / 1000) });
    }
    try {
      const { text, lifetime } = await acquire(connection, requestId);
      const token = { text, expiresAt: now() + lifetime * 1000 };
      entry.token = token;
      entry.renewAt = now() + lifetime * 1000 * renewalShare;
      return token;
    } catch (error) {
      // Entra throttles the client, hence everybody who shares it: asking on would make it last longer.
      if (error instanceof KalError && error.retryAfter !== undefined) {
        entry.pause = { until: now() + Math.min(error.retryAfter, longestPause) * 1000, error };
      }
      throw error;
    }
  }

  function renewBeside(entry: Entry, connection: Connection, requestId: string | undefined): void {
    if (entry.pending) return;
    ask(entry, connection, requestId).catch((error: unknown) => {
      entry.renewAt = Math.max(now() + renewalPause, entry.pause?.until ?? 0);
      const code = error instanceof KalError ? error.code : undefined;
      log.warn(
        { requestId, code, environment: connection.environment.id },
        "token not renewed yet; the old one is good",
      );
    });
  }

  return {
    async token(connection, { fresh = false, rejected, requestId } = {}) {
      const entry = entryOf(connection);
      const { token } = entry;
      const usable =
        token !== undefined && !fresh && token.text !== rejected && token.expiresAt - margin > now();
      if (!usable) return ask(entry, connection, requestId);
      if (now() >= entry.renewAt) renewBeside(entry, connection, requestId);
      return token;
    },
    forget: (connection) => void entries.delete(credentialKey(connection)),
  };
}
