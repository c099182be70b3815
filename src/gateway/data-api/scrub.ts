/**
 * Removes secrets from an upstream's answers: the tokens and the client secret in use, and everything that looks like
 * a token. JSON may write any character as an escape (`\u0065yJ…`), so escapes are decoded before the search.
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

/** A shorter secret could be part of any price or name: removing it would damage data and hide nothing. */
const minSecretChars = 12;

/** Two letters of `eyJ`, the base64url of `{"`: searching for the rarer two is six times as fast as for all three. */
const tokenBeginning = Buffer.from("yJ");

/** The escapes that can spell a character of a secret: `\u0065` and `\/`. Those of quotes and blanks cannot. */
const decodable = ["\\u", "\\U", "\\/"].map((escape) => Buffer.from(escape));

/** Seldom in data, and one of them is in every secret of Entra: one byte is found a hundred times as fast as a text. */
const rareBytes = new Set(Buffer.from("~!$%^*;<=>?@|"));

/** A longer word is refused, because it must be held until its end arrives. Bytes. */
const maxWordBytes = 67_108_864;

/**
 * Scrubs a body of JSON while it streams. A word that is cut by the end of a chunk is held until the rest arrives;
 * chunks with nothing to hide are passed on unchanged.
 * @throws KalError KAL_UPSTREAM_INVALID for an endless word; any error of the body.
 */
export async function* scrubBody(
  body: AsyncIterable<Buffer>,
  secrets: readonly string[],
): AsyncGenerator<Buffer> {
  const needles = secrets
    .filter((secret) => secret.length >= minSecretChars)
    .flatMap((secret) => [...jsonForms(secret)]);
  const isWord = wordBytes(needles);
  // Created only if there is something to hide, which is rare: it takes longer than reading a small answer.
  let hide: ((text: string) => string) | undefined;
  // A token in use is found by the general start of tokens: one search less saves a tenth of the time.
  const searched = [
    ...decodable,
    tokenBeginning,
    ...needles
      .filter((needle) => !needle.includes(tokenBeginning))
      .map((needle) => needle.find((byte) => rareBytes.has(byte)) ?? needle),
  ];

  /** A body is searched as Latin-1, where every byte is one character. */
  const clean = (bytes: Buffer): Buffer => {
    if (!searched.some((sign) => bytes.includes(sign))) return bytes;
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

/** The forms of a text in JSON after ASCII escapes are decoded: emoji unchanged or as two escapes. */
function jsonForms(secret: string): Set<Buffer> {
  const plain = JSON.stringify(secret).slice(1, -1);
  const escaped = plain.replace(/[\ud800-\udfff]/g, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
  return new Set((plain === escaped ? [plain] : [plain, escaped]).map((form) => Buffer.from(form, "utf8")));
}

const tokenBytes = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9._~+/=\\-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** For each byte, 1 if a token, an escape or one of these secrets may contain it. */
function wordBytes(needles: readonly Buffer[]): Uint8Array {
  const bytes = tokenBytes.slice();
  for (const needle of needles) for (const byte of needle) bytes[byte] = 1;
  return bytes;
}

/** Only this much of a secret is compared; then the rest of its word is removed with it. Characters. */
const maxComparedChars = 64;

/**
 * Creates the function that replaces secrets and tokens in a text, even if their characters are escaped.
 * @param spell how the text writes a character that was escaped.
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
  // Tokens first: removing a secret inside a token would leave two halves that no longer look like a token.
  const hidePlain = (text: string) =>
    patterns.reduce((left, pattern) => left.replace(pattern, mark), hideTokens(text));

  return (text) => {
    const hidden = hidePlain(text);
    if (!text.includes("\\")) return hidden;
    const read = readEscapes(hidden, spell);
    const hiddenThere = hidePlain(read);
    // The decoded form is used only if something was hidden in it.
    return hiddenThere === read ? hidden : hiddenThere;
  };
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** Base64url of `{"`, with which a token's header begins. */
const headerBeginning = "eyJ";
/** Characters of a token with its dots. The pattern always matches greedily, so there is no backtracking. */
const tokenWord = /[A-Za-z0-9_.-]+/y;
const minHeaderChars = 8;

/** Checks only words that may contain a token: nearly every answer has none and needs one search. */
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

/** Replaces from a header starting with `eyJ` to the end of the word, if another part follows after a dot. */
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

/** Backslashes with the character that they escape. JSON within JSON has several of them before one character. */
const escapes = /\\+(?:u([0-9a-f]{4})|\/)?/gi;

/**
 * Decodes escapes of characters that need none. Quotes, backslashes and control characters stay escaped, so that JSON
 * stays valid; halves of an emoji stay escaped as well, with digits in lower case.
 */
function readEscapes(text: string, spell: (character: string) => string): string {
  return text.replace(escapes, (whole: string, hex: string | undefined) => {
    if (hex === undefined) return whole.endsWith("/") ? "/" : whole;
    const code = Number.parseInt(hex, 16);
    const character = String.fromCharCode(code);
    if (code === 0x22 || code === 0x5c) return `\\${character}`;
    if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) return whole.toLowerCase();
    return spell(character);
  });
}
