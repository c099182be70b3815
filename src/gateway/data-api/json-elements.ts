/**
 * Reads a JSON list from a stream, element by element: memory holds one element's text, not the answer's.
 *
 * Only where an element ends is found here, by quotes, escapes and brackets; `JSON.parse` reads what stands in
 * between. That is as fast as parsing the whole text at once, since short texts never leave the young generation.
 * @module
 */
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

/**
 * Hands the elements of a list on as they come, in their order. Anything else than a list is read to its end and
 * given to `elementsOf`, as an object around a list has to be.
 * @param take gets the elements that each piece of the stream completes.
 * @throws KalError KAL_UPSTREAM_INVALID when the text is no JSON or cut off; whatever stream and callbacks throw.
 */
export async function readElements(
  body: AsyncIterable<Buffer>,
  elementsOf: (body: unknown) => readonly unknown[],
  take: (elements: readonly unknown[]) => void,
): Promise<void> {
  const pieces = body[Symbol.asyncIterator]();
  let whole = false;
  try {
    await readAll(pieces, elementsOf, (elements) => {
      if (elements.length > 0) take(elements);
    });
    whole = true;
  } finally {
    if (!whole) await pieces.return?.();
  }
}

async function readAll(
  pieces: AsyncIterator<Buffer>,
  elementsOf: (body: unknown) => readonly unknown[],
  take: (elements: readonly unknown[]) => void,
): Promise<void> {
  const { head, start } = await readHead(pieces);
  if (start === undefined || head[start] !== openBracket) {
    take(elementsOf(parseJson(Buffer.concat([head, await collect(remaining(pieces))]))));
    return;
  }
  const scanner = createScanner();
  take(scanner.scan(head.subarray(start + 1)));
  for await (const piece of remaining(pieces)) take(scanner.scan(piece));
  if (!scanner.ended()) throw broken();
}

/** Reads until the first byte that says something; undefined: there is none. */
async function readHead(pieces: AsyncIterator<Buffer>): Promise<{ head: Buffer; start: number | undefined }> {
  let head: Buffer = Buffer.alloc(0);
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
    head = Buffer.concat([head, next.value]);
    // Half of a byte order mark is waited for.
    if (head.length < byteOrderMark.length && byteOrderMark.subarray(0, head.length).equals(head)) continue;
    const marked = head.subarray(0, byteOrderMark.length).equals(byteOrderMark);
    const start = head.findIndex(
      (byte, at) => at >= (marked ? byteOrderMark.length : 0) && !blanks.has(byte),
    );
    if (start >= 0) return { head, start };
  }
  return { head, start: undefined };
}

/** What an iterator has not given yet. */
async function* remaining(pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
}

interface Scanner {
  /** Takes the next bytes behind the list's opening bracket and gives the elements that they complete. */
  scan(piece: Buffer): unknown[];
  /** Whether the list's closing bracket has come. */
  ended(): boolean;
}

function createScanner(): Scanner {
  /** Bytes of an element that is not complete yet. */
  let begun: Buffer = Buffer.alloc(0);
  let depth = 0;
  let inText = false;
  let escaped = false;
  let first = true;
  let done = false;

  function parse(bytes: Buffer, from: number, to: number): unknown {
    try {
      return JSON.parse(bytes.toString("utf8", from, to));
    } catch (error) {
      throw broken(error);
    }
  }

  function scan(piece: Buffer): unknown[] {
    const elements: unknown[] = [];
    const bytes = begun.length === 0 ? piece : Buffer.concat([begun, piece]);
    let at = begun.length;
    let from = 0;
    const end = bytes.length;
    for (; at < end && !done; at += 1) {
      if (inText) {
        if (escaped) {
          escaped = false;
          continue;
        }
        while (at < end && bytes[at] !== quote && bytes[at] !== backslash) at += 1;
        if (at === end) break;
        if (bytes[at] === backslash) escaped = true;
        else inText = false;
        continue;
      }
      const byte = bytes[at] as number;
      const step = steps[byte] as number;
      if (byte === quote) inText = true;
      else if (step !== 0) depth += step;
      const last = depth < 0;
      if (!last && (byte !== comma || depth > 0)) continue;
      // A list may be empty; an element may not.
      if (!(first && last && byte === closeBracket && isBlank(bytes, from, at))) {
        if (last && byte !== closeBracket) throw broken();
        elements.push(parse(bytes, from, at));
      }
      first = false;
      from = at + 1;
      done = last;
    }
    begun = bytes.subarray(from);
    if (done && !isBlank(bytes, from, end)) throw broken();
    return elements;
  }

  return { scan, ended: () => done };
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  return bytes.subarray(from, to).every((byte) => blanks.has(byte));
}

function broken(cause?: unknown): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: "The Kalibrate Data API’s answer is no JSON, or was cut off.",
    cause,
  });
}
