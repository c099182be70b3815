/**
 * The identity provider's signing keys, fetched when the first token is checked and again when they may have changed.
 * A provider that is down stops neither the start nor the check of a token whose key is known.
 * @module
 */
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { type Dispatcher, request } from "undici";
import { KalError } from "../../kalibrate/errors.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import type { SignInSettings } from "../configuration/connections.ts";
import { decodeBody } from "../decode-body.ts";
import type { Log } from "../observe/log.ts";
import { userAgent } from "../version.ts";

export interface SigningKeysOptions {
  readonly settings: Pick<SignInSettings, "authority" | "tenant">;
  /** The way out, through the organisation's proxy where there is one. */
  readonly dispatcher: Dispatcher;
  /** Milliseconds for one fetch of the keys. */
  readonly timeout: number;
  readonly log: Log;
  readonly now: SteadyClock;
  /** Milliseconds between two fetches because of an unknown key. */
  readonly cooldown?: number;
}

/** Keys older than this are fetched again. A key that was withdrawn counts no longer. Milliseconds. */
const maxAge = 600_000;

/** While the provider cannot be reached, keys count for this long. Milliseconds. */
const maxStaleAge = 86_400_000;

/** After a fetch that failed the next one waits this long. Milliseconds. */
const failurePause = 5000;

/** Entra's set takes some 20 kB. */
const maxBytes = 1_048_576;

/**
 * @returns a function for jose's `jwtVerify`. It throws jose's error where no key fits, and KalError
 * KAL_UPSTREAM_DOWN where the keys cannot be fetched.
 */
export function createSigningKeys(options: SigningKeysOptions): JWTVerifyGetKey {
  const { settings, dispatcher, timeout, log, now, cooldown = 30_000 } = options;
  const url = new URL(`${settings.authority}/${settings.tenant}/discovery/v2.0/keys`);
  let fetchedAt = 0;
  let failed: { readonly at: number; readonly error: unknown } | undefined;

  async function fetchSet(address: string, signal: AbortSignal): Promise<Response> {
    if (failed && now() - failed.at < failurePause) throw failed.error;
    try {
      const set = await fetchKeys(address, dispatcher, signal);
      fetchedAt = now();
      failed = undefined;
      return set;
    } catch (error) {
      failed = { at: now(), error };
      log.warn({ host: url.host, error }, "the identity provider's signing keys cannot be fetched");
      throw error;
    }
  }

  const remote = createRemoteJWKSet(url, {
    cacheMaxAge: maxAge,
    cooldownDuration: cooldown,
    timeoutDuration: timeout,
    [customFetch]: (address, { signal }) => fetchSet(address, signal),
  });

  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      const key = await findStaleKey(header, token);
      if (key) return key;
      throw new KalError("KAL_UPSTREAM_DOWN", {
        message: `The identity provider (${url.host}) cannot be reached, so sign-ins cannot be checked.`,
        hint: "Try again in a minute; if this persists, contact whoever runs the service.",
        cause: error,
      });
    }
  };

  /** @returns undefined where no key fits: the provider may have a new one that we cannot fetch. */
  async function findStaleKey(...[header, token]: Parameters<JWTVerifyGetKey>) {
    const known = remote.jwks();
    if (!known || now() - fetchedAt >= maxStaleAge) return undefined;
    try {
      return await createLocalJWKSet(known)(header, token);
    } catch (error) {
      if (isAboutToken(error)) return undefined;
      throw error;
    }
  }
}

/** Of jose's errors these are about the token or its key; the others, and those that are not jose's, are not. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

async function fetchKeys(url: string, dispatcher: Dispatcher, signal: AbortSignal): Promise<Response> {
  const headers = { accept: "application/json", "user-agent": userAgent };
  // Redirects are not followed.
  const answer = await request(url, { dispatcher, headers, signal });
  if (answer.statusCode !== 200) {
    await answer.body.dump();
    throw new Error(`The identity provider answers ${answer.statusCode} in place of its keys.`);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of decodeBody(answer.headers, answer.body, maxBytes)) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error("The set of keys is too large.");
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks));
}
