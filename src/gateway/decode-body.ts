/**
 * Decodes compressed bodies. KAL does not ask for compression, but proxies and content filters may compress anyway.
 * @module
 */
import { pipeline, Readable, type Transform } from "node:stream";
import zlib from "node:zlib";

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The body does not match its `Content-Encoding`, or this Node cannot decode the coding. */
export class EncodingError extends Error {
  override readonly name = "EncodingError";
}

/** A compressed body that expands more than this is an attack (zlib's maximum is 1,032). */
const maxExpansion = 250;

/** A body below this size may expand by any factor. Bytes. */
const minExpanded = 67_108_864;

/** Maximum number of nested codings. */
const maxCodings = 3;

const decoders: Readonly<Record<string, (() => Transform) | undefined>> = {
  gzip: zlib.createGunzip,
  "x-gzip": zlib.createGunzip,
  br: zlib.createBrotliDecompress,
  // Available from Node 22.15.
  zstd: (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress,
};

/**
 * The decoded body; unchanged if it has no content coding.
 * @param maxBytes maximum after decoding.
 * @returns a stream that throws EncodingError for a body that cannot be decoded or expands without end, and any error
 * of the body.
 */
export function decodeBody(headers: Headers, body: Readable, maxBytes: number): AsyncIterable<Buffer> {
  const codings = codingsOf(headers["content-encoding"]);
  return codings.length === 0 ? (body as AsyncIterable<Buffer>) : decode(codings, body, maxBytes);
}

function codingsOf(header: string | string[] | undefined): string[] {
  return String(header ?? "")
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
}

async function* decode(codings: string[], body: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  const pieces = (body as AsyncIterable<Buffer, undefined>)[Symbol.asyncIterator]();
  const first: IteratorResult<Buffer, undefined> = await pieces.next();
  let received = 0;
  let brokeOff: Error | undefined;
  async function* read(): AsyncGenerator<Buffer> {
    try {
      for (let piece = first; piece.done !== true; piece = await next()) {
        received += piece.value.length;
        yield piece.value;
      }
    } finally {
      await pieces.return?.();
    }
  }
  // If the body breaks off, the received part is decoded first: the message then depends on the bytes received, not on
  // whether the decoder or the connection failed first.
  const next = () =>
    pieces.next().catch((error: Error) => {
      brokeOff = error;
      return { done: true as const, value: undefined };
    });
  // The coding applied last is decoded first.
  const name = codings
    .join(", ")
    .replace(/[^a-z0-9, -]/g, "?")
    .slice(0, 40);
  const chain = codings.reverse().map((coding, at) => decoderFor(coding, at === 0 ? first.value : undefined));
  if (chain.length > maxCodings || !chain.every((decoder) => decoder !== undefined)) {
    await pieces.return?.();
    throw new EncodingError(`is compressed in a way that cannot be read here (${name})`);
  }
  if (first.done === true) return;
  let decoded = 0;
  try {
    // The reader of the last stream gets the error.
    const last = pipeline(
      [Readable.from(read()), ...chain],
      () => undefined,
    ) as unknown as AsyncIterable<Buffer>;
    for await (const chunk of last) {
      decoded += chunk.length;
      if (decoded > Math.min(maxBytes, Math.max(minExpanded, received * maxExpansion))) {
        throw new EncodingError("is too large once it is unpacked");
      }
      yield chunk;
    }
  } catch (error) {
    if (error instanceof EncodingError) throw error;
    const isUnfinished = (error as { code?: unknown }).code === "Z_BUF_ERROR";
    if (brokeOff !== undefined && isUnfinished) throw brokeOff;
    throw new EncodingError(`is marked as compressed (${name}) but cannot be decompressed`, { cause: error });
  }
  if (brokeOff !== undefined) throw brokeOff;
}

/** @param start the first bytes: `deflate` comes with zlib's header, as in the standard, or without. */
function decoderFor(coding: string, start: Buffer | undefined): Transform | undefined {
  if (coding !== "deflate") return Object.hasOwn(decoders, coding) ? decoders[coding]?.() : undefined;
  const hasHeader = start === undefined || ((start[0] ?? 0) & 0x0f) === 8;
  return hasHeader ? zlib.createInflate() : zlib.createInflateRaw();
}
