/**
 * The elements of a Data API answer, as they arrive.
 * @module
 */
import { type AnswerSignals, joinSignals, noSignals, readAnswer } from "../../kalibrate/documents/answer.ts";
import { createPauses } from "../pauses.ts";
import type { Connection } from "../sessions/connection.ts";
import type { DataApiClient, GetOptions } from "./client.ts";
import { handOver } from "./hand-over.ts";
import { signalsOfHeaders } from "./header-signals.ts";
import { readElements } from "./json-elements.ts";

/** One answer. Iterating over it sends the request and returns the elements of its list in groups. */
export interface ListAnswer extends AsyncIterable<readonly unknown[]> {
  /** What the answer says about the rest of the list; known at its end. */
  readonly signals: AnswerSignals;
}

/**
 * Sends the request `GET {path}?query={encodedQuery}`. It ends when the iteration is left or the signal aborts.
 * @throws KalError as `DataApiClient.get`, during the iteration.
 */
export type FetchList = (path: string, encodedQuery: string, signal?: AbortSignal) => ListAnswer;

/**
 * Fetches with a connection; `options.signal` applies in addition to each request's own.
 * @param admitted awaited between two pieces of an answer: meanwhile the rest stays with the API.
 */
export function fetchListWith(
  dataApi: DataApiClient,
  connection: Connection,
  { signal, requestId }: Pick<GetOptions, "signal" | "requestId">,
  admitted: () => Promise<void> = async () => undefined,
): FetchList {
  return (path, query, stop) => {
    let signals = noSignals;
    const elementsOf = (body: unknown) => {
      const { elements, ...said } = readAnswer(body);
      signals = said;
      return elements;
    };
    const answer = handOver<readonly unknown[]>([signal, stop], async (give, ended) => {
      const pauses = createPauses(ended);
      let mayRepeat = true;
      const read = async (body: AsyncIterable<Buffer>) => {
        for await (const elements of readElements(body, elementsOf)) {
          if (elements.length > 0) {
            mayRepeat = false;
            await give(elements);
          }
          await admitted();
          const pause = pauses();
          if (pause) await pause;
        }
      };
      const options = { query, requestId, signal: ended, read, mayRepeat: () => mayRepeat };
      const { headers } = await dataApi.get(connection, path, options);
      signals = joinSignals(signals, signalsOfHeaders(headers));
    });
    return {
      [Symbol.asyncIterator]: () => answer,
      get signals() {
        return signals;
      },
    };
  };
}
