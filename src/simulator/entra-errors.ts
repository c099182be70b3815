/**
 * Errors of Entra's token endpoint: codes, statuses and bodies.
 *
 * Codes and shapes are Entra's. The descriptions are our own, because clients are told not to parse them.
 * @module
 */
import { randomUUID } from "node:crypto";

interface EntraError {
  readonly status: 400 | 401;
  /** The OAuth error. */
  readonly error: string;
  /** The number after AADSTS. */
  readonly code: number;
  readonly description: string;
}

export const entraErrors = {
  crossOrigin: {
    status: 400,
    error: "invalid_request",
    code: 9002326,
    description: "Only clients of type 'Single-Page Application' may redeem tokens across origins.",
  },
  tenantUnknown: {
    status: 400,
    error: "invalid_request",
    code: 90002,
    description: "The tenant was not found. Check the tenant id and the cloud that is signed in to.",
  },
  tenantMalformed: {
    status: 400,
    error: "invalid_request",
    code: 900023,
    description: "The tenant identifier is neither a valid DNS name nor a valid external domain.",
  },
  parameterMissing: {
    status: 400,
    error: "invalid_request",
    code: 900144,
    description: "The request body lacks a required parameter.",
  },
  scopeMissing: {
    status: 400,
    error: "invalid_request",
    code: 90014,
    description: "The required field 'scope' is missing from the credential.",
  },
  grantTypeUnsupported: {
    status: 400,
    error: "unsupported_grant_type",
    code: 70003,
    description: "The app asked for a grant type that is not supported.",
  },
  clientUnknown: {
    status: 400,
    error: "unauthorized_client",
    code: 700016,
    description: "No application with this identifier was found in the directory.",
  },
  scopeMalformed: {
    status: 400,
    error: "invalid_scope",
    code: 70011,
    description: "The value of the input parameter 'scope' is not valid.",
  },
  scopeWithoutDefault: {
    status: 400,
    error: "invalid_scope",
    code: 1002012,
    description: "In client credential flows a scope is a resource identifier with /.default behind it.",
  },
  resourceUnknown: {
    status: 400,
    error: "invalid_resource",
    code: 500011,
    description: "The resource principal was not found in the tenant.",
  },
  secretMissing: {
    status: 401,
    error: "invalid_client",
    code: 7000216,
    description:
      "The grant type 'client_credentials' needs 'client_assertion', 'client_secret' or 'request'.",
  },
  secretWrong: {
    status: 401,
    error: "invalid_client",
    code: 7000215,
    description: "The client secret is not valid. Send the secret's value, not its id.",
  },
  secretExpired: {
    status: 401,
    error: "invalid_client",
    code: 7000222,
    description: "The client secret keys of the app have expired.",
  },
} as const satisfies Record<string, EntraError>;

export type EntraErrorName = keyof typeof entraErrors;

/** Body of a failed token request. `correlationId` is the caller's own, if it sent one. */
export interface EntraErrorBody {
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
  readonly timestamp: string;
  readonly trace_id: string;
  readonly correlation_id: string;
  readonly error_uri: string;
}

export function entraErrorBody(
  name: EntraErrorName,
  context: { readonly origin: string; readonly now: Date; readonly correlationId: string | undefined },
): EntraErrorBody {
  const { error, code, description } = entraErrors[name];
  const traceId = randomUUID();
  const correlationId = context.correlationId ?? randomUUID();
  const timestamp = `${context.now.toISOString().slice(0, 19).replace("T", " ")}Z`;
  const lines = [
    `AADSTS${String(code)}: ${description}`,
    `Trace ID: ${traceId}`,
    `Correlation ID: ${correlationId}`,
    `Timestamp: ${timestamp}`,
  ];
  return {
    error,
    error_description: lines.join("\r\n"),
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${context.origin}/error?code=${String(code)}`,
  };
}
