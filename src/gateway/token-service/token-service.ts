/**
 * Tokens: one per credential, asked for once however many calls wait, renewed beside the calls.
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
  /** What goes behind `Bearer `. */
  readonly text: string;
  /** Milliseconds by the steady clock. */
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
   * @throws KalError by the identity provider's answer, which may be a little old unless `fresh`; KAL_FORBIDDEN where
   * the Data API refuses one good token after the other.
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

/** Credentials whose token is kept; a token takes some 2 kB. */
const maxEntries = 1000;

/** Share of its life after which a token is renewed beside the calls. */
const renewalShare = 0.8;

/** A token this close to its end may be dead on arrival. Milliseconds. */
const margin = 10_000;

/** After a renewal that failed the next one waits this long, unless told otherwise. Milliseconds. */
const renewalPause = 30_000;

/**
 * A refusal counts for this long: a sheet whose secret has expired would ask with every cell, and Entra throttles
 * the client for everybody who shares it. Milliseconds.
 */
const refusalPause = 30_000;

/** When the Data API refuses a replaced token as well, yet another one is tried after this long. Milliseconds. */
const replacementPause = 60_000;

/** A wish for a longer pause is honoured no further, or one mistaken header would shut people out for a day. Seconds. */
const maxPauseSeconds = 600;

interface Entry {
  token?: Token;
  /** Milliseconds by the steady clock from which the token is due for renewal. */
  renewAt: number;
  /** The one request under way. */
  pending?: Promise<Token> | undefined;
  /** Why and until when nobody is asked (milliseconds by the steady clock). */
  hold?: Hold | undefined;
  /** Until then the token in use is already the replacement of one that the Data API had refused. */
  replacedUntil: number;
}

interface Hold {
  readonly until: number;
  readonly error: KalError;
  /** Whether it is the identity provider's wish, which holds for those who connect as well. */
  readonly wished: boolean;
}

/** Makes the service; its `size` is the number of credentials that something is kept about. */
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
    // Whoever comes new clears away what is over: nothing else would, and a token is no thing to keep.
    for (const [other, entry] of entries) if (isOver(entry)) entries.delete(other);
    const entry: Entry = { renewAt: 0, replacedUntil: 0 };
    entries.set(key, entry);
    return entry;
  }

  function isOver({ token, pending, hold }: Entry): boolean {
    const end = Math.max(token?.expiresAt ?? 0, hold?.until ?? 0);
    return pending === undefined && end <= now();
  }

  /** Joins the request under way or makes one. */
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
      // Counted from the question on: a computer may sleep between answer and now.
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

  /** Entra throttles the client, hence everybody who shares it: asking on would make it last longer. */
  function holdAfter(error: unknown): Hold | undefined {
    if (!(error instanceof KalError)) return undefined;
    const { retryAfter } = error;
    if (retryAfter !== undefined) {
      return { until: now() + Math.min(retryAfter, maxPauseSeconds) * 1000, error, wished: true };
    }
    return error.retryable ? undefined : { until: now() + refusalPause, error, wished: false };
  }

  /** The error of a hold as it is to be told now. */
  function held({ error: { code, message, hint }, until, wished }: Hold): KalError {
    return new KalError(code, {
      message,
      hint,
      retryAfter: wished ? Math.ceil((until - now()) / 1000) : undefined,
    });
  }

  /** Another token in place of a refused one: worth one try, and the answer to it counts for a while. */
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
