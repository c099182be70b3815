/**
 * The elements of an answer of the Data API, handed on as they come.
 * @module
 */
import { type AnswerSignals, joinSignals, noSignals, readAnswer } from "../../kalibrate/documents/answer.ts";
import { createPauses } from "../pauses.ts";
import type { Connection } from "../sessions/connection.ts";
import type { DataApiClient, GetOptions } from "./client.ts";
import { signalsOfHeaders } from "./header-signals.ts";
import { readElements } from "./json-elements.ts";

/**
 * Asks for `GET {path}?query={encodedQuery}` and hands the elements of its list on, some at a time. Whatever `take`
 * throws ends the request.
 * @returns what the answer says about the rest of the list.
 */
export type FetchElements = (
  path: string,
  encodedQuery: string,
  take: (elements: readonly unknown[]) => void,
  signal?: AbortSignal,
) => Promise<AnswerSignals>;

/**
 * Fetches with a connection; `options.signal` counts beside each call's own.
 * @param admitted waited for between two pieces of an answer: meanwhile the rest stays with the API.
 */
export function fetchElementsWith(
  dataApi: DataApiClient,
  connection: Connection,
  options: Pick<GetOptions, "signal" | "requestId">,
  admitted: () => Promise<void> = async () => undefined,
): FetchElements {
  return async (path, query, take, signal) => {
    const ended = either(options.signal, signal);
    let handedOn = false;
    let signals = noSignals;
    const read = (body: AsyncIterable<Buffer>) =>
      readElements(
        inTurn(
          onceOnly(body, () => handedOn),
          admitted,
          createPauses(ended),
        ),
        (body) => {
          const { elements, ...said } = readAnswer(body);
          signals = said;
          return elements;
        },
        (elements) => {
          handedOn = true;
          take(elements);
        },
      );
    const { headers } = await dataApi.get(connection, path, {
      ...options,
      query,
      read,
      signal: ended,
    });
    return joinSignals(signals, signalsOfHeaders(headers));
  };
}

async function* inTurn(
  body: AsyncIterable<Buffer>,
  admitted: () => Promise<void>,
  pauses: () => Promise<void> | undefined,
): AsyncGenerator<Buffer> {
  for await (const piece of body) {
    yield piece;
    await admitted();
    const pause = pauses();
    if (pause) await pause;
  }
}

function either(one: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  return other ? AbortSignal.any([one, other]) : one;
}

/**
 * A body that breaks off is worth another request as long as nothing of it was handed on. Behind that the failure
 * loses the code by which a broken connection is known, and keeps its name.
 */
async function* onceOnly(body: AsyncIterable<Buffer>, handedOn: () => boolean): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (error) {
    if (!handedOn() || !(error instanceof Error)) throw error;
    const { name, message } = error;
    throw Object.assign(new Error(message, { cause: error }), { name });
  }
}
