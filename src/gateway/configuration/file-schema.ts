/**
 * The schema of the JSON file that `KAL_CONFIG` names. `docs/configuration.md` is generated from its descriptions.
 * @module
 */
import Type, { type Static } from "typebox";
import { defaultAuthority } from "../../kalibrate/environments.ts";

const closed = { additionalProperties: false };
const text = (description: string) => Type.String({ minLength: 1, maxLength: 2048, description });

const environment = Type.Object(
  {
    id: text("Short name, used in formulas before the colon: letters, digits, - _ . and at most 40 of them."),
    label: text("Name for people."),
    apiBaseUrl: text("Base URL of the Data API: https."),
    authority: Type.Optional(
      text(`Origin of the identity provider: https. ${defaultAuthority} if left out.`),
    ),
    tenant: Type.Optional(text("Entra tenant: GUID or domain name. If left out, people enter their own.")),
    clientId: Type.Optional(text("Client id if a person connects with credentials and leaves it out.")),
    scope: Type.Optional(text("Scope if a person connects with credentials and leaves it out.")),
  },
  closed,
);

const secret = (description: string) =>
  Type.Object(
    {
      env: Type.Optional(text("Environment variable that holds it.")),
      file: Type.Optional(text("File that holds it. It is read before each token request.")),
    },
    { ...closed, description },
  );

const connection = Type.Object(
  {
    id: text(
      "Name in formulas before the colon: letters, digits, - _ . and at most 40 of them. It may be its environment’s id.",
    ),
    label: text("Name for people."),
    description: Type.Optional(text("What it may read, in a sentence that analysts see.")),
    environment: text("Id of its environment."),
    tenant: Type.Optional(text("Entra tenant, if the environment has none or a different one applies.")),
    clientId: text("Client id, as Kalibrate gave it."),
    scope: text("Scope, as Kalibrate gave it."),
    secret: secret(
      "Where the client secret is, never the secret itself. It may also be a certificate with its RSA private key (PEM).",
    ),
    nextSecret: Type.Optional(
      secret(
        "Where the next secret is. It is tried if the identity provider refuses the first. May be empty.",
      ),
    ),
    roles: Type.Array(text("App role, as in the token’s roles."), {
      minItems: 1,
      description: "App roles that may use the connection; one of them is enough.",
    }),
  },
  closed,
);

const signIn = Type.Object(
  {
    tenant: text("Entra tenant of the analysts: its GUID."),
    clientId: text("Client id of the add-in’s app registration (single-page application)."),
    audience: text("Client id of the service’s app registration, whose scope is access_as_user."),
    authority: Type.Optional(
      text(`Origin of the identity provider: https. ${defaultAuthority} if left out.`),
    ),
    contact: text("Whom to ask for access; shown in the pane and in errors."),
  },
  {
    ...closed,
    description: "Lets analysts sign in with their own accounts and use the organisation’s connections.",
  },
);

const audit = Type.Object(
  {
    file: Type.Optional(
      text("File that the events are appended to. If left out, they go to standard output."),
    ),
    names: Type.Optional(
      Type.Boolean({
        default: false,
        description: "Whether events hold the name of the account beside its ids.",
      }),
    ),
    maxMegabytes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        default: 100,
        description: "Size at which a new file begins.",
      }),
    ),
    maxFiles: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, default: 100, description: "Older files that are kept." }),
    ),
  },
  { ...closed, description: "Where each use of the organisation’s connections is recorded." },
);

export const configurationFile = Type.Object(
  {
    environments: Type.Optional(
      Type.Array(environment, {
        description: "Adds to the built-in environments; the same id replaces one.",
      }),
    ),
    allowedApiHosts: Type.Optional(
      Type.Array(text("Host name, or *.example.com for everything below it."), {
        description: "Allowed hosts of typed base URLs.",
        default: ["*.thekalibratecloud.com"],
      }),
    ),
    typedCredentials: Type.Optional(
      Type.Boolean({
        description: "Whether people may connect with credentials that they type.",
        default: true,
      }),
    ),
    personalData: Type.Optional(
      Type.Union([Type.Literal("hide"), Type.Literal("show")], {
        description:
          "Whether fields with personal data (names of users, e-mail addresses, telephone numbers) can be requested by name. Other tables never show them.",
        default: "hide",
      }),
    ),
    frameAncestors: Type.Optional(
      Type.Array(text("Origin, or https://*.example.com."), {
        description: "Sites that may show the add-in in a frame, besides Microsoft 365.",
        default: [],
      }),
    ),
    connections: Type.Optional(
      Type.Array(connection, {
        description:
          "Connections held by the organisation. Analysts use them according to their roles and never see a secret.",
      }),
    ),
    signIn: Type.Optional(signIn),
    audit: Type.Optional(audit),
  },
  closed,
);

export type ConfigurationFile = Static<typeof configurationFile>;
export type EnvironmentEntry = Static<typeof environment>;
export type ConnectionEntry = Static<typeof connection>;
export type SignInEntry = Static<typeof signIn>;
export type SecretPlace = ConnectionEntry["secret"];
