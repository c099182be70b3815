/**
 * The OpenID provider itself: oidc-provider with Entra's addresses, scopes and claims.
 * @module
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import Provider, { type Context } from "oidc-provider";
import type { Person } from "./people.ts";

export interface OpenIdProviderOptions {
  readonly issuer: string;
  /** The signing key, with its private part. */
  readonly jwk: object;
  readonly tenant: string;
  /** The client ids of the add-in and the service. */
  readonly clientId: string;
  readonly audience: string;
  readonly findPerson: (objectId: string) => Person | undefined;
  /** Seconds. */
  readonly tokenLife: () => number;
}

export interface OpenIdProvider {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Completes the sign-in of the person chosen on the provider's page. */
  readonly finish: (request: IncomingMessage, response: ServerResponse, objectId: string) => Promise<void>;
}

/** The path of the add-in's redirect page, under any origin: the port is known only later. */
const redirectPath = "/sign-in/redirect.html";

export function createOpenIdProvider(options: OpenIdProviderOptions): OpenIdProvider {
  const { issuer, jwk, tenant, clientId, audience, findPerson, tokenLife } = options;
  const resource = `api://${audience}`;
  const scope = `${resource}/access_as_user`;
  const provider: Provider = new Provider(issuer, {
    jwks: { keys: [jwk] },
    routes: {
      authorization: "/oauth2/v2.0/authorize",
      token: "/oauth2/v2.0/token",
      jwks: "/discovery/v2.0/keys",
      end_session: "/oauth2/v2.0/logout",
    },
    cookies: { keys: [clientId] },
    clients: [
      {
        client_id: clientId,
        application_type: "web",
        token_endpoint_auth_method: "none",
        response_types: ["code"],
        grant_types: ["authorization_code"],
        redirect_uris: [`https://localhost${redirectPath}`],
      },
    ],
    clientBasedCORS: () => true,
    claims: { openid: ["sub"], profile: ["name", "preferred_username", "oid", "tid"] },
    conformIdTokenClaims: false,
    findAccount: (_context: Context, objectId: string) => {
      const person = findPerson(objectId);
      return (
        person && {
          accountId: objectId,
          claims: () => ({
            sub: objectId,
            oid: objectId,
            tid: tenant,
            name: person.name,
            preferred_username: person.username,
          }),
        }
      );
    },
    ttl: {
      AccessToken: tokenLife,
      IdToken: 3600,
      AuthorizationCode: 60,
      Grant: 86_400,
      Session: 86_400,
      Interaction: 3600,
    },
    interactions: { url: (_context: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        // The add-in's library requests a scope without naming a resource.
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope,
          audience,
          accessTokenFormat: "jwt",
          accessTokenTTL: tokenLife(),
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt(_context: Context, token: { accountId: string }, parts: { header: object; payload: object }) {
          const person = findPerson(token.accountId);
          const roles = person?.roles ?? [];
          Object.assign(parts.payload, {
            scope: undefined,
            scp: "access_as_user",
            tid: tenant,
            oid: token.accountId,
            azp: clientId,
            ver: "2.0",
            name: person?.name,
            // Entra omits it if there are none.
            ...(roles.length > 0 && { roles: [...roles] }),
          });
          parts.header = { typ: "JWT" };
        },
      },
    },
    // Nobody is asked for consent: an administrator has given it for everybody.
    loadExistingGrant: async ({ oidc: { client, session } }: Context) => {
      if (!client || !session) return undefined;
      const known = session.grantIdFor(client.clientId);
      const found = known === undefined ? undefined : await provider.Grant.find(known);
      if (found) return found;
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
      grant.addOIDCScope("openid profile offline_access");
      grant.addResourceScope(resource, scope);
      await grant.save();
      return grant;
    },
  });
  provider.Client.prototype.redirectUriAllowed = (uri) =>
    URL.canParse(uri) && new URL(uri).pathname === redirectPath;
  provider.on("server_error", (_context, error) => console.error(error));
  const answer = provider.callback();
  const prefix = `/${tenant}`;

  return {
    async handle(request, response) {
      // Entra lets people choose an account; here they sign in again.
      const url = (request.url ?? "/").replace("prompt=select_account", "prompt=login");
      if (url.startsWith(`${prefix}/`)) {
        Object.assign(request, { originalUrl: url });
        request.url = url.slice(prefix.length);
      }
      await answer(request, response);
    },
    finish: (request, response, objectId) =>
      provider.interactionFinished(
        request,
        response,
        { login: { accountId: objectId } },
        { mergeWithLastSubmission: false },
      ),
  };
}
