/**
 * One token per credential. Parallel calls share one token request, and a token is renewed in the background before it
 * expires.
 * @module
 */
import { LRUCache } from "lru-cache";
import { KalError } from "../../kalibrate/errors.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import type { Log } from "../observe/log.ts";
import type { Connection } from "../sessions/connection.ts";
import type { CredentialKey } from "../sessions/credential-key.ts";
import type { AcquireToken } from "./entra-client.ts";

export interface Token {
  /** The text after `Bearer `. */
  readonly text: string;
  /** Milliseconds on the steady clock. */
  readonly expiresAt: number;
}

export interface TokenOptions {
  /** Request a new token even if one is cached: when somebody connects. */
  readonly fresh?: boolean;
  /** A token that the Data API has just refused. Any other cached token may be returned. */
  readonly rejected?: string;
  /** A GUID, for the identity provider's log. */
  readonly requestId?: string;
}

export interface TokenService {
  /**
   * Returns a token that is valid now.
   * @throws KalError for the identity provider's refusal, which may be cached for a short time unless `fresh`;
   * KAL_FORBIDDEN if the Data API refuses one valid token after another.
   */
  token(connection: Connection, options?: TokenOptions): Promise<Token>;
  /** Drops a credential's token. */
  forget(connection: Connection): void;
}

export interface TokenServiceOptions {
  readonly acquire: AcquireToken;
  readonly credentialKey: CredentialKey;
  readonly log: Log;
  /** The steady clock. */
  readonly now: SteadyClock;
}

/** Credentials whose token we cache; a token takes about 2 kB. */
const maxEntries = 1000;

/** Share of its lifetime after which a token is renewed in the background. */
const renewalShare = 0.8;

/** Treat a token as expired this long before its end: it could expire on its way. Milliseconds. */
const margin = 10_000;

/** Pause after a failed renewal, unless the answer asks for another one. Milliseconds. */
const renewalPause = 30_000;

/**
 * A refusal is cached for this long. Otherwise every cell of a sheet with an expired secret would send a request, and
 * Entra throttles the client for everybody who shares it. Milliseconds.
 */
const refusalPause = 30_000;

/** If the Data API refuses a replacement as well, request the next one after this long. Milliseconds. */
const replacementPause = 60_000;

/**
 * Upper limit for a pause that the identity provider asks for: one wrong header must not lock people out for a day.
 * Seconds.
 */
const maxPauseSeconds = 600;

interface Entry {
  token?: Token;
  /** The token is due for renewal from this time on. Milliseconds on the steady clock. */
  renewAt: number;
  /** The request in progress. */
  pending?: Promise<Token> | undefined;
  /**
   * If present, no requests are sent until its end (milliseconds on the steady clock), for the reason that it holds.
   */
  hold?: Hold | undefined;
  /** Until then the cached token is already the replacement for one that the Data API refused. */
  replacedUntil: number;
}

interface Hold {
  readonly until: number;
  readonly error: KalError;
  /** Whether the identity provider asked for the pause. Then it also applies to those who connect. */
  readonly wished: boolean;
}

/** Creates the service. Its `size` is the number of credentials that it holds anything about. */
export function createTokenService({
  acquire,
  credentialKey,
  log,
  now,
}: TokenServiceOptions): TokenService & { readonly size: number } {
  const entries = new LRUCache<string, Entry>({ max: maxEntries });

  function entryOf(connection: Connection): Entry {
    const key = credentialKey(connection);
    const known = entries.get(key);
    if (known) return known;
    // Drop expired entries whenever a new one comes: nothing else would, and we should not keep tokens needlessly.
    for (const [other, entry] of entries) if (isOver(entry)) entries.delete(other);
    const entry: Entry = { renewAt: 0, replacedUntil: 0 };
    entries.set(key, entry);
    return entry;
  }

  function isOver({ token, pending, hold }: Entry): boolean {
    const end = Math.max(token?.expiresAt ?? 0, hold?.until ?? 0);
    return pending === undefined && end <= now();
  }

  /** Joins the request in progress or starts one. */
  function ask(entry: Entry, connection: Connection, options: TokenOptions): Promise<Token> {
    entry.pending ??= request(entry, connection, options).finally(() => {
      entry.pending = undefined;
    });
    return entry.pending;
  }

  async function request(entry: Entry, connection: Connection, options: TokenOptions): Promise<Token> {
    const { hold } = entry;
    if (hold && hold.until > now() && (hold.wished || !options.fresh)) throw held(hold);
    const asked = now();
    try {
      const { text, lifetime } = await acquire(connection, options.requestId);
      // Counted from the request: a computer may sleep between the answer and now.
      const token = { text, expiresAt: asked + lifetime * 1000 };
      entry.token = token;
      entry.renewAt = asked + lifetime * 1000 * renewalShare;
      entry.hold = undefined;
      entry.replacedUntil = 0;
      return token;
    } catch (error) {
      entry.hold = holdAfter(error);
      throw error;
    }
  }

  /** Entra throttles the client, and so everybody who shares it. More requests would prolong that. */
  function holdAfter(error: unknown): Hold | undefined {
    if (!(error instanceof KalError)) return undefined;
    const { retryAfter } = error;
    if (retryAfter !== undefined) {
      return { until: now() + Math.min(retryAfter, maxPauseSeconds) * 1000, error, wished: true };
    }
    return error.retryable ? undefined : { until: now() + refusalPause, error, wished: false };
  }

  /** The error of a pause, with the remaining time. */
  function held({ error: { code, message, hint }, until, wished }: Hold): KalError {
    return new KalError(code, {
      message,
      hint,
      retryAfter: wished ? Math.ceil((until - now()) / 1000) : undefined,
    });
  }

  /** Requests another token in place of a refused one. We try this once and cache the result for a while. */
  async function replace(entry: Entry, connection: Connection, options: TokenOptions): Promise<Token> {
    if (entry.pending === undefined && entry.replacedUntil > now()) {
      throw new KalError("KAL_FORBIDDEN", {
        message:
          "The Kalibrate Data API refuses these credentials, though the identity provider accepts them.",
        hint: "Check that scope and base URL belong together; test and production have different ones.",
      });
    }
    const token = await ask(entry, connection, options);
    entry.replacedUntil = now() + replacementPause;
    return token;
  }

  function renewBeside(entry: Entry, connection: Connection, options: TokenOptions): void {
    if (entry.pending) return;
    ask(entry, connection, options).catch((error: unknown) => {
      entry.renewAt = Math.max(now() + renewalPause, entry.hold?.until ?? 0);
      const code = error instanceof KalError ? error.code : undefined;
      log.warn(
        { requestId: options.requestId, code, environment: connection.environment.id },
        "token not renewed yet; the old one is good",
      );
    });
  }

  return {
    async token(connection, options = {}) {
      const entry = entryOf(connection);
      const { token } = entry;
      const { fresh = false, rejected } = options;
      if (token === undefined || fresh || token.expiresAt - margin <= now()) {
        return ask(entry, connection, options);
      }
      if (token.text === rejected) return replace(entry, connection, options);
      if (now() >= entry.renewAt) renewBeside(entry, connection, options);
      return token;
    },
    forget: (connection) => void entries.delete(credentialKey(connection)),
    get size() {
      return entries.size;
    },
  };
}
