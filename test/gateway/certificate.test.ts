/** A certificate instead of a secret: what the identity provider receives, and that the private key is never sent. */
import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { decodeProtectedHeader, importX509, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Certificates, makeCertificates } from "./support/certificates.ts";
import { errorOf } from "./support/gateway.ts";
import { connectBody, planted, plantedTenant } from "./support/own-environment.ts";
import { sendJson, sendToken } from "./support/upstream.ts";
import { startVendor, type Vendor } from "./support/vendor.ts";

let vendor: Vendor;
let own: Certificates;

beforeAll(async () => {
  vendor = await startVendor();
  own = await makeCertificates(["client.example"]);
});

afterAll(() => vendor.close());

/**
 * The identity provider's check: a client is accepted if it signs with the certificate's key in the way Entra requires.
 * Returns the reason for refusing, or undefined.
 */
async function check(body: string): Promise<string | undefined> {
  const form = new URLSearchParams(body);
  if (form.get("client_assertion_type") !== "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
    return "type";
  if (form.has("client_secret")) return "a secret as well";
  const assertion = form.get("client_assertion") ?? "";
  const thumbprint = createHash("sha256").update(new X509Certificate(own.cert).raw).digest("base64url");
  if (decodeProtectedHeader(assertion)["x5t#S256"] !== thumbprint) return "thumbprint";
  const { alg = "" } = decodeProtectedHeader(assertion);
  const audience = `${vendor.origin}/${plantedTenant}/oauth2/v2.0/token`;
  const { clientId } = planted;
  // msal-node rounds its clock up to the next second; Entra allows five minutes.
  const expected = { audience, issuer: clientId, subject: clientId, clockTolerance: 5 };
  return jwtVerify(assertion, await importX509(own.cert, alg), expected).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

describe("a certificate with its private key", () => {
  const forms = {
    "as the files stand one after the other": () => own.cert + own.key,
    "the key first": () => own.key + own.cert,
    "with the certificate that signed it": () => own.ca + own.cert + own.key,
    "on one line, as a field leaves it": () => (own.cert + own.key).replace(/\r?\n/g, " "),
    "with the key in its older form": () =>
      own.cert + createPrivateKey(own.key).export({ type: "pkcs1", format: "pem" }).toString(),
  };

  it.each(Object.entries(forms))("connects: %s", (_, pem) =>
    vendor.run(async (gateway) => {
      const wrong: (string | undefined)[] = [];
      vendor.answerToken = ({ body }, response) =>
        void check(body).then((problem) => {
          wrong.push(problem);
          if (problem === undefined) sendToken(response, "by certificate");
          else sendJson(response, 401, { error: "invalid_client", error_codes: [700027] });
        });
      await gateway.connect({ ...connectBody, clientSecret: pem() });
      expect(wrong).toEqual([undefined]);
      expect(vendor.dataRequests().at(-1)?.headers.authorization).toBe("Bearer by certificate");
      const base64 = own.key.replace(/-----[A-Z ]+-----|\s/g, "").slice(100, 160);
      expect(gateway.log()).not.toContain(base64);
      for (const { body, path } of vendor.tokenRequests()) expect(path + body).not.toContain(base64);
    }),
  );

  const elliptic = () =>
    generateKeyPairSync("ec", { namedCurve: "P-256" })
      .privateKey.export({ type: "pkcs8", format: "pem" })
      .toString();
  const other = () =>
    generateKeyPairSync("rsa", { modulusLength: 2048 })
      .privateKey.export({ type: "pkcs8", format: "pem" })
      .toString();
  const locked = () =>
    createPrivateKey(own.key)
      .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "planted" })
      .toString();

  it.each<[string, () => string, RegExp]>([
    ["without a key", () => own.cert, /no private key/],
    ["with another certificate's key", () => own.cert + other(), /no certificate that belongs/],
    ["with a key alone", () => own.key, /no certificate that belongs/],
    ["with a locked key", () => own.cert + locked(), /locked with a password/],
    ["with a key of another kind", () => own.cert + elliptic(), /no RSA key/],
    ["with half a key", () => own.cert + own.key.replace(/\n[\s\S]{200}/, "\n"), /no RSA key/],
    ["with half a certificate", () => own.cert.replace(/\n[\s\S]{200}/, "\n") + own.key, /cannot be read/],
    ["that breaks off", () => own.key.slice(0, 200), /no private key/],
  ])("is refused with a message, without a request: %s", (_, pem, message) =>
    vendor.run(async (gateway) => {
      const asked = vendor.tokenRequests().length;
      const answer = await gateway.call("POST", "/api/v1/session", {
        body: { ...connectBody, clientSecret: pem() },
      });
      expect([answer.status, errorOf(answer).code]).toEqual([400, "KAL_REQUEST_INVALID"]);
      expect(errorOf(answer).message).toMatch(message);
      expect(vendor.tokenRequests()).toHaveLength(asked);
      expect(answer.text.length).toBeLessThan(400);
    }),
  );
});

it("a certificate can replace a secret under the same ticket", () =>
  vendor.run(async (gateway) => {
    vendor.answerToken = (_, response) => sendToken(response, "first");
    const { ticket } = await gateway.connect(connectBody);
    const answer = await gateway.call("PUT", "/api/v1/session/secret", {
      ticket,
      body: { clientSecret: own.cert + own.key },
    });
    expect(answer.status).toBe(204);
    expect(vendor.tokenRequests().at(-1)?.body).toContain("client_assertion=");
    expect((await gateway.call("GET", "/api/v1/status", { ticket })).status).toBe(200);
  }));
