/**
 * Sends one call for the entries of a batch window and slice.
 * @module
 */
import { type ErrorCode, KalError } from "../../../kalibrate/errors.ts";
import type { AsOfRequest, LookupAnswer, LookupRequest } from "../../../kalibrate/gateway-api.ts";
import type { Generation } from "./generations.ts";
import { type Batch, bodyOf, readAnswer, type Slice, type LookupEntry } from "./lookup-call.ts";
import type { RequestEngine, StartOptions, Waiting } from "./request-engine.ts";

export type CallLookup = (
  slice: Slice,
  request: LookupRequest | AsOfRequest,
  signal: AbortSignal,
) => Promise<LookupAnswer>;

/**
 * Maximum characters of key values in one call. At three bytes each they fit into the gateway's body limit (1 MiB by
 * default).
 */
const maxKeyChars = 300_000;

/** Maximum quotes and commas around a value in JSON. */
const punctuationChars = 6;

/** Maximum fields in one call: the gateway's limit. */
const maxFields = 100;

/** Errors that a single field of several may have caused. */
const ofOneField: ReadonlySet<ErrorCode> = new Set(["KAL_FIELD_UNKNOWN", "KAL_REQUEST_INVALID"]);

/** @returns false if the batch is full */
export function addToBatch(batch: Batch, entry: LookupEntry): boolean {
  const { byField } = batch;
  const list = byField.get(entry.field);
  if (batch.characters > maxKeyChars || (!list && byField.size >= maxFields)) return false;
  if (list) list.push(entry);
  else byField.set(entry.field, [entry]);
  for (const value of entry.values) batch.characters += String(value).length + punctuationChars;
  entry.batch = batch;
  return true;
}

/**
 * @param keep caches results for the generation in which they were requested, if that is newer than the cells' own
 * @returns sends a batch. If one of several fields is refused, each field is requested separately.
 */
export function createAsk(
  engine: RequestEngine,
  call: CallLookup,
  keep: (slice: Slice, generation: Generation, entries: readonly LookupEntry[]) => void,
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
    byField: ReadonlyMap<string, LookupEntry[]>,
    waiting: Waiting,
  ): Promise<void> {
    const { slice } = batch;
    const start = async ({ signal, maxAge, generation }: StartOptions) => {
      const answer = await call(slice, bodyOf(slice, byField, maxAge), signal);
      const lists = [...byField.values()];
      const answers = readAnswer(answer, lists, generation);
      for (const [at, list] of lists.entries())
        list.forEach((entry, row) => (entry.answer = answers[at]?.[row]));
      if (generation !== batch.generation) keep(slice, generation, lists.flat());
    };
    const topic = [slice.key, ...byField.keys()].join(" ");
    return engine.share({ key, ticket: slice.connection.ticket, topic, start }, waiting);
  }

  return ask;
}

/** No more entries can join the batch. */
export function closeBatch(batch: Batch): void {
  for (const list of batch.byField.values()) {
    for (const entry of list) if (entry.batch === batch) entry.batch = undefined;
  }
}
