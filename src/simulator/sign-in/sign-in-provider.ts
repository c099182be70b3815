/**
 * A local identity provider for people: a real OpenID provider with addresses and tokens like those of Entra. It also
 * simulates Excel's own account, which returns tokens without a page (nested app authentication).
 * @module
 */
import { randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { HostToken } from "./host-token.ts";
import { createOpenIdProvider } from "./openid-provider.ts";
import { createPeople, type Person, type PersonName } from "./people.ts";
import { answerHostToken, showPeople } from "./pages.ts";

/** Invented. */
export const tenant = "3d1f0c52-7a4b-4d8e-9c60-1b2a3c4d5e6f";
export const addinClientId = "1f2e3d4c-0000-4000-8000-00000000000a";
export const serviceClientId = "1f2e3d4c-0000-4000-8000-00000000000b";

export interface SignInProvider {
  readonly origin: string;
  /** For `signIn` in the service's configuration file. */
  readonly settings: {
    readonly tenant: string;
    readonly clientId: string;
    readonly audience: string;
    readonly authority: string;
    readonly contact: string;
  };
  readonly people: Readonly<Record<PersonName, Person>>;
  /** Lifetime of tokens issued from now on. Seconds. */
  tokenLife: number;
  /** Whether it does not answer. */
  isDown: boolean;
  /** The requested paths, without their queries. */
  readonly requests: readonly string[];
  /** A token from Excel's own account. */
  readonly hostToken: (person: Person) => Promise<HostToken>;
  close(): Promise<void>;
}

export interface SignInProviderOptions {
  /** Port of localhost; default 0: a free one. */
  readonly port?: number;
}

export async function startSignInProvider({ port = 0 }: SignInProviderOptions = {}): Promise<SignInProvider> {
  const people = createPeople();
  const requests: string[] = [];
  const state = { tokenLife: 3600, isDown: false };
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const kid = randomUUID();
  const jwk = { ...(await exportJWK(privateKey)), kid, use: "sig", alg: "RS256" };
  const findPerson = (objectId: string) =>
    Object.values<Person>(people).find((person) => person.objectId === objectId);

  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", origin);
    requests.push(pathname);
    if (state.isDown) return void request.socket.destroy();
    handle(request, response, pathname).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "localhost", resolve);
  });
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const issuer = `${origin}/${tenant}/v2.0`;
  const openId = createOpenIdProvider({
    issuer,
    jwk,
    tenant,
    clientId: addinClientId,
    audience: serviceClientId,
    findPerson,
    tokenLife: () => state.tokenLife,
  });

  async function handle(request: http.IncomingMessage, response: http.ServerResponse, pathname: string) {
    if (pathname === "/host/token") return answerHostToken(request, response, people, hostToken);
    if (pathname.startsWith("/interaction/")) return showPeople(openId, request, response, people);
    return openId.handle(request, response);
  }

  async function hostToken(person: Person): Promise<HostToken> {
    const seconds = Math.floor(Date.now() / 1000);
    const { objectId, name, username, roles } = person;
    const sign = (claims: Record<string, unknown>, audience: string) =>
      new SignJWT({ tid: tenant, oid: objectId, ver: "2.0", name, preferred_username: username, ...claims })
        .setProtectedHeader({ alg: "RS256", typ: "JWT", kid })
        .setIssuer(issuer)
        .setSubject(objectId)
        .setAudience(audience)
        .setIssuedAt(seconds)
        .setNotBefore(seconds)
        .setExpirationTime(seconds + state.tokenLife)
        .sign(privateKey);
    return {
      // Entra omits `roles` if there are none.
      access_token: await sign(
        { azp: addinClientId, scp: "access_as_user", ...(roles.length > 0 && { roles: [...roles] }) },
        serviceClientId,
      ),
      id_token: await sign({}, addinClientId),
      expires_in: state.tokenLife,
      account: {
        environment: "login.windows.net",
        homeAccountId: `${objectId}.${tenant}`,
        localAccountId: objectId,
        tenantId: tenant,
        username,
        name,
      },
    };
  }

  return {
    origin,
    settings: {
      tenant,
      clientId: addinClientId,
      audience: serviceClientId,
      authority: origin,
      contact: "pricing-systems@example.com",
    },
    people,
    requests,
    hostToken,
    get tokenLife() {
      return state.tokenLife;
    },
    set tokenLife(seconds) {
      state.tokenLife = seconds;
    },
    get isDown() {
      return state.isDown;
    },
    set isDown(isDown) {
      state.isDown = isDown;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
