/**
 * Lines of an answer that are sent as they become ready.
 * @module
 */
import { setTimeout as delay } from "node:timers/promises";
import type { AnswerShare } from "../answer-memory.ts";

/** Pauses of an answer are filled with an empty line: it shows that both sides are there. Milliseconds. */
const heartbeatMs = 10_000;

/** Characters that are sent at once, about. */
const pieceChars = 65_536;

export interface Outbox {
  /** Adds a line. Resolves when there is room for it. @throws as AnswerShare.admitted */
  put(line: string): Promise<void>;
  /** Says that no more lines come. */
  end(): void;
  /** The text, in pieces. @param onPiece called before each. */
  read(onPiece: () => void): AsyncGenerator<string>;
}

/** @param share counts the lines that are not read yet. */
export function createOutbox(share: AnswerShare): Outbox {
  const lines: string[] = [];
  let waiting = 0;
  let isEnded = false;
  let wake: () => void = () => undefined;

  function take(): string {
    let text = "";
    let count = 0;
    for (const line of lines) {
      if (text.length >= pieceChars) break;
      text += `${line}\n`;
      waiting -= line.length;
      count += 1;
    }
    lines.splice(0, count);
    return text;
  }

  return {
    async put(line) {
      waiting += line.length;
      try {
        share.hold(waiting);
        await share.admitted();
      } catch (error) {
        waiting -= line.length;
        throw error;
      }
      lines.push(line);
      wake();
    },
    end() {
      isEnded = true;
      wake();
    },
    async *read(onPiece) {
      for (;;) {
        const text = take();
        if (text !== "") {
          share.shrink(waiting);
          onPiece();
          yield text;
        } else if (isEnded) return;
        else {
          const heartbeat = new AbortController();
          const woken = new Promise<boolean>((resolve) => (wake = () => resolve(true)));
          const isQuiet = await Promise.race([
            woken.then(() => false),
            delay(heartbeatMs, true, { signal: heartbeat.signal, ref: false }),
          ]).finally(() => heartbeat.abort());
          if (isQuiet) {
            onPiece();
            yield "\n";
          }
        }
      }
    },
  };
}
