/**
 * Schemas of the bodies and answers of sign-in.
 * @module
 */
import Type, { type Static } from "typebox";
import type { MeAnswer, SignInAnswer, SignInRequest, SignInSettings } from "../../kalibrate/gateway-api.ts";
import { connectionSummary, type Holds, type Same } from "./schemas.ts";

const closed = { additionalProperties: false };

export const signInSettings = Type.Object(
  {
    typedCredentials: Type.Boolean({
      description: "Whether people may connect with credentials that they type.",
    }),
    provider: Type.Optional(
      Type.Object(
        {
          authority: Type.String({ description: "Origin of the identity provider." }),
          tenant: Type.String({ description: "The Entra tenant." }),
          clientId: Type.String({ description: "The add-in’s client id." }),
          scope: Type.String({ description: "The scope to ask for." }),
        },
        { ...closed, description: "Absent where analysts cannot sign in." },
      ),
    ),
    contact: Type.Optional(Type.String({ description: "Whom to ask for access." })),
  },
  closed,
);

export const signInRequest = Type.Object(
  {
    accessToken: Type.String({
      maxLength: 32_768,
      writeOnly: true,
      description: "The analyst’s access token for this service.",
    }),
  },
  closed,
);

const me = {
  expiresAt: Type.String({ description: "ISO date-time: end of the ticket whatever happens, in UTC." }),
  analyst: Type.Optional(
    Type.Object(
      {
        name: Type.Optional(Type.String()),
        tenant: Type.String({ description: "The Entra tenant." }),
        objectId: Type.String(),
        roles: Type.Array(Type.String({ description: "App role." })),
      },
      { ...closed, description: "Absent for a ticket of typed credentials or sample data." },
    ),
  ),
  connections: Type.Array(connectionSummary, { description: "The connections that the ticket may use." }),
};

export const meAnswer = Type.Object(me, closed);

export const signInAnswer = Type.Object(
  { ticket: Type.String({ description: "To be sent as Authorization: Bearer …" }), ...me },
  closed,
);

/** Checks at compile time that schema and contract are the same. */
export type SignInContractHolds = [
  Holds<Same<Static<typeof signInSettings>, SignInSettings>>,
  Holds<Same<Static<typeof signInRequest>, SignInRequest>>,
  Holds<Same<Static<typeof meAnswer>, MeAnswer>>,
  Holds<Same<Static<typeof signInAnswer>, SignInAnswer>>,
];
