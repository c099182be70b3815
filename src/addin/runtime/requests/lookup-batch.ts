/**
 * What the cells of one burst look for in one slice, as one call.
 * @module
 */
import { type ErrorCode, KalError } from "../../../kalibrate/errors.ts";
import type { LookupAnswer, LookupRequest } from "../../../kalibrate/gateway-api.ts";
import type { Epoch } from "./epochs.ts";
import { type Batch, bodyOf, incomplete, isWhole, type Slice, type Sought } from "./lookup-call.ts";
import type { RequestEngine, StartOptions, Waiting } from "./request-engine.ts";

export type CallLookup = (slice: Slice, request: LookupRequest, signal: AbortSignal) => Promise<LookupAnswer>;

/** Characters of key values in one call: at up to three bytes each within the gateway's body (1 MiB by default). */
const mostCharacters = 300_000;

/** What stands around a value in JSON. Characters. */
const punctuation = 6;

/** Fields in one call: as many as the gateway takes. */
const mostFields = 100;

/** Refusals that one field among several may have brought about. */
const ofOneField: ReadonlySet<ErrorCode> = new Set(["KAL_FIELD_UNKNOWN", "KAL_REQUEST_INVALID"]);

/** @returns whether there was room. */
export function addToBatch(batch: Batch, sought: Sought): boolean {
  const { byField } = batch;
  const list = byField.get(sought.field);
  if (batch.characters > mostCharacters || (!list && byField.size >= mostFields)) return false;
  if (list) list.push(sought);
  else byField.set(sought.field, [sought]);
  for (const value of sought.values) batch.characters += String(value).length + punctuation;
  sought.batch = batch;
  return true;
}

/**
 * Makes the function that asks for a batch; where one field of several is mistyped, the others are asked for without
 * it.
 * @param keep remembers what was found for another epoch than that of the cells, in which it was asked
 */
export function createAsk(
  engine: RequestEngine,
  call: CallLookup,
  keep: (slice: Slice, epoch: Epoch, sought: readonly Sought[]) => void,
): (batch: Batch) => Promise<void> {
  async function ask(batch: Batch): Promise<void> {
    try {
      await askFor(batch, batch.key, batch.byField, batch.waiting);
    } catch (error) {
      const isOfOneField = error instanceof KalError && ofOneField.has(error.code);
      if (!isOfOneField || batch.byField.size < 2) throw error;
      await askApart(batch);
    } finally {
      closeBatch(batch);
    }
  }

  async function askApart(batch: Batch): Promise<void> {
    const failures = new Map<string, unknown>();
    const parts = Array.from(batch.byField, ([field, list]) => {
      const waiting: Waiting = {};
      return { field, list, waiting };
    });
    batch.waiting.onCanceled = () => parts.forEach(({ waiting }) => waiting.onCanceled?.());
    const asks = parts.map(async ({ field, list, waiting }) => {
      try {
        await askFor(batch, `${batch.key} ${field}`, new Map([[field, list]]), waiting);
      } catch (error) {
        failures.set(field, error);
      }
    });
    await Promise.all(asks);
    batch.failures = failures;
  }

  function askFor(
    batch: Batch,
    key: string,
    byField: ReadonlyMap<string, Sought[]>,
    waiting: Waiting,
  ): Promise<void> {
    const { slice } = batch;
    const start = async ({ signal, maxAge, epoch }: StartOptions) => {
      const answer = await call(slice, bodyOf(slice, byField, maxAge), signal);
      if (!isWhole(answer, byField)) throw incomplete();
      let next = 0;
      for (const list of byField.values()) {
        const column = answer.columns[next]!;
        const results = answer.results[next++]!;
        list.forEach((sought, at) => (sought.found = { result: results[at]!, column, epoch }));
      }
      if (epoch !== batch.epoch) keep(slice, epoch, [...byField.values()].flat());
    };
    const topic = [slice.key, ...byField.keys()].join(" ");
    return engine.share({ key, ticket: slice.connection.ticket, topic, start }, waiting);
  }

  return ask;
}

/** Nothing joins it any more. */
export function closeBatch(batch: Batch): void {
  for (const list of batch.byField.values()) {
    for (const sought of list) if (sought.batch === batch) sought.batch = undefined;
  }
}
