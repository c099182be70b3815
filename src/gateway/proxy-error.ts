/**
 * Errors of a proxy between this service and an upstream. They name the proxy, so that nobody looks for the fault at
 * Kalibrate or Microsoft.
 * @module
 */
import { KalError } from "../kalibrate/errors.ts";

export interface ProxyRefusal {
  /** Host and port of the proxy. */
  readonly proxy: string;
  /** Host and port of the requested target. */
  readonly target: string;
  /** Whether the proxy's address contains a user name. */
  readonly isNamed: boolean;
  /** Undefined if the proxy could not be reached. */
  readonly status?: number;
  /** Its `Proxy-Authenticate`. */
  readonly challenge?: string | string[] | undefined;
  readonly cause?: unknown;
}

/** A tunnel through the proxy could not be opened. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
  readonly refusal: ProxyRefusal;
  /** Node's error code of the failed connection. */
  readonly code: string | undefined;

  constructor(refusal: ProxyRefusal) {
    super(`no tunnel through the proxy (${refusal.status ?? "not reached"})`, { cause: refusal.cause });
    this.refusal = refusal;
    this.code = (refusal.cause as { code?: string } | undefined)?.code;
  }
}

/**
 * The error for a tunnel that a proxy did not open.
 * @param whom such as `The identity provider (login.example.com)`.
 * @param cause becomes the error's cause.
 */
export function errorFromProxy({ refusal }: ProxyError, whom: string, cause: unknown): KalError {
  const { proxy, target, status, isNamed } = refusal;
  if (status === 407) {
    return new KalError("KAL_PROXY_REFUSED", {
      message: isNamed
        ? `The proxy ${proxy} does not accept the user name and password in its address.`
        : `The proxy ${proxy} requires a sign-in${schemes(refusal.challenge)}.`,
      hint: "Ask your network administrator to let this service through without one, or set HTTPS_PROXY with user name and password if the proxy accepts Basic.",
      cause,
    });
  }
  if (status !== undefined && status < 500) {
    return new KalError("KAL_PROXY_REFUSED", {
      message: `The proxy ${proxy} does not let this service reach ${target} (status ${status}).`,
      hint: `Ask your network administrator to allow ${target}.`,
      cause,
    });
  }
  const reason = status === undefined ? "" : `, which answered with status ${status}`;
  return new KalError("KAL_UPSTREAM_DOWN", {
    message: `${whom} cannot be reached through the proxy ${proxy}${reason}.`,
    hint: "Check the proxy's address (HTTPS_PROXY), and that it may reach the internet; try again in a few minutes.",
    cause,
  });
}

/** The authentication schemes that a proxy offers: ` (Negotiate, NTLM)`. */
function schemes(challenge: string | string[] | undefined): string {
  const offered = [challenge ?? []].flat().map((text) => /^\s*([A-Za-z0-9-]{1,20})/.exec(text)?.[1]);
  const names = [...new Set(offered.filter((name) => name !== undefined))];
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

/**
 * The error for an answer that a proxy or filter sent instead of the upstream, because it inspects the connection.
 * @param isPage whether the body is a web page, which our upstreams never send with 403.
 * @returns undefined if the upstream itself answered, as far as we can see.
 */
export function errorFromInterception(
  status: number,
  isPage: boolean,
  whom: string,
  host: string,
): KalError | undefined {
  if (status === 407 || status === 511) {
    return new KalError("KAL_PROXY_REFUSED", {
      message: `A proxy on the way to ${lowerFirst(whom)} requires a sign-in (status ${status}).`,
      hint: "Ask your network administrator to let this service through without one.",
    });
  }
  if (status !== 403 || !isPage) return undefined;
  return new KalError("KAL_PROXY_REFUSED", {
    message: `A proxy or firewall blocked the way to ${lowerFirst(whom)}: it answered with a web page (status 403).`,
    hint: `Ask your network administrator to allow ${host}.`,
  });
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
