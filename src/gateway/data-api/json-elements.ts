/**
 * Reads a JSON list from a stream, element by element: memory holds one element's text, not the whole answer. Only a
 * small answer is parsed at once.
 *
 * This code only finds the ends of elements; `readJson` parses them. Elements of a list usually start with the same
 * bytes. So we guess that an element ends at the comma before such a start, and check the guess: bytes that parse as a
 * list are whole elements. If they do not parse, we count quotes, escapes and brackets byte by byte, which takes as
 * long as parsing.
 * @module
 */
import { readJson } from "../../kalibrate/documents/read-json.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { collect, joined, parseJson } from "./body.ts";

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** The change of depth for each byte outside of texts: brackets and braces, open and close. */
const steps = new Int8Array(256);
for (const byte of Buffer.from("[{")) steps[byte] = 1;
for (const byte of Buffer.from("]}")) steps[byte] = -1;

/** JSON's white space. */
const blanks = new Set(Buffer.from(" \t\r\n"));
const byteOrderMark = Buffer.from("\uFEFF");

/** A smaller answer is parsed at once, which is fastest. Bytes. */
const smallAnswer = 65_536;

/**
 * Returns the elements of a list as they arrive, in order: those completed by each piece of the stream, usually
 * several, sometimes none. Anything but a list is read to its end and passed to `elementsOf`, for example an object
 * around a list.
 * @param minBytes wait for this many bytes, or for all, before looking for elements.
 * @throws KalError KAL_UPSTREAM_INVALID if the text is not JSON or cut off; any error of the stream and of
 * `elementsOf`.
 */
export async function* readElements(
  body: AsyncIterable<Buffer>,
  elementsOf: (body: unknown) => readonly unknown[],
  minBytes = smallAnswer,
): AsyncGenerator<readonly unknown[]> {
  const pieces = body[Symbol.asyncIterator]();
  let isWhole = false;
  try {
    const { head, start } = await readHead(pieces, minBytes);
    if (start === undefined || head[start] !== openBracket) {
      const rest = start === undefined ? [] : [await collect(remaining(pieces))];
      const whole = parseJson(joined([head, ...rest]));
      yield Array.isArray(whole) ? whole : elementsOf(whole);
    } else {
      const scanner = createScanner();
      yield scanner.scan(head.subarray(start + 1));
      for await (const piece of remaining(pieces)) yield scanner.scan(piece);
      yield scanner.finish();
    }
    isWhole = true;
  } finally {
    if (!isWhole) await pieces.return?.();
  }
}

/**
 * Reads until there are `atLeast` bytes and the first byte that is not white space; without `start`, everything has
 * been read.
 */
async function readHead(
  pieces: AsyncIterator<Buffer>,
  atLeast: number,
): Promise<{ head: Buffer; start?: number }> {
  const read: Buffer[] = [];
  let size = 0;
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
    read.push(next.value);
    size += next.value.length;
    // Waits for the rest of a byte order mark.
    if (size < Math.max(atLeast, byteOrderMark.length)) continue;
    const head = joined(read);
    const isMarked = head.subarray(0, byteOrderMark.length).equals(byteOrderMark);
    const start = head.findIndex(
      (byte, at) => at >= (isMarked ? byteOrderMark.length : 0) && !blanks.has(byte),
    );
    if (start >= 0) return { head, start };
    read.splice(0, read.length, head);
  }
  return { head: joined(read) };
}

/** The items that an iterator has not returned yet. */
async function* remaining(pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
}

interface Scanner {
  /** Takes more bytes of the list and returns the elements that they complete. */
  scan(piece: Buffer): unknown[];
  /** Returns the last elements after all bytes. @throws if the list is not closed. */
  finish(): unknown[];
}

/** After this many bytes without a guess, bytes are scanned one by one. */
const maxGuessBytes = 1_048_576;

function createScanner(): Scanner {
  /** Bytes of an incomplete element, and how many of them were scanned. */
  let begun: Buffer = Buffer.alloc(0);
  let looked = 0;
  /** Bytes after them, not yet joined to them. */
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let state: State = atStart;
  /** The start of an element, with the comma before it. The next element probably starts where it occurs again. */
  let guess: Buffer | undefined;
  let guessing = true;
  let first = true;
  let done = false;

  /** Returns the elements from `start` to the last guess, all parsed together; returns where the next one starts. */
  function leap(bytes: Buffer, start: number, beginning: Buffer, elements: unknown[]): number {
    const at = bytes.lastIndexOf(beginning);
    if (at < start) return bytes.length - start > maxGuessBytes ? giveUp(start) : start;
    const some = tryParse(bytes, start, at);
    // The same bytes occur within an element, or there is an extra comma.
    if (some === undefined || some.length === 0) return giveUp(start);
    for (const element of some) elements.push(element);
    return at + 1;
  }

  function giveUp(from: number): number {
    guessing = false;
    guess = undefined;
    return from;
  }

  /**
   * Joins to a long element only as much again as it has, so that its bytes are copied a few times instead of once per
   * piece.
   */
  function scan(piece: Buffer): unknown[] {
    waiting.push(piece);
    waitingBytes += piece.length;
    return begun.length > maxGuessBytes && waitingBytes < begun.length ? [] : scanWaiting();
  }

  function scanWaiting(): unknown[] {
    const elements: unknown[] = [];
    const [piece, ...others] = waiting;
    const isOnly = piece !== undefined && others.length === 0 && begun.length === 0;
    const bytes = isOnly ? piece : Buffer.concat([begun, ...waiting]);
    waiting = [];
    waitingBytes = 0;
    let from = 0;
    let at = looked;
    if (guess) from = at = leap(bytes, 0, guess, elements);
    while (!done && !guess) {
      state = { ...state };
      at = nextEnd(bytes, at, state);
      if (at === bytes.length) break;
      const last = state.depth < 0;
      // A list may be empty; an element may not.
      if (!(first && last && isBlank(bytes, from, at))) {
        const [element, ...others] = tryParse(bytes, from, at) ?? [];
        if (element === undefined || others.length > 0) throw broken();
        elements.push(element);
      }
      if (last && bytes[at] !== closeBracket) throw broken();
      first = false;
      done = last;
      state = atStart;
      if (guessing && !last) guess = beginningAt(bytes, at);
      from = at += 1;
      if (guess) from = at = leap(bytes, from, guess, elements);
    }
    begun = bytes.subarray(from);
    looked = begun.length;
    if (done && !isBlank(begun, 0, begun.length)) throw broken();
    return elements;
  }

  function finish(): unknown[] {
    if (guess) looked = giveUp(0);
    const elements = scanWaiting();
    if (!done) throw broken();
    return elements;
  }

  return { scan, finish };
}

/** Maximum bytes from a comma to the next element's first colon. */
const maxBeginningBytes = 200;

/** The bytes from a comma to the next element's first colon, if that is an object and they have arrived. */
function beginningAt(bytes: Buffer, at: number): Buffer | undefined {
  const text = bytes.toString("latin1", at, at + maxBeginningBytes);
  const [beginning] = /^,\s*\{\s*"\w+"\s*:/.exec(text) ?? [];
  return beginning === undefined ? undefined : Buffer.from(beginning, "latin1");
}

/** The state of a scan: the depth of brackets, and whether it is inside a text or after a backslash. */
interface State {
  depth: number;
  inText: boolean;
  escaped: boolean;
}

const atStart: State = { depth: 0, inText: false, escaped: false };

/**
 * Finds the comma or bracket that ends the current element; the end of the bytes if it has not arrived. This loop runs
 * for every byte. It works on local variables, which is twice as fast as on a scanner's.
 */
function nextEnd(bytes: Buffer, start: number, state: State): number {
  let { depth, inText, escaped } = state;
  const { length } = bytes;
  let at = start;
  for (; at < length; at += 1) {
    if (inText) {
      if (escaped) {
        escaped = false;
        continue;
      }
      let byte = bytes[at];
      while (byte !== quote && byte !== backslash && (at += 1) < length) byte = bytes[at];
      if (at === length) break;
      if (byte === quote) inText = false;
      else escaped = true;
      continue;
    }
    const byte = bytes[at] as number;
    if (byte === quote) inText = true;
    else if (byte === comma) {
      if (depth === 0) break;
    } else if (byte >= openBracket) {
      depth += steps[byte] as number;
      if (depth < 0) break;
    }
  }
  state.depth = depth;
  state.inText = inText;
  state.escaped = escaped;
  return at;
}

/** Parses elements with their commas, as in a list; undefined if the bytes are not elements. */
function tryParse(bytes: Buffer, from: number, to: number): unknown[] | undefined {
  try {
    return readJson(`[${bytes.toString("utf8", from, to)}]`) as unknown[];
  } catch {
    return undefined;
  }
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  return bytes.subarray(from, to).every((byte) => blanks.has(byte));
}

function broken(): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: "The Kalibrate Data API’s answer is not JSON, or was cut off.",
  });
}
