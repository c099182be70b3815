/**
 * The log: one JSON object per line, made of known fields only.
 *
 * The allowed fields are listed here and all others are dropped, so that a secret can only be logged if somebody adds
 * its field. Error texts are dropped as well, because a parser's message quotes its input.
 * @module
 */
import { type DestinationStream, type Logger, pino } from "pino";

export type Log = Logger;

/** The fields of a log line and their content. */
const fields = {
  requestId: "id of the request, as in the answer's x-request-id",
  method: "HTTP method",
  route: "pattern of the route, never the address itself",
  status: "HTTP status of our answer",
  ms: "milliseconds",
  bytes: "size of the answer",
  connection: "name of the connection",
  secret: "which of a connection's secrets (secret, nextSecret), never its value",
  environment: "id of the environment",
  collection: "the collection asked for",
  code: "code of the error catalogue, or a system error's code",
  error: "an error that is not of the catalogue: its kind and where it was thrown",
  host: "host of an upstream",
  upstreamStatus: "HTTP status of an upstream's answer",
  retryAfter: "seconds",
  state: "state of a circuit breaker",
  entraError: "the identity provider's error word",
  entraCodes: "the identity provider's error numbers",
  traceId: "the identity provider's trace id, for its support",
  correlationId: "the identity provider's correlation id",
  rows: "number of rows",
  file: "path of a file of ours",
  url: "our own address",
  version: "version of the service",
} as const;

/** Creates the log. */
export function createLog(level: string, destination: DestinationStream = process.stdout): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }), log: keepKnown },
      serializers: { err: describeError },
      hooks: {
        logMethod(args, method) {
          // pino uses an error's own text as the message if none is given.
          const [first, message] = args as unknown as [unknown, unknown];
          if (typeof first === "object" && typeof message !== "string")
            return method.apply(this, [first, "error"]);
          return method.apply(this, args);
        },
      },
    },
    destination,
  );
}

function keepKnown(line: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(line)) {
    if (key === "err" || key === "error") kept["error"] = describeError(value);
    else if (Object.hasOwn(fields, key)) kept[key] = value;
  }
  return kept;
}

interface ErrorDescription {
  readonly name: string;
  readonly code?: string;
  /** Where it was thrown, without the text. */
  readonly at: readonly string[];
  readonly cause?: ErrorDescription;
}

function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const code = (error as { code?: unknown }).code;
  return {
    name: error.name,
    ...(typeof code === "string" ? { code } : {}),
    at: (error.stack ?? "")
      .split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}
