/**
 * Reads the organisation's secrets: from an environment variable or a file, never from the configuration itself.
 * @module
 */
import { readFileSync } from "node:fs";
import { KalError } from "../../kalibrate/errors.ts";
import { readClientCredential } from "../token-service/client-credential.ts";
import type { SecretPlace } from "./file-schema.ts";

/** The current content of a source: a usable value, nothing, or the reason why it cannot be used. */
export type FoundSecret = { readonly value: string } | { readonly empty: true } | { readonly fault: string };

/** Characters; a certificate with chain and key has about 10,000. */
const maxChars = 65_536;

/**
 * Reads a secret. The value is trimmed, because editors add a final line end.
 * @param environment such as `process.env`.
 */
export function findSecret(
  place: SecretPlace,
  environment: Readonly<Record<string, string | undefined>>,
): FoundSecret {
  let text: string | undefined;
  try {
    text = place.file === undefined ? environment[place.env ?? ""] : readFileSync(place.file, "utf8");
  } catch {
    return { fault: "cannot be read" };
  }
  if (text === undefined) return { fault: "is not set" };
  const value = text.trim();
  if (value === "") return { empty: true };
  if (value.length > maxChars) return { fault: "is too long for a secret" };
  if (value.startsWith("--")) return readPem(value);
  // A secret is one word: anything else is a wrong file, or two secrets.
  return /^[\x21-\x7e]+$/.test(value) ? { value } : { fault: "is not one line of printable characters" };
}

/** A file that is being written may be incomplete. */
function readPem(value: string): FoundSecret {
  try {
    if ("clientCertificate" in readClientCredential(value)) return { value };
  } catch (error) {
    if (!(error instanceof KalError)) throw error;
  }
  return { fault: "has no certificate with the RSA private key that belongs to it" };
}
