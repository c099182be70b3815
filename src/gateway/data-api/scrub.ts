/**
 * Takes out of an upstream's words what opens doors: the tokens and secrets in use, and whatever looks like a token.
 * @module
 */

/** Header, payload and signature of a JSON Web Token, or the first two. The bound keeps hostile text cheap. */
const tokenShaped = /eyJ[A-Za-z0-9_-]{5,4096}\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)*/g;

/** Replaces the given secrets and everything that looks like a token. */
export function scrub(text: string, secrets: readonly string[]): string {
  // Tokens first: a secret that happens to be a word of one would leave its two halves, which look like none.
  return secrets
    .filter((secret) => secret !== "")
    .reduce((rest, secret) => rest.replaceAll(secret, "…"), text.replace(tokenShaped, "…"));
}

/** A shorter secret could be a part of any price or name: taking it out would spoil data and hide nothing. */
const shortestInData = 12;

/** Where the payload of a token begins: base64url of `{"`. Four bytes are looked for faster than a pattern. */
const payload = Buffer.from(".eyJ");

/** Of each byte, whether tokens are made of it. */
const tokenBytes: readonly boolean[] = Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9._~+/=-]/.test(String.fromCharCode(byte)),
);

/** Of each byte, whether a token or one of these secrets may hold it. */
function wordBytes(needles: readonly Buffer[]): readonly boolean[] {
  const others = needles.flatMap((needle) => [...needle.filter((byte) => !tokenBytes[byte])]);
  if (others.length === 0) return tokenBytes;
  return tokenBytes.map((isToken, byte) => isToken || others.includes(byte));
}

/** Nothing that is one word for so many bytes is a token. */
const longestWord = 65_536;

/**
 * Scrubs a body of JSON while it passes. Clean chunks pass as they are; a word that a chunk's end cuts apart is held
 * back until the rest of it is here.
 */
export async function* scrubBody(
  body: AsyncIterable<Buffer>,
  secrets: readonly string[],
): AsyncGenerator<Buffer> {
  const needles = secrets
    .filter((secret) => secret.length >= shortestInData)
    .map((secret) => Buffer.from(JSON.stringify(secret).slice(1, -1), "utf8"));
  const isWord = wordBytes(needles);
  const texts = needles.map((needle) => needle.toString("latin1"));
  // What looks like a token is found by that; looking for one text less is worth a tenth of the time.
  const searched = [payload, ...needles.filter((needle) => !needle.includes(payload))];
  const clean = (bytes: Buffer): Buffer =>
    searched.some((needle) => bytes.includes(needle))
      ? Buffer.from(scrub(bytes.toString("latin1"), texts).replaceAll("…", mark), "latin1")
      : bytes;

  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of body) {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let end = bytes.length;
    while (end > 0 && bytes.length - end < longestWord && isWord[bytes[end - 1] as number]) end--;
    if (bytes.length - end === longestWord) end = bytes.length;
    held = bytes.subarray(end);
    if (end > 0) yield clean(bytes.subarray(0, end));
  }
  if (held.length > 0) yield clean(held);
}

/** The ellipsis as its bytes; a body is searched as Latin-1, where every byte is one character. */
const mark = Buffer.from("…", "utf8").toString("latin1");
