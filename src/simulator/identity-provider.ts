/**
 * The identity provider: `POST /{tenant}/oauth2/v2.0/token` for client credentials, answering as Entra does.
 * @module
 */
import { randomBytes, randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { generateKeyPair, jwtVerify, type JWTPayload, SignJWT } from "jose";
import { type Client, findClient } from "./clients.ts";
import { audience, tenant } from "./customer.ts";
import type { FaultBoard } from "./faults.ts";
import { pathOf } from "./request-log.ts";
import { entraErrorBody, type EntraErrorName, entraErrors } from "./entra-errors.ts";

/** A token's lifetime in seconds; Entra says 3599, not 3600. */
const tokenLifetime = 3599;

/** Entra dates tokens five minutes back, to allow for slow clocks. Seconds. */
const clockSkew = 300;

export const issuer = `https://sts.windows.net/${tenant}/`;

export interface IdentityProvider {
  /** Adds the token endpoint. */
  register(app: FastifyInstance): void;
  /**
   * The claims of a valid token of ours for this API.
   * @throws JOSEError if the token is not valid.
   */
  verify(token: string): Promise<JWTPayload>;
}

/** Fields of a token request, form-encoded. */
type TokenRequest = Partial<Record<"grant_type" | "client_id" | "client_secret" | "scope", string>>;

/** An identity provider with its own keys, using the given clock. */
export async function createIdentityProvider(now: () => Date, faults: FaultBoard): Promise<IdentityProvider> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const keyId = randomBytes(20).toString("base64url");

  /** The claims are those of Entra's version 1.0 tokens for applications. */
  const issueToken = ({ credentials, objectId, roles }: Client): Promise<string> => {
    const seconds = Math.floor(now().getTime() / 1000);
    return new SignJWT({
      appid: credentials.clientId,
      appidacr: "1",
      idp: issuer,
      oid: objectId,
      roles: [...roles],
      tid: tenant,
      uti: randomBytes(16).toString("base64url"),
      ver: "1.0",
    })
      .setProtectedHeader({ typ: "JWT", alg: "RS256", kid: keyId, x5t: keyId })
      .setAudience(audience)
      .setIssuer(issuer)
      .setSubject(objectId)
      .setIssuedAt(seconds - clockSkew)
      .setNotBefore(seconds - clockSkew)
      .setExpirationTime(seconds + tokenLifetime)
      .sign(privateKey);
  };

  return {
    register(app) {
      app.post<{ Params: { tenant: string } }>("/:tenant/oauth2/v2.0/token", async (request, reply) => {
        reply.header("cache-control", "no-store, no-cache").header("x-ms-request-id", randomUUID());
        const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
        const body: TokenRequest = Object.fromEntries(form);
        const client = clientFor(request, body);
        if (typeof client === "string") return sendError(client, request, reply, now());
        const said = faults.take("token-lifetime", "token", pathOf(request.url))?.seconds ?? tokenLifetime;
        return {
          token_type: "Bearer",
          expires_in: said,
          ext_expires_in: said,
          access_token: await issueToken(client),
        };
      });
    },
    async verify(token) {
      const options = { algorithms: ["RS256"], audience, issuer, currentDate: now() };
      const { payload } = await jwtVerify(token, publicKey, options);
      return payload;
    },
  };
}

/** The authenticated client, or the first error that Entra would report. */
function clientFor(
  { headers, params }: FastifyRequest<{ Params: { tenant: string } }>,
  body: TokenRequest,
): Client | EntraErrorName {
  if (headers.origin !== undefined) return "crossOrigin";
  if (!/^[\w.-]+$/.test(params.tenant)) return "tenantMalformed";
  if (params.tenant.toLowerCase() !== tenant) return "tenantUnknown";
  if (!body.grant_type) return "parameterMissing";
  if (body.grant_type !== "client_credentials") return "grantTypeUnsupported";
  if (!body.client_id) return "parameterMissing";
  if (!body.scope) return "scopeMissing";
  const client = findClient(body.client_id);
  if (!client) return "clientUnknown";
  if (!/^[^\s"\\]+$/.test(body.scope)) return "scopeMalformed";
  if (!body.scope.endsWith("/.default")) return "scopeWithoutDefault";
  if (!body.client_secret) return "secretMissing";
  if (body.client_secret !== client.credentials.clientSecret) return "secretWrong";
  if (client.secretExpired) return "secretExpired";
  if (body.scope !== client.credentials.scope) return "resourceUnknown";
  return client;
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function sendError(name: EntraErrorName, request: FastifyRequest, reply: FastifyReply, now: Date) {
  const requestId = request.headers["client-request-id"];
  const correlationId = typeof requestId === "string" && guid.test(requestId) ? requestId : undefined;
  const origin = `${request.protocol}://${request.host}`;
  reply.code(entraErrors[name].status);
  return entraErrorBody(name, { origin, now, correlationId });
}
