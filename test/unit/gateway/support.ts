/**
 * Stand-ins for the parts around the gateway's units.
 * @module
 */
import { Writable } from "node:stream";
import { createAnswerMemory } from "../../../src/gateway/answer-memory.ts";
import type { FetchList } from "../../../src/gateway/data-api/elements.ts";
import { createReferencedDocuments } from "../../../src/gateway/shared/referenced-documents.ts";
import { createSharedAnswers } from "../../../src/gateway/shared/shared-answers.ts";
import { createLog, type Log } from "../../../src/gateway/observe/log.ts";
import type { Connection } from "../../../src/gateway/sessions/connection.ts";
import { type AnswerSignals, noSignals } from "../../../src/kalibrate/documents/answer.ts";
import type { Credentials } from "../../../src/kalibrate/environments.ts";

/** Practically unlimited memory for answers. */
export const plenty = createAnswerMemory(2 ** 40);

/** What contexts share, with as much memory as they like. @param now milliseconds, for all clocks. @param maxBytes of shared answers. */
export function sharing(now: () => number, maxBytes = 2 ** 20) {
  const shared = createSharedAnswers({ now, steady: now, maxBytes });
  return { shared, references: createReferencedDocuments(plenty), keepFor: 300 };
}

/** An answer in the pieces in which it arrives, with what it says about the rest of its list. */
export interface ListPieces {
  readonly pieces: readonly (readonly unknown[])[];
  readonly signals?: AnswerSignals;
}

/** A Data API whose answers come from a function, called when an answer is iterated. */
export function listFetch(answer: (path: string, encoded: string) => Promise<ListPieces>): FetchList {
  return (path, encoded) => {
    let signals = noSignals;
    return {
      async *[Symbol.asyncIterator]() {
        const answered = await answer(path, encoded);
        yield* answered.pieces;
        signals = answered.signals ?? noSignals;
      },
      get signals() {
        return signals;
      },
    };
  };
}

/** A log with the text written to it. */
export function recordingLog(): { readonly log: Log; readonly text: () => string } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString("utf8"));
      done();
    },
  });
  return { log: createLog("trace", stream), text: () => lines.join("") };
}

/** A clock that stands still until the test moves it. */
export function stoppedClock(start = Date.parse("2026-05-01T12:00:00Z")) {
  let time = start;
  return {
    now: () => time,
    advance(seconds: number) {
      time += seconds * 1000;
    },
  };
}

/** An invented connection. */
export function connectionWith(credentials: Partial<Credentials> = {}): Connection {
  return {
    name: "test",
    label: "Test",
    environment: {
      id: "test",
      label: "Test",
      apiBaseUrl: "https://data.example.com/api",
      authority: "https://login.example.com",
    },
    tenant: "0b8f3c1e-5d27-4a6f-9b13-2c4d5e6f7a80",
    credentials: {
      clientId: "5a6b7c8d-0000-4000-8000-000000000001",
      clientSecret: "invented-secret",
      scope: "api://data.example.com/1/.default",
      ...credentials,
    },
  };
}
