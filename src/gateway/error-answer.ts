/**
 * Turns every error into an answer with a known code.
 *
 * Texts of parsers and libraries are never passed on, because they may quote the request.
 * @module
 */
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { errorCatalogue, KalError } from "../kalibrate/errors.ts";
import type { ErrorAnswer } from "../kalibrate/gateway-api.ts";
import { isApiRequest } from "./hooks/access.ts";

/** Messages for Fastify's errors that the caller can correct. */
const refusals: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "The request is too large.",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "The request’s body is not of type application/json.",
  FST_ERR_CTP_EMPTY_JSON_BODY: "The request’s body is empty.",
  FST_ERR_CTP_INVALID_JSON_BODY: "The request’s body is not valid JSON.",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "The request’s body is not as long as it says.",
  FST_ERR_BAD_URL: "The address cannot be read.",
};

/** Fastify's error handler. */
export function answerError(
  error: FastifyError | KalError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const known = asKalError(error);
  // The caller has left, and the error says only that.
  if (hasCallerGone(request)) return void reply.code(499).send();
  if (known.code === "KAL_GATEWAY_INTERNAL") {
    request.log.error({ error, route: request.routeOptions.url }, "unforeseen error");
  }
  request.errorCode = known.code;
  // A hook or Fastify may have set a more specific status: 421, 413, 415, …
  const closer = reply.statusCode >= 400 ? reply.statusCode : statusOf(error);
  const status = closer ?? errorCatalogue[known.code].status ?? 500;
  reply.code(status);
  if (status === 401) reply.header("www-authenticate", "Bearer");
  if (known.retryAfter !== undefined) reply.header("retry-after", String(known.retryAfter));
  void reply.type("application/json").serializer(JSON.stringify).send(toAnswer(known, request.id));
}

/** After the deadline the caller still waits for the reason. */
function hasCallerGone({ callerSignal }: FastifyRequest): boolean {
  return callerSignal?.aborted && !(callerSignal.reason instanceof KalError);
}

/** Fastify's handler for requests without a route. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  reply.code(404);
  if (isApiRequest(request)) {
    answerError(new KalError("KAL_REQUEST_INVALID", { message: "There is no such call." }), request, reply);
  } else {
    void reply.type("text/plain").send("There is no such page.");
  }
}

/** The catalogue's error for whatever was thrown. */
export function asKalError(error: FastifyError | KalError): KalError {
  return error instanceof KalError ? error : translate(error);
}

/** The error for a request that does not match its schema. */
export function problemError([problem]: readonly Problem[]): KalError {
  return new KalError("KAL_REQUEST_INVALID", problem && { message: sayProblem(problem) });
}

export function toAnswer(
  { code, message, hint, retryable, retryAfter }: KalError,
  requestId: string,
): ErrorAnswer {
  const error = { code, message, hint, retryable, requestId };
  return { error: retryAfter === undefined ? error : { ...error, retryAfter } };
}

function translate(error: FastifyError): KalError {
  if (error.validation?.length) return problemError(error.validation);
  const message = refusals[error.code];
  if (message) return new KalError("KAL_REQUEST_INVALID", { message });
  const status = statusOf(error);
  if (status !== undefined && status < 500) return new KalError("KAL_REQUEST_INVALID");
  return new KalError("KAL_GATEWAY_INTERNAL", { cause: error });
}

function statusOf(error: FastifyError | KalError): number | undefined {
  const status = error instanceof KalError ? undefined : error.statusCode;
  return status !== undefined && status >= 400 && status < 600 ? status : undefined;
}

type Problem = NonNullable<FastifyError["validation"]>[number];

/**
 * Names the field and the rule, never the value. An unknown field's name comes from the sender, so it counts as a
 * value.
 */
function sayProblem({ keyword, instancePath, message, params }: Problem): string {
  const field = instancePath.slice(1).replaceAll("/", ".");
  if (keyword === "additionalProperties" || keyword === "boolean")
    return "The request has a field that is not known.";
  if (keyword === "required") return `Missing: ${String(params["requiredProperties"])}.`;
  return `${field || "The request"} ${message ?? "is not valid"}.`;
}
