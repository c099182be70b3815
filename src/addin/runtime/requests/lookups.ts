/**
 * Lookups of many cells as few calls: all that one burst asks of one slice goes out together, each value once, and
 * what is known already is not asked for.
 * @module
 */
import { createBoundedMap } from "./bounded-map.ts";
import { afterBurst } from "./burst.ts";
import type { Epoch } from "./epochs.ts";
import { addToBatch, type CallLookup, closeBatch, createAsk } from "./lookup-batch.ts";
import { type Batch, type Found, incomplete, type Slice, type Sought, type Wanted } from "./lookup-call.ts";
import { givenUp, nothing, type RequestEngine, type Waiting } from "./request-engine.ts";
import { createSoughtValues, type SoughtValues } from "./sought-values.ts";

export interface Lookups {
  /**
   * What was found for each wanted value, in their order.
   * @throws KalError of the call that brings one of them.
   */
  readonly find: (slice: Slice, wanted: readonly Wanted[], cell: Waiting) => Promise<Found[]>;
}

/** Slices of which found values are kept until the epoch ends. */
const mostSlices = 50;

/** What is known of a slice in an epoch. */
interface Known {
  readonly epoch: Epoch;
  readonly sought: SoughtValues;
  /** The batch that still takes values. */
  open: Batch | undefined;
}

export function createLookups(engine: RequestEngine, call: CallLookup): Lookups {
  const known = createBoundedMap<Known>(mostSlices);
  const ask = createAsk(engine, call, keep);
  let lastBatch = 0;
  let burst: Promise<void> | undefined;

  function endOfBurst(): Promise<void> {
    burst ??= new Promise<void>(afterBurst).then(() => (burst = undefined));
    return burst;
  }

  /** What an epoch knows of a slice; while paused, what any epoch knew. */
  function knownOf({ key }: Slice, epoch: Epoch): Known {
    const before = known.get(key);
    if (before && (before.epoch === epoch || engine.paused)) {
      engine.hasGivenOld ||= before.epoch !== epoch;
      return before;
    }
    const fresh: Known = { epoch, sought: createSoughtValues(), open: undefined };
    known.set(key, fresh);
    return fresh;
  }

  /** Keeps for a later epoch what cells of one before have waited for. */
  function keep(slice: Slice, epoch: Epoch, found: readonly Sought[]): void {
    const newest = known.get(slice.key);
    if (newest && newest.epoch.number > epoch.number) return;
    const { sought } = knownOf(slice, epoch);
    for (const one of found) sought.of(one).found = one.found;
  }

  /** The batch that asks for a value: one under way, or this burst's. */
  function batchFor(slice: Slice, memory: Known, sought: Sought): Batch {
    if (sought.batch) return sought.batch;
    if (!memory.open || !addToBatch(memory.open, sought)) {
      memory.open = openBatch(slice, memory);
      addToBatch(memory.open, sought);
    }
    return memory.open;
  }

  function openBatch(slice: Slice, memory: Known): Batch {
    const batch: Batch = {
      key: `${slice.key} ${++lastBatch}`,
      slice,
      epoch: memory.epoch,
      byField: new Map(),
      cells: 0,
      waiting: {},
      isComplete: false,
      answer: endOfBurst().then(() => {
        batch.isComplete = true;
        if (memory.open === batch) memory.open = undefined;
        if (batch.cells > 0) return ask(batch);
        closeBatch(batch);
        throw givenUp();
      }),
      failures: new Map(),
      characters: 0,
    };
    // Cells may have left before anybody looks.
    batch.answer.catch(nothing);
    return batch;
  }

  /** A cell joins those that wait; where the others have left, the call is taken up again. */
  function join(batch: Batch): Promise<void> {
    batch.cells += 1;
    if (batch.isComplete && batch.cells === 1) batch.answer = ask(batch);
    return batch.answer;
  }

  function leave(batch: Batch): void {
    batch.cells -= 1;
    if (batch.cells === 0) batch.waiting.onCanceled?.();
  }

  function find(slice: Slice, wanted: readonly Wanted[], cell: Waiting): Promise<Found[]> {
    const memory = knownOf(slice, engine.epochOf(slice.connection.ticket));
    memory.sought.makeRoom();
    const sought = wanted.map(memory.sought.of);
    if (sought.every(({ found }) => found)) return Promise.resolve(sought.map(({ found }) => found!));
    if (cell.isInValuePreview) return Promise.reject(givenUp());

    const missing = sought.length === 1 ? sought : sought.filter(({ found }) => !found);
    const asked = missing.map((one) => batchFor(slice, memory, one));
    const batches = asked.length === 1 ? asked : [...new Set(asked)];
    let hasLeft = false;
    cell.onCanceled = () => {
      hasLeft = true;
      cell.onCanceled = nothing;
      batches.forEach(leave);
    };
    const [first] = batches;
    const answer = batches.length === 1 ? join(first!) : Promise.all(batches.map(join));
    return answer.then(
      () => {
        cell.onCanceled = nothing;
        if (hasLeft) throw givenUp();
        const all = sought.map((one) => foundFor(one, batches));
        // Where somebody has refreshed meanwhile, some may be of another time than others.
        const isOfOneTime = all.every(({ epoch }) => epoch === all[0]?.epoch);
        return isOfOneTime || engine.paused ? all : find(slice, wanted, cell);
      },
      (error: unknown) => {
        cell.onCanceled = nothing;
        throw error;
      },
    );
  }

  return { find };
}

function foundFor({ field, found }: Sought, batches: readonly Batch[]): Found {
  if (found) return found;
  const failed = batches.find(({ failures }) => failures.has(field));
  throw failed ? failed.failures.get(field) : incomplete();
}
