/**
 * A small Data API: a list with limit, offset and order, and what a server may do to them.
 * @module
 */
import type { FetchList } from "../../../../src/gateway/data-api/elements.ts";
import { createServerMemories, type ServerMemory } from "../../../../src/gateway/slices/server-memory.ts";
import { type Pull, readWhole, type Whole } from "../../../../src/gateway/slices/whole-slice.ts";
import { type AnswerSignals, noSignals } from "../../../../src/kalibrate/documents/answer.ts";
import type { DataDocument } from "../../../../src/kalibrate/documents/document.ts";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import { parseQuery } from "../../../../src/kalibrate/query/parse.ts";
import { listFetch } from "../support.ts";

export interface Behaviour {
  /** Maximum number of elements in one answer. */
  readonly cap?: number;
  /** The effect of `limit=0`; default: no limit. */
  readonly unlimited?: "refused" | "nothing" | number;
  /** The list at the time of a request, by its number. */
  readonly list?: (request: number) => readonly unknown[];
  /** Elements that an ordered list omits. */
  readonly unsorted?: (element: unknown) => boolean;
  readonly ignoresOffset?: boolean;
  /** What an answer says about the rest of the list; default: nothing. */
  readonly signals?: (request: number, encoded: string) => AnswerSignals;
}

/** Answers from `elements` and records the requests. */
export function server(elements: readonly unknown[], behaviour: Behaviour = {}) {
  const asked: string[] = [];
  const fetch = listFetch(async (_, encoded) => {
    asked.push(encoded);
    const request = asked.length;
    const number = (word: string) => Number(new RegExp(`\\(${word}=(\\d+)\\)`).exec(encoded)?.[1] ?? 0);
    const whole = behaviour.list?.(request) ?? elements;
    const ordered = encoded.includes("orderBy");
    const list =
      ordered && behaviour.unsorted ? whole.filter((value) => !behaviour.unsorted?.(value)) : whole;
    let limit = number("limit") || Infinity;
    if (limit === Infinity && behaviour.unlimited !== undefined) {
      if (behaviour.unlimited === "refused") throw new KalError("KAL_QUERY_INVALID");
      limit = behaviour.unlimited === "nothing" ? 0 : behaviour.unlimited;
    }
    const from = behaviour.ignoresOffset ? 0 : number("offset");
    const answer = list.slice(from, from + Math.min(limit, behaviour.cap ?? Infinity));
    // In two pieces, like a stream.
    const half = Math.ceil(answer.length / 2);
    return {
      pieces: [answer.slice(0, half), answer.slice(half)],
      signals: behaviour.signals?.(request, encoded) ?? noSignals,
    };
  });
  return { asked, fetch };
}

export const documents = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({
    id: { entityId: `e${from + at}`, entityVersion: 1 },
    data: {},
  }));

/** The entity ids of a pull, in order. */
export async function pullIds(...asked: Parameters<typeof pullDocuments>): Promise<unknown[]> {
  return (await pullDocuments(...asked)).map(({ id }) => id["entityId"]);
}

/** The documents of a pull, without superseded ones. */
export async function pullDocuments(
  { fetch }: { fetch: FetchList },
  text = "",
  maxDocuments = Infinity,
  memory: ServerMemory = createServerMemories(() => 0)("me"),
): Promise<readonly DataDocument[]> {
  const keep = (document: DataDocument) => document;
  return (await readToEnd({ path: "/price", query: parseQuery(text), maxDocuments, fetch, memory, keep }))
    .documents;
}

/** Reads a slice to its end. @param look gets the documents as they arrive. */
export async function readToEnd(
  pulling: Pull,
  look: (documents: readonly DataDocument[]) => void = () => undefined,
): Promise<Whole> {
  const steps = readWhole(pulling);
  for (;;) {
    const { done, value } = await steps.next();
    if (done === true) return value;
    look(value);
  }
}
