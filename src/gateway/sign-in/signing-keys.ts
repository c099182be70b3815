/**
 * The identity provider's signing keys. They are fetched for the first token and again when they may have changed. If
 * the provider is down, the service still starts and still checks tokens whose key it has.
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
  /** HTTP dispatcher, with the organisation's proxy if there is one. */
  readonly dispatcher: Dispatcher;
  /** Milliseconds for one fetch of the keys. */
  readonly timeout: number;
  readonly log: Log;
  readonly now: SteadyClock;
  /** Minimum time between two fetches for an unknown key. Milliseconds. */
  readonly cooldown?: number;
}

/** Keys older than this are fetched again, so that a withdrawn key is no longer accepted. Milliseconds. */
const maxAge = 600_000;

/** If the provider cannot be reached, we accept cached keys for this long. Milliseconds. */
const maxStaleAge = 86_400_000;

/** Pause after a failed fetch. Milliseconds. */
const failurePause = 5000;

/** Entra's key set is about 20 kB. */
const maxBytes = 1_048_576;

/**
 * @returns a key function for jose's `jwtVerify`. It throws jose's error if no key fits, and KalError
 * KAL_UPSTREAM_DOWN if the keys cannot be fetched.
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
        hint: "Try again in a minute; if this persists, contact the people who run the service.",
        cause: error,
      });
    }
  };

  /** @returns undefined if no key fits: the provider may have a new one that we cannot fetch. */
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

/** Whether an error of jose is about the token or its key. All other errors are not the token's fault. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

async function fetchKeys(url: string, dispatcher: Dispatcher, signal: AbortSignal): Promise<Response> {
  const headers = { accept: "application/json", "user-agent": userAgent };
  // undici follows no redirects unless told to.
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
