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

const contentVersion = 1;

const Content = Type.Object({
  /** Absent in sessions from before there was one; those are of version 1. */
  version: Type.Optional(Type.Literal(contentVersion)),
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

export type SessionContent = Static<typeof Content>;

const schema = Compile(Content);

export function formatContent(content: SessionContent): string {
  return JSON.stringify({ ...content, version: contentVersion });
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
  if (typeof version !== "number" || version <= contentVersion) return undefined;
  throw new KalError("KAL_GATEWAY_INTERNAL", {
    message: "A newer version of the KAL service started this session.",
    hint: "Try again in a minute; if this persists, disconnect and connect again.",
  });
}
