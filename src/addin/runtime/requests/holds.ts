/**
 * Failures that stand in for a while, so that a sheet that recalculates does not hammer what has just failed.
 * @module
 */
import { type ErrorCode, KalError } from "../../../kalibrate/errors.ts";

/** Whose further calls a failure answers: the same request's, those with the same ticket, or all. */
type Reach = "request" | "ticket" | "everything";

const fault = { reach: "request", seconds: 15 } as const;
const refusal = { reach: "request", seconds: 60 } as const;

/** What is missing here is never held: it changes by connecting, not by waiting. */
const holdsByCode: Partial<Record<ErrorCode, { readonly reach: Reach; readonly seconds: number }>> = {
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
  KAL_TOO_LARGE: refusal,
};

/** Distinct failures that are remembered; those of one sheet are few. */
const mostHolds = 1000;

interface Hold {
  readonly error: KalError;
  /** Milliseconds by the steady clock. */
  readonly since: number;
  /** Milliseconds. */
  readonly length: number;
}

export interface Holds {
  /** @throws KalError the failure that still stands for this request. */
  readonly check: (ticket: string, request: string) => void;
  readonly remember: (ticket: string, request: string, failure: unknown) => void;
  /** Lets everything be tried again. */
  readonly clear: () => void;
}

/** @param now the steady clock */
export function createHolds(now: () => number): Holds {
  const holds = new Map<string, Hold>();

  const place = (reach: Reach, ticket: string, request: string) =>
    ({ request: `request ${request}`, ticket: `ticket ${ticket}`, everything: "everything" })[reach];

  function standing(key: string): KalError | undefined {
    const hold = holds.get(key);
    if (!hold) return undefined;
    const left = hold.since + hold.length - now();
    if (left > 0) return withTimeLeft(hold.error, left);
    holds.delete(key);
    return undefined;
  }

  return {
    check(ticket, request) {
      if (holds.size === 0) return;
      for (const reach of ["everything", "ticket", "request"] as const) {
        const error = standing(place(reach, ticket, request));
        if (error) throw error;
      }
    },
    remember(ticket, request, failure) {
      const rule = failure instanceof KalError ? holdsByCode[failure.code] : undefined;
      if (!rule || !(failure instanceof KalError)) return;
      const length = 1000 * (failure.retryAfter ?? rule.seconds);
      if (holds.size >= mostHolds) holds.delete(String(holds.keys().next().value));
      holds.set(place(rule.reach, ticket, request), { error: failure, since: now(), length });
    },
    clear: () => holds.clear(),
  };
}

/** The wait that the failure speaks of has become shorter since. */
function withTimeLeft(error: KalError, left: number): KalError {
  if (error.retryAfter === undefined) return error;
  const { code, message, hint, requestId } = error;
  return new KalError(code, { message, hint, requestId, retryAfter: Math.ceil(left / 1000), cause: error });
}
