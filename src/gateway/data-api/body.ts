/**
 * Reads the body of a Data API answer.
 * @module
 */
import { readJson } from "../../kalibrate/documents/read-json.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { tooLarge } from "./answer-errors.ts";

/** Enough of an error's body to contain its sentence. Bytes. */
const errorBodyLimit = 16_384;

/** Limit for a body that is collected completely: a status or a list of a few documents. Bytes. */
const maxCollectedBytes = 67_108_864;

/** Collects a body. @throws KalError KAL_UPSTREAM_INVALID if it is too large; any error of the stream. */
export async function collect(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxCollectedBytes) throw tooLarge(undefined);
    chunks.push(chunk);
  }
  return joined(chunks);
}

/** The bytes of all chunks, without copying those of a single one. */
export function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return only && chunks.length === 1 ? only : Buffer.concat(chunks);
}

/** The start of a body as text; does not wait for the rest. */
export async function collectBeginning(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= errorBodyLimit) break;
    }
  } catch {
    // The status already says what went wrong; the text would only have explained it.
  }
  return Buffer.concat(chunks).toString("utf8").slice(0, errorBodyLimit);
}

/** @throws KalError KAL_UPSTREAM_INVALID if it is not JSON: a sign-in page, or an incomplete answer. */
export function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString("utf8");
  try {
    return readJson(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (error) {
    throw new KalError("KAL_UPSTREAM_INVALID", {
      message: "The Kalibrate Data API’s answer is not JSON, or was cut off.",
      cause: error,
    });
  }
}
