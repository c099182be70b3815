/**
 * Removes secrets from what an upstream says: the tokens and the client secret in use, and everything that looks like
 * a token. JSON may write any character as an escape (`\u0065yJ…`), so escapes are read before anything is searched.
 *
 * Every step takes time linear in the text, for any input.
 * @module
 */
import { tooLarge } from "./answer-errors.ts";

const mark = "…";

/** Replaces the given secrets and everything that looks like a token. */
export function scrub(text: string, secrets: readonly string[]): string {
  const hide = createHide(
    secrets.filter((secret) => secret !== ""),
    (character) => character,
  );
  return hide(text);
}

/** A shorter secret could be part of any price or name: removing it would spoil data and hide nothing. */
const minSecretChars = 12;

/** Two letters of `eyJ`, the base64url of `{"`: the search for the rarer two is six times as fast as for all three. */
const tokenBeginning = Buffer.from("yJ");
const backslash = 0x5c;

/** A word this long is refused: it has to be held until its end is here. Bytes. */
const maxWordBytes = 67_108_864;

/**
 * Scrubs a body of JSON while it streams. A word that is cut by the end of a chunk is held until the rest is here;
 * chunks with nothing to hide are passed on unchanged.
 * @throws KalError KAL_UPSTREAM_INVALID for a word without end; what the body throws.
 */
export async function* scrubBody(
  body: AsyncIterable<Buffer>,
  secrets: readonly string[],
): AsyncGenerator<Buffer> {
  const needles = secrets
    .filter((secret) => secret.length >= minSecretChars)
    .flatMap((secret) => [...jsonForms(secret)]);
  const isWord = wordBytes(needles);
  // Made only where there is something to hide, which is hardly ever: it costs more than reading a small answer.
  let hide: ((text: string) => string) | undefined;
  // A token in use is found by how tokens begin: one search less is a tenth of the time.
  const searched = [tokenBeginning, ...needles.filter((needle) => !needle.includes(tokenBeginning))];

  /** A body is searched as Latin-1, where every byte is one character. */
  const clean = (bytes: Buffer): Buffer => {
    if (!bytes.includes(backslash) && !searched.some((needle) => bytes.includes(needle))) return bytes;
    hide ??= createHide(needles.map(latin1), (character) => latin1(Buffer.from(character, "utf8")));
    const text = latin1(bytes);
    const hidden = hide(text);
    return hidden === text ? bytes : Buffer.from(hidden.replaceAll(mark, markBytes), "latin1");
  };

  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const chunk of body) {
    let end = chunk.length;
    while (end > 0 && isWord[chunk[end - 1] as number]) end--;
    if (end > 0) {
      yield clean(
        held.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...held, chunk.subarray(0, end)]),
      );
      held = [];
      heldBytes = 0;
    }
    if (end === chunk.length) continue;
    held.push(chunk.subarray(end));
    heldBytes += chunk.length - end;
    if (heldBytes > maxWordBytes) throw tooLarge(undefined);
  }
  if (held.length > 0) yield clean(Buffer.concat(held));
}

function latin1(bytes: Buffer): string {
  return bytes.toString("latin1");
}

const markBytes = latin1(Buffer.from(mark, "utf8"));

/** The ways in which JSON may write a text once ASCII escapes are read: emoji as they are or as two escapes. */
function jsonForms(secret: string): Set<Buffer> {
  const plain = JSON.stringify(secret).slice(1, -1);
  const escaped = plain.replace(/[\ud800-\udfff]/g, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
  return new Set((plain === escaped ? [plain] : [plain, escaped]).map((form) => Buffer.from(form, "utf8")));
}

const tokenBytes = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9._~+/=\\-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** Of each byte, 1 where a token, an escape or one of these secrets may hold it. */
function wordBytes(needles: readonly Buffer[]): Uint8Array {
  const bytes = tokenBytes.slice();
  for (const needle of needles) for (const byte of needle) bytes[byte] = 1;
  return bytes;
}

/** Only this much of a secret is compared, then the rest of its word goes with it. Characters. */
const maxComparedChars = 64;

/**
 * Makes the function that replaces secrets and tokens in a text, also where their characters are escaped.
 * @param spell how the text holds a character that was escaped.
 */
function createHide(
  secrets: readonly string[],
  spell: (character: string) => string,
): (text: string) => string {
  const patterns = secrets.map((secret) => {
    const beginning = escapeForPattern(secret.slice(0, maxComparedChars));
    const rest = [...new Set(secret.slice(maxComparedChars))].map(escapeForPattern).join("");
    return new RegExp(rest === "" ? beginning : `${beginning}[${rest}]*`, "g");
  });
  // Tokens first: a secret that is part of one would leave its two halves, which no longer look like a token.
  const hidePlain = (text: string) =>
    patterns.reduce((left, pattern) => left.replace(pattern, mark), hideTokens(text));

  return (text) => {
    const hidden = hidePlain(text);
    if (!text.includes("\\")) return hidden;
    const read = readEscapes(hidden, spell);
    const hiddenThere = hidePlain(read);
    // Escapes are only read for good where something was written with them.
    return hiddenThere === read ? hidden : hiddenThere;
  };
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** Base64url of `{"`, with which a token's header begins. */
const headerBeginning = "eyJ";
/** Characters of a token with its dots. The pattern always matches greedily: there is nothing to go back to. */
const tokenWord = /[A-Za-z0-9_.-]+/y;
const minHeaderChars = 8;

/** Looks only at words in which a token may begin: nearly every answer has none, and pays for one search. */
function hideTokens(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  let at = text.indexOf(headerBeginning);
  while (at >= 0) {
    tokenWord.lastIndex = at;
    const [word = ""] = tokenWord.exec(text) ?? [];
    parts.push(text.slice(copied, at), hideToken(word));
    copied = at + word.length;
    at = text.indexOf(headerBeginning, copied);
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(copied);
}

/** From a header that begins with `eyJ` to the end of the word, where another part follows behind a dot. */
function hideToken(word: string): string {
  const parts = word.split(".");
  const last = parts.findLastIndex((part) => part !== "");
  let from = 0;
  for (const [at, part] of parts.entries()) {
    if (at >= last) return word;
    const header = part.indexOf(headerBeginning);
    if (header >= 0 && part.length - header >= minHeaderChars)
      return `${word.slice(0, from + header)}${mark}`;
    from += part.length + 1;
  }
  return word;
}

/** Backslashes with what they escape. JSON within JSON has several of them before one character. */
const escapes = /\\+(?:u([0-9a-f]{4})|\/)?/gi;

/**
 * Reads the escapes of characters that need none. Quotes, backslashes and control characters stay escaped, so that
 * JSON stays JSON; halves of an emoji stay too, with digits in lower case.
 */
function readEscapes(text: string, spell: (character: string) => string): string {
  return text.replace(escapes, (whole: string, hex: string | undefined) => {
    if (hex === undefined) return whole.endsWith("/") ? "/" : whole;
    const code = Number.parseInt(hex, 16);
    const character = String.fromCharCode(code);
    if (code === 0x22 || code === backslash) return `\\${character}`;
    if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) return whole.toLowerCase();
    return spell(character);
  });
}
