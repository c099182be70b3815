/**
 * Table from the identity provider's refusals to our error codes.
 *
 * Microsoft asks apps not to depend on the AADSTS numbers, so a number only refines the text. Without a known number
 * the standard's error word decides, and without that the HTTP status. We never pass on Entra's descriptions, because
 * they name tenants, applications and times.
 * @module
 */
import { type ErrorCode, type ErrorDetail, KalError } from "../../kalibrate/errors.ts";
import { parseRetryAfter } from "../retry-after.ts";
import { errorFromInterception, errorFromProxy, ProxyError } from "../proxy-error.ts";
import type { EntraAnswer } from "./entra-network.ts";

/** AADSTS numbers (Microsoft's list of authentication error codes). */
const byNumber: Readonly<Record<number, ErrorCode>> = {
  7000215: "KAL_SECRET_INVALID",
  7000216: "KAL_SECRET_INVALID",
  7000218: "KAL_SECRET_INVALID",
  700027: "KAL_SECRET_INVALID",
  7000222: "KAL_SECRET_EXPIRED",
  7000112: "KAL_CLIENT_UNKNOWN",
  70001: "KAL_CLIENT_UNKNOWN",
  700011: "KAL_CLIENT_UNKNOWN",
  700016: "KAL_CLIENT_UNKNOWN",
  700025: "KAL_CLIENT_UNKNOWN",
  90002: "KAL_TENANT_UNKNOWN",
  900021: "KAL_TENANT_UNKNOWN",
  900023: "KAL_TENANT_UNKNOWN",
  900382: "KAL_TENANT_UNKNOWN",
  900432: "KAL_TENANT_UNKNOWN",
  28002: "KAL_SCOPE_INVALID",
  50001: "KAL_SCOPE_INVALID",
  70011: "KAL_SCOPE_INVALID",
  500011: "KAL_SCOPE_INVALID",
  650057: "KAL_SCOPE_INVALID",
  700022: "KAL_SCOPE_INVALID",
  700023: "KAL_SCOPE_INVALID",
  1002012: "KAL_SCOPE_INVALID",
  53003: "KAL_FORBIDDEN",
  501051: "KAL_FORBIDDEN",
  90055: "KAL_THROTTLED",
  90006: "KAL_UPSTREAM_DOWN",
  90012: "KAL_UPSTREAM_DOWN",
  90024: "KAL_UPSTREAM_DOWN",
  90033: "KAL_UPSTREAM_DOWN",
};

/** The `error` values of OAuth 2.0 (RFC 6749, 5.2) and of Entra. */
const byWord: ReadonlyMap<string, ErrorCode> = new Map(
  Object.entries<ErrorCode>({
    invalid_client: "KAL_SECRET_INVALID",
    unauthorized_client: "KAL_CLIENT_UNKNOWN",
    invalid_scope: "KAL_SCOPE_INVALID",
    invalid_resource: "KAL_SCOPE_INVALID",
    invalid_grant: "KAL_FORBIDDEN",
    access_denied: "KAL_FORBIDDEN",
    interaction_required: "KAL_FORBIDDEN",
    server_error: "KAL_UPSTREAM_DOWN",
    temporarily_unavailable: "KAL_UPSTREAM_DOWN",
  }),
);

/** What we may log about a refusal: enough for Microsoft's support, without the description. */
export interface EntraRefusal {
  readonly upstreamStatus: number;
  readonly entraError?: string;
  readonly entraCodes?: readonly number[];
  readonly traceId?: string;
  readonly correlationId?: string;
}

export function describeRefusal({ status, body }: EntraAnswer): EntraRefusal {
  const word = token(body?.["error"]);
  const traceId = token(body?.["trace_id"]);
  const correlationId = token(body?.["correlation_id"]);
  const codes = numbers(body);
  return {
    upstreamStatus: status,
    ...(word === undefined ? {} : { entraError: word }),
    ...(codes.length === 0 ? {} : { entraCodes: codes }),
    ...(traceId === undefined ? {} : { traceId }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

/**
 * The catalogue's error for an answer without a token.
 * @param host the identity provider's host, for the error texts.
 * @param now milliseconds since the epoch.
 */
export function errorFromAnswer(answer: EntraAnswer, host: string, now: number): KalError {
  const provider = `The identity provider (${host})`;
  const intercepted = errorFromInterception(answer.status, answer.isPage === true, provider, host);
  if (intercepted) return intercepted;
  const code = codeOf(answer);
  const detail: ErrorDetail = { retryAfter: parseRetryAfter(answer.headers["retry-after"], now) };
  if (code === "KAL_THROTTLED") detail.message = `${provider} received too many requests.`;
  if (code === "KAL_UPSTREAM_DOWN") detail.message = `${provider} failed.`;
  if (code === "KAL_UPSTREAM_INVALID") detail.message = `${provider} sent an answer that KAL cannot use.`;
  if (code === "KAL_FORBIDDEN")
    detail.message = `${provider} gives these credentials no access to this scope.`;
  if (answer.body?.["error"] === "invalid_request" && code === "KAL_REQUEST_INVALID") {
    detail.message = `${provider} refuses the request.`;
    detail.hint = "Check tenant, client id and scope against what Kalibrate gave you.";
  }
  return new KalError(code, detail);
}

/** The error for a token request that got no answer. */
export function errorFromFailure(failure: unknown, host: string, timeout: number): KalError {
  const provider = `The identity provider (${host})`;
  if ((failure as { name?: unknown } | undefined)?.name === "TimeoutError") {
    const message = `${provider} did not answer within ${timeout / 1000} s.`;
    return new KalError("KAL_TIMEOUT", { message, cause: failure });
  }
  if (failure instanceof ProxyError) return errorFromProxy(failure, provider, failure);
  return new KalError("KAL_UPSTREAM_DOWN", {
    message: `${provider} cannot be reached.`,
    hint: "Check that the KAL service can reach it, and try again in a few minutes.",
    cause: failure,
  });
}

function codeOf({ status, body }: EntraAnswer): ErrorCode {
  if (status === 429) return "KAL_THROTTLED";
  if (status >= 500) return "KAL_UPSTREAM_DOWN";
  // Not an error answer, but no token either: a redirect, a sign-in page, a JSON answer without a token.
  if (body === undefined || status < 400) return "KAL_UPSTREAM_INVALID";
  const word = token(body["error"]);
  const known = numbers(body).map((number) => byNumber[number]);
  return (
    known.find((code) => code !== undefined) ??
    (word === undefined ? "KAL_UPSTREAM_INVALID" : (byWord.get(word) ?? "KAL_REQUEST_INVALID"))
  );
}

function numbers(body: EntraAnswer["body"]): number[] {
  const codes = body?.["error_codes"];
  return Array.isArray(codes)
    ? (codes.filter((code) => Number.isSafeInteger(code)).slice(0, 10) as number[])
    : [];
}

/** A single word or id; refuses anything long enough to contain a sentence or a secret. */
function token(value: unknown): string | undefined {
  return typeof value === "string" && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : undefined;
}
