/**
 * Authenticated encryption with AES-256-GCM: what is sealed can be neither read nor changed unnoticed.
 * @module
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceLength = 12;
const tagLength = 16;

/** Binds sealed bytes to their place. */
const bound = (place: string) => Buffer.from(place);

/**
 * Encrypts bytes.
 * @param key 32 bytes.
 * @param place where the sealed bytes are stored: they cannot be opened if moved elsewhere.
 * @returns nonce, tag and cipher text.
 */
export function sealBytes(bytes: Buffer, key: Buffer, place: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength }).setAAD(bound(place));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Decrypts what `sealBytes` returned. @returns undefined if key, place or content differ. */
export function unsealBytes(sealed: Buffer, key: Buffer, place: string): Buffer | undefined {
  if (sealed.length < nonceLength + tagLength) return undefined;
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceLength), {
    authTagLength: tagLength,
  })
    .setAAD(bound(place))
    .setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** Encrypts a text as `sealBytes` does. @returns base64url. */
export function seal(text: string, key: Buffer, place: string): string {
  return sealBytes(Buffer.from(text, "utf8"), key, place).toString("base64url");
}

/** Decrypts what `seal` returned. @returns undefined if key, place or content differ. */
export function unseal(sealed: string, key: Buffer, place: string): string | undefined {
  return unsealBytes(Buffer.from(sealed, "base64url"), key, place)?.toString("utf8");
}
