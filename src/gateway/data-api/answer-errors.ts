/**
 * Maps the Data API's refusals and failures to errors. Its error answers are not documented, so the status decides.
 * @module
 */
import { type ErrorCode, KalError } from "../../kalibrate/errors.ts";
import { errorFromInterception, errorFromProxy, ProxyError } from "../proxy-error.ts";

interface Refusal {
  readonly code: ErrorCode;
  readonly message?: string;
  readonly hint?: string;
}

const byStatus: Readonly<Record<number, Refusal>> = {
  400: { code: "KAL_QUERY_INVALID", message: "The Kalibrate Data API cannot read the query." },
  401: {
    code: "KAL_FORBIDDEN",
    message: "The Kalibrate Data API refuses these credentials, though the identity provider accepts them.",
    hint: "Check that scope and base URL belong together; test and production have different ones.",
  },
  403: { code: "KAL_FORBIDDEN" },
  404: { code: "KAL_COLLECTION_UNKNOWN", message: "The Kalibrate Data API does not have this collection." },
  408: { code: "KAL_TIMEOUT" },
  414: {
    code: "KAL_QUERY_INVALID",
    message: "The query is too long for the Kalibrate Data API.",
    hint: "Use fewer or shorter filters.",
  },
  429: { code: "KAL_THROTTLED" },
};

/**
 * The error for an answer that is neither 200 nor 204.
 * @param reason the API's own sentence, cleaned; added if it helps.
 * @param retryAfter seconds, from the header.
 * @param from the connection of the answer, and whether its body is a web page.
 */
export function errorFromStatus(
  status: number,
  reason: string | undefined,
  retryAfter: number | undefined,
  { host, isPage }: { readonly host: string; readonly isPage: boolean },
): KalError {
  const intercepted = errorFromInterception(status, isPage, `The Kalibrate Data API (${host})`, host);
  if (intercepted) return intercepted;
  const refusal = byStatus[status] ?? {
    code: status >= 500 ? "KAL_UPSTREAM_DOWN" : "KAL_UPSTREAM_INVALID",
    message:
      status >= 500
        ? `The Kalibrate Data API failed (status ${status}).`
        : `The Kalibrate Data API sent an answer that KAL cannot use (status ${status}).`,
  };
  const { code, message, hint } = refusal;
  const said = reason !== undefined && code === "KAL_QUERY_INVALID" ? ` It says: ${reason}` : "";
  return new KalError(code, { message: message && `${message}${said}`, hint, retryAfter });
}

/** The names of time-out errors in undici and in our own deadlines. */
const timeouts = new Set(["TimeoutError", "HeadersTimeoutError", "BodyTimeoutError", "ConnectTimeoutError"]);

/** undici's name for an answer above its size limit. */
const overCap = "ResponseExceededMaxSizeError";

export function tooLarge(cause: unknown): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: "The Kalibrate Data API’s answer is too large.",
    hint: "Add a filter, so that fewer documents are selected.",
    cause,
  });
}

/**
 * The error for a request that failed.
 * @param begun whether the answer had started: then it was cut off, otherwise the API could not be reached.
 */
export function errorFromFailure(failure: unknown, begun: boolean, host: string): KalError {
  const { name } = failure as { name?: string };
  if (name !== undefined && timeouts.has(name)) {
    const message = `The Kalibrate Data API (${host}) did not answer in time.`;
    return new KalError("KAL_TIMEOUT", { message, cause: failure });
  }
  if (name === overCap) return tooLarge(failure);
  if (failure instanceof ProxyError) {
    return errorFromProxy(failure, `The Kalibrate Data API (${host})`, failure);
  }
  if (name === "EncodingError") {
    const message = `The Kalibrate Data API’s answer ${(failure as Error).message}.`;
    return new KalError("KAL_UPSTREAM_INVALID", { message, cause: failure });
  }
  if (begun) {
    const message = "The Kalibrate Data API’s answer broke off.";
    return new KalError("KAL_UPSTREAM_INVALID", { message, cause: failure });
  }
  const message = `The Kalibrate Data API (${host}) cannot be reached.`;
  return new KalError("KAL_UPSTREAM_DOWN", { message, cause: failure });
}

/**
 * Whether the same request may succeed a moment later. A time-out would happen again. An answer that was cut off may
 * come complete the next time, but a complete answer that is not JSON would stay the same.
 */
export function isPassing({ code, cause }: KalError): boolean {
  if (code === "KAL_THROTTLED" || code === "KAL_UPSTREAM_DOWN") return true;
  // Node and undici report a broken connection by a code.
  const broken = cause as { name?: string; code?: string } | undefined;
  return code === "KAL_UPSTREAM_INVALID" && typeof broken?.code === "string" && broken.name !== overCap;
}
