/**
 * What a session keeps in the store, sealed under its ticket's key.
 *
 * Two versions of the service read each other's sessions during a rolling upgrade: a new field is optional and keeps
 * the version; what an older service would misread gets a new one, and is written only by the release after the one
 * that reads it.
 * @module
 */
import Type, { type Static } from "typebox";
import { Compile } from "typebox/compile";
import { KalError } from "../../kalibrate/errors.ts";

/** Versions of what is sealed: credentials that somebody typed, and an analyst who signed in. */
const typedVersion = 1;
const analystVersion = 2;

const TypedContent = Type.Object({
  /** Absent in sessions from before there was one. */
  version: Type.Optional(Type.Literal(typedVersion)),
  record: Type.Object({
    name: Type.String(),
    label: Type.String(),
    at: Type.Union([Type.Object({ environment: Type.String() }), Type.Object({ apiBaseUrl: Type.String() })]),
    /** Absent where the environment fixes it. */
    tenant: Type.Optional(Type.String()),
    /** Absent where the environment brings its own, as sample data does. */
    credentials: Type.Optional(
      Type.Object({ clientId: Type.String(), clientSecret: Type.String(), scope: Type.String() }),
    ),
  }),
  lifetime: Type.Union([Type.Literal("workingDay"), Type.Literal("remembered")]),
  /** Milliseconds since the epoch. */
  expiresAt: Type.Number(),
});

/** Holds no secret: which connections it opens is looked up at each use. */
const AnalystContent = Type.Object({
  version: Type.Literal(analystVersion),
  analyst: Type.Object({
    tenant: Type.String(),
    objectId: Type.String(),
    name: Type.Optional(Type.String()),
    roles: Type.Array(Type.String()),
  }),
  /** Milliseconds since the epoch. */
  expiresAt: Type.Number(),
});

export type TypedContent = Static<typeof TypedContent>;
export type AnalystContent = Static<typeof AnalystContent>;
export type SessionContent = TypedContent | AnalystContent;

const schema = Compile(Type.Union([TypedContent, AnalystContent]));

export function formatContent(content: TypedContent | Omit<AnalystContent, "version">): string {
  return JSON.stringify({ ...content, version: "analyst" in content ? analystVersion : typedVersion });
}

/**
 * @returns undefined for what no service wrote.
 * @throws KalError KAL_GATEWAY_INTERNAL, which may be tried again, for a session of a newer version: the next request
 * may reach a service that knows it, so the ticket must not be given up.
 */
export function parseContent(text: string): SessionContent | undefined {
  const content: unknown = JSON.parse(text);
  if (schema.Check(content)) return content;
  const { version } = Object(content) as { version?: unknown };
  if (typeof version !== "number" || version <= analystVersion) return undefined;
  throw new KalError("KAL_GATEWAY_INTERNAL", {
    message: "A newer version of the KAL service started this session.",
    hint: "Try again in a minute; if this persists, disconnect and connect again.",
  });
}
