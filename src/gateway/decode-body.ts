/**
 * Decodes compressed bodies. KAL does not ask for compression, but proxies and content filters may compress anyway.
 * @module
 */
import { pipeline, Readable, type Transform } from "node:stream";
import zlib from "node:zlib";

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The body is not what its `Content-Encoding` says, or says a coding that this Node cannot read. */
export class EncodingError extends Error {
  override readonly name = "EncodingError";
}

/** A compressed body that grows beyond this many times its size was made to do so (zlib's most is 1,032). */
const maxExpansion = 250;

/** A body below this size may expand as it likes. Bytes. */
const minExpanded = 67_108_864;

/** Codings one inside the other. */
const maxCodings = 3;

const decoders: Readonly<Record<string, (() => Transform) | undefined>> = {
  gzip: zlib.createGunzip,
  "x-gzip": zlib.createGunzip,
  br: zlib.createBrotliDecompress,
  // Node has it from 22.15 on.
  zstd: (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress,
};

/**
 * The body without its content codings; as it is where it has none.
 * @param maxBytes most bytes after decoding.
 * @returns a stream that throws EncodingError for a body that cannot be decoded or expands without end, and whatever
 * the body throws.
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
  // Where the body breaks off, what has come is decoded first: the message then depends on the bytes received, not on
  // whether the decoder or the connection failed first.
  const next = () =>
    pieces.next().catch((error: Error) => {
      brokeOff = error;
      return { done: true as const, value: undefined };
    });
  // The coding that was applied last is taken off first.
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
    // A failure is thrown to the reader of the last stream.
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

/** @param start the first bytes: `deflate` comes with zlib's header, as the standard says, and without. */
function decoderFor(coding: string, start: Buffer | undefined): Transform | undefined {
  if (coding !== "deflate") return Object.hasOwn(decoders, coding) ? decoders[coding]?.() : undefined;
  const hasHeader = start === undefined || ((start[0] ?? 0) & 0x0f) === 8;
  return hasHeader ? zlib.createInflate() : zlib.createInflateRaw();
}
