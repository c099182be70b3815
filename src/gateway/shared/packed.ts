/**
 * Packs answers into bytes, compressed in parts, so that none blocks the event loop for long.
 *
 * Uses Node's own serialiser, not JSON, which loses values such as a number beyond a double's range.
 * @module
 */
import { promisify } from "node:util";
import { deserialize, serialize } from "node:v8";
import { deflateRaw, inflateRaw } from "node:zlib";
import type { Answer, Packed } from "./answer.ts";

/** Items per part: a millisecond's work. */
const partItems = 1000;

const compress = promisify<Buffer, { level: number }, Buffer>(deflateRaw);
const expand = promisify<Buffer, Buffer>(inflateRaw);

const toBytes = (value: unknown) => compress(serialize(value), { level: 1 });
const fromBytes = async (bytes: Buffer) => deserialize(await expand(bytes)) as unknown;

/** @returns the head with `asOf`, then the items in parts. */
export async function pack({ items, head, asOf }: Answer): Promise<Packed> {
  const parts = [await toBytes({ head, asOf })];
  for (let at = 0; at < items.length; at += partItems)
    parts.push(await toBytes(items.slice(at, at + partItems)));
  return parts;
}

/** @throws Error if `pack` did not create the bytes. */
export async function unpack([first = Buffer.alloc(0), ...parts]: Packed): Promise<Answer> {
  const { head, asOf } = (await fromBytes(first)) as Pick<Answer, "head" | "asOf">;
  const items: unknown[] = [];
  for (const part of parts) for (const item of (await fromBytes(part)) as unknown[]) items.push(item);
  return { head, items, asOf };
}

/** Approximate bytes in memory. */
export function sizeOf(packed: Packed): number {
  return packed.reduce((sum, { byteLength }) => sum + byteLength + 100, 200);
}
