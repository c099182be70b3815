/**
 * Sends answers in pieces: each piece is made, counted, and released when the caller has read it.
 * @module
 */
import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import type { AnswerShare } from "../answer-memory.ts";
import { createPauses } from "../pauses.ts";
import type { AnswerContext } from "../answers/context.ts";

export const jsonType = "application/json; charset=utf-8";

/** Approximate characters of a piece. */
const pieceChars = 65_536;

/**
 * Makes an answer while other requests are served.
 * @param parts returns the answer's text in parts; counts its source data with the share.
 * @returns the text in pieces, whose memory is counted until the reply is closed.
 * @throws KalError KAL_TOO_LARGE, KAL_THROTTLED; any error of `parts`.
 */
export async function makeAnswer(
  reply: FastifyReply,
  { memory, owner, signal }: Pick<AnswerContext, "memory" | "owner" | "signal">,
  parts: (share: AnswerShare) => Promise<Iterable<string>>,
): Promise<Buffer[]> {
  const share = memory.open(owner, signal);
  reply.raw.once("close", () => share.shrink(0));
  const pieces: Buffer[] = [];
  const pauses = createPauses(signal);
  let text = "";
  let bytes = 0;
  const cut = async () => {
    const piece = Buffer.from(text, "utf8");
    text = "";
    pieces.push(piece);
    bytes += piece.length;
    share.add(piece.length);
    await share.admitted();
  };
  for (const part of await parts(share)) {
    text += part;
    if (text.length >= pieceChars) await cut();
    const pause = pauses();
    if (pause) await pause;
  }
  await cut();
  share.shrink(bytes);
  return pieces;
}

/** A JSON list whose items are texts in parts. */
export function* jsonList<T>(items: readonly T[], partsOf: (item: T) => Iterable<string>): Generator<string> {
  let separator = "[";
  for (const item of items) {
    yield separator;
    yield* partsOf(item);
    separator = ",";
  }
  yield items.length === 0 ? "[]" : "]";
}

/**
 * The value for Fastify to send these pieces: a single one at once, several as a stream.
 * @param type the content type.
 */
export function sendPieces(reply: FastifyReply, pieces: Buffer[], type: string): Buffer | Readable {
  const { request } = reply;
  const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
  void reply.type(type).header("content-length", bytes);
  if (pieces.length === 1) return pieces[0] as Buffer;
  function* letGo() {
    for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
      // The pieces before it have been read, so the caller is reading.
      request.readTimer?.refresh();
      yield piece;
    }
  }
  return Readable.from(letGo(), { objectMode: false, highWaterMark: 1 });
}
