/**
 * The API's bodies and answers as schemas: they validate requests, remove other fields from answers, and generate the
 * OpenAPI description.
 * @module
 */
import Type, { type Static, type TSchema } from "typebox";
import { type ErrorCode, errorCodes } from "../../kalibrate/errors.ts";
import type {
  ConnectAnswer,
  ConnectionSummary,
  ConnectRequest,
  EnvironmentSummary,
  ErrorAnswer,
  Status,
} from "../../kalibrate/gateway-api.ts";

const closed = { additionalProperties: false };
const isoTime = (description: string) => Type.String({ description: `ISO date-time: ${description}` });

export const environmentSummary = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    tenant: Type.Optional(Type.String({ description: "The Entra tenant, where the environment fixes one." })),
    clientId: Type.Optional(Type.String({ description: "Counts where a connect request has none." })),
    scope: Type.Optional(Type.String({ description: "Counts where a connect request has none." })),
    needsCredentials: Type.Boolean({ description: "False for sample data." }),
  },
  closed,
);

export const connectionName = Type.String({ maxLength: 200, description: "Name of a connection." });

const clientSecret = Type.String({
  maxLength: 16_384,
  writeOnly: true,
  description: "The client secret, or a certificate with its RSA private key (PEM).",
});

export const connectRequest = Type.Object(
  {
    environment: Type.Optional(Type.String({ maxLength: 200, description: "Id of an environment." })),
    apiBaseUrl: Type.Optional(
      Type.String({ maxLength: 2048, description: "Base URL in place of an environment." }),
    ),
    tenant: Type.Optional(Type.String({ maxLength: 300 })),
    clientId: Type.Optional(Type.String({ maxLength: 300 })),
    clientSecret: Type.Optional(clientSecret),
    scope: Type.Optional(Type.String({ maxLength: 1024 })),
    label: Type.Optional(Type.String({ maxLength: 200, description: "The connection’s name in formulas." })),
    remember: Type.Optional(Type.Boolean({ description: "Stay connected for 30 days." })),
  },
  closed,
);

export const replaceSecretRequest = Type.Object({ clientSecret }, closed);

export const connectionSummary = Type.Object(
  {
    name: Type.String(),
    environment: Type.String(),
    label: Type.String(),
    description: Type.Optional(Type.String({ description: "What it may read." })),
    roles: Type.Optional(
      Type.Array(Type.String(), {
        description: "The analyst’s roles that open it, if the organisation holds it.",
      }),
    ),
  },
  closed,
);

export const status = Type.Object(
  {
    connection: Type.String(),
    environment: Type.String(),
    state: Type.Literal("connected"),
    tenant: Type.String({ description: "The Entra tenant." }),
    clientId: Type.String(),
    customerId: Type.String({ description: "The Data API’s tenantId." }),
    audience: Type.String(),
    issuer: Type.String(),
    version: Type.String({ description: "Version of the Data API." }),
    expirationTime: isoTime("end of the token in use, as the Data API wrote it."),
    latency: Type.Number({ description: "Milliseconds." }),
    gatewayVersion: Type.String(),
  },
  closed,
);

export const connectAnswer = Type.Object(
  {
    ticket: Type.String({ description: "To be sent as Authorization: Bearer …" }),
    expiresAt: isoTime("end of the ticket whatever happens, in UTC."),
    connection: connectionSummary,
    status,
  },
  closed,
);

export const errorCode = Type.Unsafe<ErrorCode>({ type: "string", enum: [...errorCodes] });

export const errorAnswer = Type.Object(
  {
    error: Type.Object(
      {
        code: errorCode,
        message: Type.String(),
        hint: Type.String(),
        retryable: Type.Boolean(),
        retryAfter: Type.Optional(Type.Number({ description: "Seconds." })),
        requestId: Type.String(),
      },
      closed,
    ),
  },
  closed,
);

/** The error answers of every API route. */
export const errorAnswers = { "4xx": errorAnswer, "5xx": errorAnswer } as const;

/** The answers of a route: the good one and the errors. */
export function answers<T extends TSchema>(good: T): { 200: T } & typeof errorAnswers {
  return { 200: good, ...errorAnswers };
}

/** True if two types have the same keys and are assignable in both directions. */
export type Same<A, B> = [keyof A, A, B] extends [keyof B, B, A]
  ? [keyof B] extends [keyof A]
    ? true
    : never
  : never;

/** Checks at compile time that schema and contract are the same. */
export type ContractHolds = [
  Holds<Same<Static<typeof environmentSummary>, EnvironmentSummary>>,
  Holds<Same<Static<typeof connectRequest>, ConnectRequest>>,
  Holds<Same<Static<typeof connectionSummary>, ConnectionSummary>>,
  Holds<Same<Static<typeof status>, Status>>,
  Holds<Same<Static<typeof connectAnswer>, ConnectAnswer>>,
  Holds<Same<Static<typeof errorAnswer>["error"], ErrorAnswer["error"]>>,
];
export type Holds<T extends true> = T;
