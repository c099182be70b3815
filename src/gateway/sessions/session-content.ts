/**
 * The content of a session in the store, sealed under its ticket's key.
 *
 * During a rolling upgrade two versions of the service read each other's sessions. So a new field is optional and
 * keeps the version number. A change that an older service would misread gets a new version number, and only the
 * release after the one that can read it may write it.
 * @module
 */
import Type, { type Static } from "typebox";
import { Compile } from "typebox/compile";
import { KalError } from "../../kalibrate/errors.ts";

/** Version numbers: of sessions with typed credentials, and of analysts who signed in. */
const typedVersion = 1;
const analystVersion = 2;

const TypedContent = Type.Object({
  /** Absent in sessions that were written before the version number existed. */
  version: Type.Optional(Type.Literal(typedVersion)),
  record: Type.Object({
    name: Type.String(),
    label: Type.String(),
    at: Type.Union([Type.Object({ environment: Type.String() }), Type.Object({ apiBaseUrl: Type.String() })]),
    /** Absent if the environment fixes it. */
    tenant: Type.Optional(Type.String()),
    /** Absent if the environment has its own, as sample data does. */
    credentials: Type.Optional(
      Type.Object({ clientId: Type.String(), clientSecret: Type.String(), scope: Type.String() }),
    ),
  }),
  lifetime: Type.Union([Type.Literal("workingDay"), Type.Literal("remembered")]),
  /** Milliseconds since the epoch. */
  expiresAt: Type.Number(),
});

/** Contains no secret: the allowed connections are looked up at each use. */
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
 * @returns undefined for content that no service wrote.
 * @throws KalError KAL_GATEWAY_INTERNAL, which may be retried, for a session of a newer version: the next request may
 * reach a service that can read it, so the add-in must keep its ticket.
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
