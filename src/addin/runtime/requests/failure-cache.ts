/**
 * Caches failures for some seconds, so that a recalculating sheet does not repeat calls that have just failed.
 * @module
 */
import { type ErrorCode, KalError } from "../../../kalibrate/errors.ts";

/** Which later calls fail as well: equal requests, those with the same ticket, or all. */
type Reach = "request" | "ticket" | "everything";

const fault = { reach: "request", seconds: 15 } as const;
const refusal = { reach: "request", seconds: 60 } as const;

/** Other codes are not cached: they need an action, such as connecting, and then must work at once. */
const cachedByCode: Partial<Record<ErrorCode, { readonly reach: Reach; readonly seconds: number }>> = {
  KAL_OFFLINE: { reach: "everything", seconds: 5 },
  KAL_THROTTLED: { reach: "ticket", seconds: 15 },
  KAL_PROXY_REFUSED: fault,
  KAL_UPSTREAM_DOWN: fault,
  KAL_UPSTREAM_INVALID: fault,
  KAL_TIMEOUT: fault,
  KAL_GATEWAY_INTERNAL: fault,
  KAL_FORBIDDEN: refusal,
  KAL_REQUEST_INVALID: refusal,
  KAL_QUERY_INVALID: refusal,
  KAL_COLLECTION_UNKNOWN: refusal,
  KAL_FIELD_UNKNOWN: refusal,
  KAL_FIELD_TYPE: refusal,
  KAL_TOO_LARGE: refusal,
};

/** Maximum number of cached failures; a sheet has few different ones. */
const maxFailures = 1000;

interface CachedFailure {
  readonly error: KalError;
  /** Milliseconds on the steady clock. */
  readonly since: number;
  /** Milliseconds. */
  readonly length: number;
}

export interface FailureCache {
  /** @throws KalError the cached failure of this request, if any */
  readonly check: (ticket: string, request: string) => void;
  readonly remember: (ticket: string, request: string, failure: unknown) => void;
  /** Clears the cache, so that every call is tried again. */
  readonly clear: () => void;
}

/** @param now the steady clock */
export function createFailureCache(now: () => number): FailureCache {
  const failures = new Map<string, CachedFailure>();

  const place = (reach: Reach, ticket: string, request: string) =>
    ({ request: `request ${request}`, ticket: `ticket ${ticket}`, everything: "everything" })[reach];

  function standing(key: string): KalError | undefined {
    const cached = failures.get(key);
    if (!cached) return undefined;
    const left = cached.since + cached.length - now();
    if (left > 0) return withTimeLeft(cached.error, left);
    failures.delete(key);
    return undefined;
  }

  return {
    check(ticket, request) {
      if (failures.size === 0) return;
      for (const reach of ["everything", "ticket", "request"] as const) {
        const error = standing(place(reach, ticket, request));
        if (error) throw error;
      }
    },
    remember(ticket, request, failure) {
      const rule = failure instanceof KalError ? cachedByCode[failure.code] : undefined;
      if (!rule || !(failure instanceof KalError)) return;
      const length = 1000 * (failure.retryAfter ?? rule.seconds);
      if (failures.size >= maxFailures) failures.delete(String(failures.keys().next().value));
      failures.set(place(rule.reach, ticket, request), { error: failure, since: now(), length });
    },
    clear: () => failures.clear(),
  };
}

/** Reduces the waiting time in the error by the time that has passed. */
function withTimeLeft(error: KalError, left: number): KalError {
  if (error.retryAfter === undefined) return error;
  const { code, message, hint, requestId } = error;
  return new KalError(code, { message, hint, requestId, retryAfter: Math.ceil(left / 1000), cause: error });
}
