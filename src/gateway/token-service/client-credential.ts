/**
 * Client authentication: the text entered as the secret is either a secret or a PEM certificate with its private key.
 * @module
 */
import { createHash, createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { KalError } from "../../kalibrate/errors.ts";

/** In the form that msal-node takes. */
export type ClientCredential =
  | { readonly clientSecret: string }
  | {
      readonly clientCertificate: {
        /** SHA-256 of the certificate in hexadecimal. */
        readonly thumbprintSha256: string;
        /** PEM, PKCS #8. */
        readonly privateKey: string;
        /** PEM: the certificate, then the certificates of its issuers, if given. */
        readonly x5c: string;
      };
    };

/** Allows white space anywhere, because a one-line field removes line ends from pasted text. */
const block = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g;

/** The kinds of private key that we can read, each with its encoding. */
const keyForms: ReadonlyMap<string, "pkcs8" | "pkcs1"> = new Map([
  ["PRIVATE KEY", "pkcs8"],
  ["RSA PRIVATE KEY", "pkcs1"],
]);

/**
 * Reads the text entered as the secret.
 * @throws KalError KAL_REQUEST_INVALID for PEM text that cannot be used. It gives the reason and quotes no part of the
 * text.
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
  const [found] = blocks.flatMap(({ kind, der }) => {
    const type = keyForms.get(kind);
    return type ? [{ key: der, type }] : [];
  });
  if (!found) throw unusable("has no private key");
  try {
    const key = createPrivateKey({ ...found, format: "der" });
    if (key.asymmetricKeyType === "rsa") return key;
  } catch {
    // The message below replaces the library's, which may quote the key.
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
