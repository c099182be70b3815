/**
 * Lookups of many cells as few calls: all that one burst asks of one slice goes out together, each value once, and
 * what is known already is not asked for.
 * @module
 */
import { LRUCache } from "lru-cache";
import { type ErrorCode, KalError } from "../../../kalibrate/errors.ts";
import type { KeyValue, LookupAnswer, LookupRequest } from "../../../kalibrate/gateway-api.ts";
import { afterBurst } from "./burst.ts";
import type { Epoch } from "./epochs.ts";
import {
  bodyOf,
  type Found,
  foundIn,
  incomplete,
  nameOf,
  type Slice,
  type Wanted,
  type WantedValues,
} from "./lookup-call.ts";
import { givenUp, nothing, type RequestEngine, type StartOptions, type Waiting } from "./request-engine.ts";

export type CallLookup = (slice: Slice, request: LookupRequest, signal: AbortSignal) => Promise<LookupAnswer>;

export interface Lookups {
  /**
   * What was found for each wanted value, in their order.
   * @throws KalError of the call that brings one of them.
   */
  readonly find: (slice: Slice, wanted: readonly Wanted[], cell: Waiting) => Promise<Found[]>;
}

/** Characters of key values in one call: at up to three bytes each within the gateway's body (1 MiB by default). */
const mostCharacters = 300_000;

/** Fields in one call: as many as the gateway takes. */
const mostFields = 100;

/** Refusals that one field among several may have brought about. */
const ofOneField: ReadonlySet<ErrorCode> = new Set(["KAL_FIELD_UNKNOWN", "KAL_REQUEST_INVALID"]);

/** Slices of which found values are kept until the epoch ends, and how many values of each. */
const mostSlices = 50;
const mostFound = 100_000;

/** What is known of a slice in an epoch, by the names of what was wanted, and what is being asked for. */
interface Known {
  readonly epoch: Epoch;
  found: Map<string, Found>;
  readonly asked: Map<string, Batch>;
}

/** What one call asks for; it is complete when the burst is over. */
interface Batch {
  readonly key: string;
  readonly slice: Slice;
  /** By field, the lists of key values. */
  readonly values: Map<string, (readonly KeyValue[])[]>;
  /** Who waits for it. */
  readonly cells: Set<Waiting>;
  /** How the batch itself waits: one cell for the engine, however many there are. */
  readonly waiting: Waiting;
  readonly asked: Map<string, Batch>;
  answer: Promise<Answer>;
  characters: number;
}

interface Answer {
  readonly found: ReadonlyMap<string, Found>;
  /** By field, where the call failed because of single ones. */
  readonly failures?: ReadonlyMap<string, unknown>;
}

export function createLookups(engine: RequestEngine, call: CallLookup): Lookups {
  const known = new LRUCache<string, Known>({ max: mostSlices });
  /** By slice, the batch that still takes values. */
  const open = new Map<string, Batch>();
  let lastBatch = 0;
  let burst: Promise<void> | undefined;

  function endOfBurst(): Promise<void> {
    burst ??= new Promise<void>(afterBurst).then(() => {
      burst = undefined;
      open.clear();
    });
    return burst;
  }

  /** What an epoch knows of a slice; while paused, what any epoch knew. */
  function knownOf({ key }: Slice, epoch: Epoch): Known {
    const before = known.get(key);
    if (before && (before.epoch === epoch || engine.paused)) {
      if (before.found.size >= mostFound) before.found = new Map();
      return before;
    }
    const fresh = { epoch, found: new Map<string, Found>(), asked: new Map<string, Batch>() };
    known.set(key, fresh);
    return fresh;
  }

  /** The batch that asks for a value: one under way, or this burst's. */
  function batchFor(slice: Slice, { asked }: Known, name: string, { field, values }: Wanted): Batch {
    const before = asked.get(name);
    if (before) return before;
    let batch = open.get(slice.key);
    if (!batch || batch.asked !== asked || isFull(batch, field)) {
      batch = openBatch(slice, asked);
      open.set(slice.key, batch);
    }
    asked.set(name, batch);
    batch.characters += name.length;
    const lists = batch.values.get(field);
    if (lists) lists.push(values);
    else batch.values.set(field, [values]);
    return batch;
  }

  function openBatch(slice: Slice, asked: Map<string, Batch>): Batch {
    const batch: Batch = {
      key: `${slice.key} ${++lastBatch}`,
      slice,
      values: new Map(),
      cells: new Set(),
      waiting: {},
      asked,
      answer: endOfBurst().then(() => {
        if (batch.cells.size > 0) return ask(batch);
        close(batch);
        throw givenUp();
      }),
      characters: 0,
    };
    // Cells may have left before anybody looks.
    batch.answer.catch(nothing);
    return batch;
  }

  /** A cell joins those that wait; where the others have left, the call is taken up again. */
  function join(batch: Batch, cell: Waiting): Promise<Answer> {
    const isLeft = batch.cells.size === 0 && open.get(batch.slice.key) !== batch;
    batch.cells.add(cell);
    if (isLeft) batch.answer = ask(batch);
    return batch.answer;
  }

  function leave(batch: Batch, cell: Waiting): void {
    if (batch.cells.delete(cell) && batch.cells.size === 0) batch.waiting.onCanceled?.();
  }

  /** Nothing joins it any more. */
  function close(batch: Batch): void {
    for (const [field, lists] of batch.values) {
      for (const values of lists) {
        const name = nameOf({ field, values });
        if (batch.asked.get(name) === batch) batch.asked.delete(name);
      }
    }
  }

  /** Asks for a batch; where one field of several is mistyped, the others are asked for without it. */
  async function ask(batch: Batch): Promise<Answer> {
    try {
      return { found: await askFor(batch, batch.key, batch.values, batch.waiting) };
    } catch (error) {
      const isOfOneField = error instanceof KalError && ofOneField.has(error.code);
      if (!isOfOneField || batch.values.size < 2) throw error;
      return await askApart(batch);
    } finally {
      close(batch);
    }
  }

  async function askApart(batch: Batch): Promise<Answer> {
    const found = new Map<string, Found>();
    const failures = new Map<string, unknown>();
    const parts = Array.from(batch.values, ([field, lists]) => {
      const waiting: Waiting = {};
      return { field, lists, waiting };
    });
    batch.waiting.onCanceled = () => parts.forEach(({ waiting }) => waiting.onCanceled?.());
    const asks = parts.map(async ({ field, lists, waiting }) => {
      try {
        const part = await askFor(batch, `${batch.key} ${field}`, new Map([[field, lists]]), waiting);
        for (const [name, one] of part) found.set(name, one);
      } catch (error) {
        failures.set(field, error);
      }
    });
    await Promise.all(asks);
    return { found, failures };
  }

  function askFor(
    { slice }: Batch,
    key: string,
    values: WantedValues,
    waiting: Waiting,
  ): Promise<ReadonlyMap<string, Found>> {
    const start = async ({ signal, maxAge, epoch }: StartOptions) => {
      // Of the epoch that is asked in: what comes after a refresh has begun would pass for new there.
      const { found: memory } = knownOf(slice, epoch);
      const answer = await call(slice, bodyOf(slice, values, maxAge), signal);
      const found = foundIn(answer, values, epoch);
      for (const [name, one] of found) memory.set(name, one);
      return found;
    };
    const topic = [slice.key, ...values.keys()].join(" ");
    return engine.share({ key, ticket: slice.connection.ticket, topic, start }, waiting);
  }

  return {
    async find(slice, wanted, cell) {
      const names = wanted.map(nameOf);
      for (;;) {
        const memory = knownOf(slice, engine.epochOf(slice.connection.ticket));
        const found = names.map((name) => memory.found.get(name));
        if (!found.includes(undefined)) return found as Found[];
        if (cell.isInValuePreview) throw givenUp();
        const batches: Batch[] = [];
        found.forEach((one, at) => {
          if (one) return;
          const batch = batchFor(slice, memory, names[at]!, wanted[at]!);
          if (batches.at(-1) !== batch && !batches.includes(batch)) batches.push(batch);
        });
        let left = false;
        cell.onCanceled = () => {
          left = true;
          batches.forEach((batch) => leave(batch, cell));
        };
        const answers = await Promise.all(batches.map((batch) => join(batch, cell)));
        cell.onCanceled = nothing;
        if (left) throw givenUp();
        const all = found.map((one, at) => one ?? pick(answers, names[at]!, wanted[at]!));
        // Where somebody has refreshed meanwhile, some may be of another time than others.
        if (engine.paused || all.every(({ epoch }) => epoch === all[0]?.epoch)) return all;
      }
    },
  };
}

function isFull({ characters, values }: Batch, field: string): boolean {
  return characters > mostCharacters || (values.size >= mostFields && !values.has(field));
}

function pick(answers: readonly Answer[], name: string, { field }: Wanted): Found {
  for (const { found, failures } of answers) {
    const one = found.get(name);
    if (one) return one;
    if (failures?.has(field)) throw failures.get(field);
  }
  throw incomplete();
}
