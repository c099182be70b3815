/**
 * An identity provider that signs any claims, and publishes its keys as the test says.
 * @module
 */
import http from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, importJWK, SignJWT } from "jose";

/** Invented. */
export const tenant = "3d1f0c52-7a4b-4d8e-9c60-1b2a3c4d5e6f";
export const addinClientId = "1f2e3d4c-0000-4000-8000-00000000000a";
export const serviceClientId = "1f2e3d4c-0000-4000-8000-00000000000b";
export const objectId = "aa11bb22-cc33-4d44-8e55-ff6677889900";

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

/** `undefined` removes a claim. */
type Claims = Readonly<Record<string, unknown>>;

export interface TokenIssuer {
  /** Origin of the provider. */
  readonly authority: string;
  /** Number of requests for the keys. */
  readonly asked: number;
  /** The answer to a request for the keys: the keys, a status, or nothing at all. */
  answer: "keys" | "nothing" | number;
  /** Replaces the signing key by a new one. @returns the new key's id. */
  rotate(): Promise<string>;
  /**
   * Signs a token of an analyst with the role Pricing.Read.
   * @param now milliseconds since the epoch.
   */
  sign(change?: Claims, now?: number, header?: { alg?: string; kid?: string }): Promise<string>;
  /** Signs with a key that is not in the set, under the id of the one that is. */
  forge(change?: Claims): Promise<string>;
  close(): Promise<void>;
}

/** Seconds. */
export const tokenLife = 3600;

export async function startTokenIssuer(): Promise<TokenIssuer> {
  let kid = "";
  let keys: Keys;
  let asked = 0;
  const rotate = async () => {
    keys = await generateKeyPair("RS256", { extractable: true });
    kid = `key-${Math.random().toString(36).slice(2)}`;
    return kid;
  };
  await rotate();
  let answer: TokenIssuer["answer"] = "keys";
  const server = http.createServer((request, response) => {
    asked += 1;
    if (answer === "nothing") return;
    if (answer !== "keys") return void response.writeHead(answer).end();
    if (request.url !== `/${tenant}/discovery/v2.0/keys`) return void response.writeHead(404).end();
    void exportJWK(keys.publicKey).then((key) =>
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ keys: [{ ...key, kid, use: "sig" }] })),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const authority = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function sign(
    change: Claims,
    now: number,
    header: { alg?: string; kid?: string },
    key: CryptoKey | Uint8Array = keys.privateKey,
  ) {
    const seconds = Math.floor(now / 1000);
    const claims = {
      iss: `${authority}/${tenant}/v2.0`,
      aud: serviceClientId,
      iat: seconds,
      nbf: seconds,
      exp: seconds + tokenLife,
      tid: tenant,
      oid: objectId,
      azp: addinClientId,
      scp: "access_as_user",
      ver: "2.0",
      name: "Ada Example",
      preferred_username: "ada@example.com",
      roles: ["Pricing.Read"],
      ...change,
    };
    const alg = header.alg ?? "RS256";
    // The provider's key, used with another algorithm than the one in its key set.
    const signer =
      alg === "RS256" || alg === "HS256" ? key : await importJWK(await exportJWK(keys.privateKey), alg);
    return new SignJWT(claims).setProtectedHeader({ typ: "JWT", kid, ...header, alg }).sign(signer);
  }

  return {
    authority,
    get asked() {
      return asked;
    },
    get answer() {
      return answer;
    },
    set answer(value) {
      answer = value;
    },
    rotate,
    sign: (change = {}, now = Date.now(), header = {}) =>
      sign(
        change,
        now,
        header,
        header.alg === "HS256" ? new TextEncoder().encode("x".repeat(32)) : undefined,
      ),
    forge: async (change = {}) => sign(change, Date.now(), {}, (await generateKeyPair("RS256")).privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
