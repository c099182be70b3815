/**
 * Validates an analyst's access token: issued by the organisation's identity provider, for this service, for a person
 * who signed in with the add-in. Also reads which connections it opens.
 *
 * We identify analysts by tenant and object id, never by name or address, because those change and are reassigned.
 * @module
 */
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { type ErrorCode, KalError } from "../../kalibrate/errors.ts";
import { isGuid } from "../../kalibrate/guid.ts";
import type { SignInSettings } from "../configuration/connections.ts";

/** Somebody who has signed in. */
export interface Analyst {
  /** The Entra tenant: a GUID in lower case. */
  readonly tenant: string;
  /** The account's object id: a GUID in lower case. */
  readonly objectId: string;
  /** For display; absent if the token has none. */
  readonly name?: string;
  /** App roles. */
  readonly roles: readonly string[];
}

export interface CheckedToken {
  readonly analyst: Analyst;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Why a token is refused: one word for the log, metrics and audit. */
export type RefusalReason =
  | "form"
  | "algorithm"
  | "key"
  | "signature"
  | "issuer"
  | "tenant"
  | "audience"
  | "client"
  | "scope"
  | "app-only"
  | "expired"
  | "not-yet-valid"
  | "claims"
  | "groups"
  | "no-role";

export class TokenRefusal extends KalError {
  readonly reason: RefusalReason;

  /** @param contact the person or team to ask for access. */
  constructor(reason: RefusalReason, contact: string, cause?: unknown) {
    const code: ErrorCode = reason === "expired" ? "KAL_SIGN_IN_REQUIRED" : "KAL_SIGN_IN_REFUSED";
    super(code, { message: messages[reason], hint: hintFor(reason, contact), cause });
    this.reason = reason;
  }
}

const foreign = "The token of your account is not one that this service accepts";

const messages: Readonly<Record<RefusalReason, string>> = {
  form: `${foreign}: it is no signed token.`,
  algorithm: `${foreign}: it is not signed as it should be.`,
  key: `${foreign}: its key is not known.`,
  signature: `${foreign}: its signature is wrong.`,
  issuer: `${foreign}: another identity provider, or another version of it, made it.`,
  tenant: "Your account belongs to another organisation.",
  audience: `${foreign}: it is for another service.`,
  client: `${foreign}: another program asked for it.`,
  scope: `${foreign}: it does not hold access_as_user.`,
  "app-only": `${foreign}: it is a program’s, not a person’s.`,
  expired: "Your sign-in has ended.",
  "not-yet-valid": `${foreign}: it is valid only from later on; a clock may be wrong.`,
  claims: `${foreign}: something is missing in it.`,
  groups:
    "Your account is in so many groups that the token leaves them out, and it has no role for Kalibrate.",
  "no-role": "Your account has no role that opens Kalibrate data.",
};

function hintFor(reason: RefusalReason, contact: string): string {
  if (reason === "expired") return "Open the Kalibrate pane and sign in again.";
  if (reason === "no-role" || reason === "groups") return `Ask for access: ${contact}.`;
  return `Sign out and in again; if this persists, ask ${contact}.`;
}

/** Tolerance for clocks that differ. Seconds. */
export const clockTolerance = 60;

export interface AccessTokenOptions {
  readonly settings: SignInSettings;
  readonly key: JWTVerifyGetKey;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * @returns a function that throws TokenRefusal for an invalid token, and KalError KAL_UPSTREAM_DOWN if it cannot check
 * the token now.
 */
export function createTokenCheck({ settings, key, now }: AccessTokenOptions) {
  const { tenant, clientId, audience, authority, contact } = settings;

  return async (token: string): Promise<CheckedToken> => {
    const refuse = (reason: RefusalReason, cause?: unknown) => new TokenRefusal(reason, contact, cause);
    let claims: JWTPayload;
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ["RS256"],
        issuer: `${authority}/${tenant}/v2.0`,
        audience,
        clockTolerance,
        currentDate: new Date(now()),
        requiredClaims: ["exp", "iat", "oid", "tid"],
      });
      claims = payload;
    } catch (error) {
      const reason = reasonOf(error);
      throw reason ? refuse(reason, error) : error;
    }
    const text = (name: string) => (typeof claims[name] === "string" ? claims[name] : "");
    if (text("tid").toLowerCase() !== tenant) throw refuse("tenant");
    // Only people's tokens have scopes. `idtyp` is present if the service's registration requests it.
    if (text("idtyp") === "app" || claims["scp"] === undefined) throw refuse("app-only");
    if (text("azp").toLowerCase() !== clientId) throw refuse("client");
    if (!text("scp").split(" ").includes("access_as_user")) throw refuse("scope");
    const objectId = text("oid").toLowerCase();
    if (!isGuid(objectId)) throw refuse("claims");
    const roles = readRoles(claims["roles"]);
    if (roles.length === 0) throw refuse(hasTooManyGroups(claims) ? "groups" : "no-role");
    const name = text("name") || text("preferred_username");
    return {
      analyst: { tenant, objectId, roles, ...(name === "" ? {} : { name: name.slice(0, 200) }) },
      expiresAt: (claims.exp ?? 0) * 1000,
    };
  };
}

export type CheckToken = ReturnType<typeof createTokenCheck>;

function readRoles(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((role) => typeof role === "string") : [];
}

/** Beyond 200 groups a token contains a link to the groups instead of the groups. */
function hasTooManyGroups(claims: JWTPayload): boolean {
  const names = claims["_claim_names"];
  return (typeof names === "object" && names !== null && "groups" in names) || claims["hasgroups"] === true;
}

/** @returns undefined if the token did not cause the error. */
function reasonOf(error: unknown): RefusalReason | undefined {
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === "missing") return "claims";
    return byClaim[error.claim] ?? "claims";
  }
  if (error instanceof errors.JOSEError) return byCode[error.code];
  return undefined;
}

const byClaim: Readonly<Record<string, RefusalReason>> = {
  iss: "issuer",
  aud: "audience",
  nbf: "not-yet-valid",
};

const byCode: Readonly<Record<string, RefusalReason>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: "algorithm",
  ERR_JOSE_NOT_SUPPORTED: "algorithm",
  ERR_JWKS_NO_MATCHING_KEY: "key",
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: "key",
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "signature",
  ERR_JWS_INVALID: "form",
  ERR_JWT_INVALID: "form",
};
