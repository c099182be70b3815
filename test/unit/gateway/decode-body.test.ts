import { Readable } from "node:stream";
import zlib from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBody } from "../../../src/gateway/decode-body.ts";

const encoders = {
  gzip: zlib.gzipSync,
  "x-gzip": zlib.gzipSync,
  br: zlib.brotliCompressSync,
  deflate: zlib.deflateSync,
  identity: (bytes: Buffer) => bytes,
} as const;

/** A body that arrives in pieces of this many bytes. */
function inPieces(bytes: Buffer, size: number): Readable {
  return Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    })(),
  );
}

async function read(header: string | string[] | undefined, body: Readable, maxBytes = 1e9): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of decodeBody({ "content-encoding": header }, body, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("a body", () => {
  it("is the same with any codings, however they are written and cut", async () => {
    const codings = fc.array(fc.constantFrom(...(Object.keys(encoders) as (keyof typeof encoders)[])), {
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 500 }),
        codings,
        fc.integer({ min: 1, max: 100 }),
        fc.boolean(),
        async (data, names, size, upper) => {
          const plain = Buffer.from(data);
          const encoded = names.reduce<Buffer>((bytes, name) => encoders[name](bytes), plain);
          const header = upper ? names.map((name) => name.toUpperCase()) : names.join(" , ");
          expect(await read(header, inPieces(encoded, size))).toEqual(plain);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(["toString", "__proto__", "compress", "gzip, gzip, gzip, gzip"])(
    "in %s is refused",
    async (coding) => {
      await expect(read(coding, inPieces(Buffer.from("[]"), 9))).rejects.toMatchObject({
        name: "EncodingError",
      });
    },
  );

  it("is refused if it is cut off or not in the stated coding", async () => {
    const whole = zlib.gzipSync(Buffer.alloc(100_000, "price"));
    const cut = whole.subarray(0, whole.length - 12);
    await expect(read("gzip", inPieces(cut, 1000))).rejects.toMatchObject({ name: "EncodingError" });
    await expect(read("gzip", inPieces(Buffer.from("[]"), 9))).rejects.toMatchObject({
      name: "EncodingError",
    });
  });

  it("is limited by its decoded size, and keeps its own error", async () => {
    const encoded = zlib.gzipSync(Buffer.alloc(100_000));
    await expect(read("gzip", inPieces(encoded, 50), 99_999)).rejects.toThrow("too large");
    expect(await read("gzip", inPieces(encoded, 50), 100_000)).toHaveLength(100_000);
    const broken = new Error("reset");
    const failing = Readable.from(
      (async function* () {
        yield encoded.subarray(0, 20);
        throw broken;
      })(),
    );
    await expect(read("gzip", failing)).rejects.toBe(broken);
  });

  it("fails in the same way for the same bytes, however they arrive and end", async () => {
    const plain = Buffer.from(JSON.stringify(Array.from({ length: 200 }, (_, at) => ({ at }))));
    const reset = new Error("reset");
    /** The bytes in pieces, each after this many turns of the event loop; then the connection breaks or ends. */
    async function* arrive(bytes: Buffer, size: number, turns: number, breaksOff: boolean) {
      for (let at = 0; at < bytes.length; at += size) {
        for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
        yield bytes.subarray(at, at + size);
      }
      if (breaksOff) throw reset;
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("gzip", "br", "deflate"),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
        async (coding, size, turns, breaksOff) => {
          const lie = Readable.from(arrive(plain, size, turns, breaksOff));
          await expect(read(coding, lie)).rejects.toThrow(
            `is marked as compressed (${coding}) but cannot be decompressed`,
          );
          const encoded = encoders[coding as keyof typeof encoders](plain);
          const half = Readable.from(arrive(encoded.subarray(0, encoded.length / 2), size, turns, true));
          await expect(read(coding, half)).rejects.toBe(reset);
          const whole = Readable.from(arrive(encoded, size, turns, true));
          await expect(read(coding, whole)).rejects.toBe(reset);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("is closed when its reader leaves", async () => {
    const body = inPieces(zlib.gzipSync(Buffer.alloc(10_000_000)), 100);
    for await (const chunk of decodeBody({ "content-encoding": "gzip" }, body, 1e9)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(body.destroyed).toBe(true);
  });
});
