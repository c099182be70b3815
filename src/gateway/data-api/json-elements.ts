/**
 * Reads a JSON list from a stream, element by element: memory holds one element's text, not the answer's. Only a small
 * answer is parsed whole.
 *
 * Only where elements end is found here; `readJson` reads what stands in between. Elements of one list begin alike,
 * so an end is guessed to be at the comma before such a beginning: bytes that parse as a list are whole elements. Where
 * they do not parse, quotes, escapes and brackets are counted byte by byte, which costs as much as the parsing.
 * @module
 */
import { readJson } from "../../kalibrate/documents/read-json.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { collect, parseJson } from "./body.ts";

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** What the bytes outside of texts do to the depth: brackets and braces, open and close. */
const steps = new Int8Array(256);
for (const byte of Buffer.from("[{")) steps[byte] = 1;
for (const byte of Buffer.from("]}")) steps[byte] = -1;

/** JSON's blanks. */
const blanks = new Set(Buffer.from(" \t\r\n"));
const byteOrderMark = Buffer.from("\uFEFF");

/** An answer of fewer bytes is parsed in one go, which is the quickest. */
const smallAnswer = 65_536;

/**
 * Gives the elements of a list as they come, in their order: those that each piece of the stream completes, mostly
 * several, sometimes none. Anything else than a list is read to its end and given to `elementsOf`, as an object around a
 * list has to be.
 * @param minBytes elements are looked for only when so many bytes have come, or all.
 * @throws KalError KAL_UPSTREAM_INVALID when the text is no JSON or cut off; and what the stream and `elementsOf` throw.
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
      const whole = parseJson(Buffer.concat([head, await collect(remaining(pieces))]));
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
 * Reads until there are `atLeast` bytes and the first one that says something; without `start`, all has been read.
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
    // Half of a byte order mark is waited for.
    if (size < Math.max(atLeast, byteOrderMark.length)) continue;
    const head = Buffer.concat(read);
    const isMarked = head.subarray(0, byteOrderMark.length).equals(byteOrderMark);
    const start = head.findIndex(
      (byte, at) => at >= (isMarked ? byteOrderMark.length : 0) && !blanks.has(byte),
    );
    if (start >= 0) return { head, start };
    read.splice(0, read.length, head);
  }
  return { head: Buffer.concat(read) };
}

/** What an iterator has not given yet. */
async function* remaining(pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
}

interface Scanner {
  /** Takes the next bytes behind the list's opening bracket and gives the elements that they complete. */
  scan(piece: Buffer): unknown[];
  /** Gives what is left once all bytes have come. @throws where the list is not closed. */
  finish(): unknown[];
}

/** After so many bytes without a guessed end, bytes are scanned one by one. */
const maxGuessBytes = 1_048_576;

function createScanner(): Scanner {
  /** Bytes of an element that is not complete yet, and how many of them were scanned. */
  let begun: Buffer = Buffer.alloc(0);
  let looked = 0;
  /** Bytes behind them that have not been joined to them. */
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let state: State = atStart;
  /** How an element begins, with the comma before it: where that comes again, the next one likely begins. */
  let guess: Buffer | undefined;
  let guessing = true;
  let first = true;
  let done = false;

  /** Gives the elements from `start` to the last guess, all read at once; returns where the next one begins. */
  function leap(bytes: Buffer, start: number, beginning: Buffer, elements: unknown[]): number {
    const at = bytes.lastIndexOf(beginning);
    if (at < start) return bytes.length - start > maxGuessBytes ? giveUp(start) : start;
    const some = tryParse(bytes, start, at);
    // The same bytes stand within an element; or there is a comma too many.
    if (some === undefined || some.length === 0) return giveUp(start);
    for (const element of some) elements.push(element);
    return at + 1;
  }

  function giveUp(from: number): number {
    guessing = false;
    guess = undefined;
    return from;
  }

  /** Joins to a long element only as much again, so that its bytes are copied a few times, not once for each piece. */
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

/** Bytes from a comma to the next element's first colon, at most. */
const maxBeginningBytes = 200;

/** The bytes from a comma to the next element's first colon, where that is an object and they are here. */
function beginningAt(bytes: Buffer, at: number): Buffer | undefined {
  const text = bytes.toString("latin1", at, at + maxBeginningBytes);
  const [beginning] = /^,\s*\{\s*"\w+"\s*:/.exec(text) ?? [];
  return beginning === undefined ? undefined : Buffer.from(beginning, "latin1");
}

/** The state of a scan: the depth of brackets, whether it is inside a text, and whether after a backslash. */
interface State {
  depth: number;
  inText: boolean;
  escaped: boolean;
}

const atStart: State = { depth: 0, inText: false, escaped: false };

/**
 * Finds the comma or bracket that ends the element at hand; the end of the bytes where it is not there yet. This loop
 * sees every byte: it works on variables of its own, which is twice as fast as on a scanner's.
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

/** Reads elements with their commas, as they stand in a list; undefined where the bytes are none. */
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
