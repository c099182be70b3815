/**
 * How a client proves itself: with a secret, or with a certificate and its private key pasted in the secret's place.
 * @module
 */
import { createHash, createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { KalError } from "../../kalibrate/errors.ts";

/** In msal-node's words. */
export type ClientCredential =
  | { readonly clientSecret: string }
  | {
      readonly clientCertificate: {
        /** SHA-256 of the certificate in hexadecimal. */
        readonly thumbprintSha256: string;
        /** PEM, PKCS #8. */
        readonly privateKey: string;
        /** PEM: the certificate, then those that signed it, where they were given. */
        readonly x5c: string;
      };
    };

/** White space anywhere: a field of one line takes the line ends out of what is pasted. */
const block = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g;

/** The kinds of private key that can be read, and the forms they come in. */
const keyForms: Readonly<Record<string, "pkcs8" | "pkcs1">> = {
  "PRIVATE KEY": "pkcs8",
  "RSA PRIVATE KEY": "pkcs1",
};

/**
 * Reads what stands in the secret's place.
 * @throws KalError KAL_REQUEST_INVALID for PEM text that cannot be used, saying why, without a part of it.
 */
export function readClientCredential(text: string): ClientCredential {
  if (!text.includes("-----BEGIN")) return { clientSecret: text };
  const blocks = [...text.matchAll(block)].map(([, kind = "", base64 = ""]) => ({
    kind,
    der: Buffer.from(base64, "base64"),
  }));
  const privateKey = readKey(blocks);
  const certificates = blocks
    .filter(({ kind }) => kind === "CERTIFICATE")
    .map(({ der }) => readCertificate(der));
  const own = certificates.find((certificate) => certificate.checkPrivateKey(privateKey));
  if (own === undefined) throw unusable("has no certificate that belongs to its private key");
  const chain = [own, ...certificates.filter((other) => other !== own)];
  return {
    clientCertificate: {
      thumbprintSha256: createHash("sha256").update(own.raw).digest("hex"),
      privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      x5c: chain.map(String).join(""),
    },
  };
}

interface Block {
  readonly kind: string;
  readonly der: Buffer;
}

function readKey(blocks: readonly Block[]): KeyObject {
  if (blocks.some(({ kind }) => kind === "ENCRYPTED PRIVATE KEY")) {
    throw unusable("has a private key that is locked with a password");
  }
  const found = blocks.find(({ kind }) => Object.hasOwn(keyForms, kind));
  if (!found) throw unusable("has no private key");
  try {
    const key = createPrivateKey({ key: found.der, format: "der", type: keyForms[found.kind]! });
    if (key.asymmetricKeyType === "rsa") return key;
  } catch {
    // Said below: the library's own words may quote the key.
  }
  throw unusable("has no RSA key, or half of one");
}

function readCertificate(der: Buffer): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch {
    throw unusable("has a certificate that cannot be read");
  }
}

function unusable(why: string): KalError {
  return new KalError("KAL_REQUEST_INVALID", {
    message: `The PEM text in clientSecret ${why}.`,
    hint: "Paste the certificate and its RSA private key, unlocked, one after the other.",
  });
}
