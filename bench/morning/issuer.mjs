/**
 * Entra's part in signing in: signs the analysts' tokens and publishes the key.
 * @module
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** Invented. */
const tenant = "3d1f0c52-7a4b-4d8e-9c60-1b2a3c4d5e6f";
const clientId = "1f2e3d4c-0000-4000-8000-00000000000a";
const audience = "1f2e3d4c-0000-4000-8000-00000000000b";

export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const kid = randomUUID();
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid, use: "sig" }] });
  const server = http.createServer((_request, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(keys),
  );
  await once(server.listen({ host: "127.0.0.1", port: 0 }), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const authority = `http://127.0.0.1:${port}`;
  return {
    /** For `signIn` in the service's configuration. */
    settings: { tenant, clientId, audience, authority, contact: "pricing-systems@example.com" },
    /** A token of another analyst, who may use the organisation's connections. */
    sign: () =>
      new SignJWT({
        tid: tenant,
        oid: randomUUID(),
        azp: clientId,
        scp: "access_as_user",
        ver: "2.0",
        roles: ["Pricing.Read"],
      })
        .setProtectedHeader({ alg: "RS256", typ: "JWT", kid })
        .setIssuer(`${authority}/${tenant}/v2.0`)
        .setAudience(audience)
        .setIssuedAt()
        .setNotBefore("0s")
        .setExpirationTime("1h")
        .sign(privateKey),
    stop: () => void server.close(),
  };
}
