/**
 * Calls to the gateway: JSON out, JSON or a KalError back.
 * @module
 */
import { isErrorCode, KalError } from "../../../kalibrate/errors.ts";
import { type ErrorAnswer, requestHeader } from "../../../kalibrate/gateway-api.ts";

export interface GatewayCall {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Behind `/api/v1`: `/query`. */
  readonly path: string;
  readonly body?: unknown;
  readonly ticket?: string;
  readonly signal?: AbortSignal;
}

/** The gateway gives up on the Data API before this; every promise given to Excel must settle. */
const longestWait = 180_000;

/**
 * Makes a call. The pages come from the gateway itself, so its address is the page's own origin.
 * @returns the parsed body; undefined for 204.
 * @throws KalError with the gateway's code, or KAL_OFFLINE, KAL_TIMEOUT; the signal's reason when aborted.
 */
export async function callGateway(call: GatewayCall): Promise<unknown> {
  const headers: Record<string, string> = { [requestHeader.name]: requestHeader.value };
  if (call.ticket !== undefined) headers["Authorization"] = `Bearer ${call.ticket}`;
  if (call.body !== undefined) headers["Content-Type"] = "application/json";
  const timeout = AbortSignal.timeout(longestWait);
  try {
    const response = await fetch(`/api/v1${call.path}`, {
      method: call.method,
      headers,
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
    });
    if (response.status === 204) return undefined;
    const body: unknown = await response.json();
    if (response.ok) return body;
    throw errorFrom(body, response.status);
  } catch (error) {
    if (error instanceof KalError) throw error;
    if (call.signal?.aborted) throw call.signal.reason;
    if (timeout.aborted) throw new KalError("KAL_TIMEOUT", { cause: error });
    // A body that is no JSON is not from our service: a proxy or a sign-in page stands in between.
    if (error instanceof SyntaxError) {
      throw new KalError("KAL_OFFLINE", {
        message: "Something else answered in place of the KAL service.",
        cause: error,
      });
    }
    throw new KalError("KAL_OFFLINE", { cause: error });
  }
}

function errorFrom(body: unknown, status: number): KalError {
  const error = (body as Partial<ErrorAnswer> | null)?.error;
  if (!error || !isErrorCode(error.code)) {
    return new KalError("KAL_GATEWAY_INTERNAL", {
      message: `The KAL service answered with status ${status}.`,
    });
  }
  return new KalError(error.code, {
    message: error.message,
    hint: error.hint,
    retryAfter: error.retryAfter,
    requestId: error.requestId,
  });
}
