/**
 * Combines the lookups of many cells into few calls: one call per batch window and slice. Each value is requested
 * once, and cached values are not requested again.
 * @module
 */
import { createBoundedMap } from "./bounded-map.ts";
import type { Generation } from "./generations.ts";
import { addToBatch, type CallLookup, closeBatch, createAsk } from "./lookup-batch.ts";
import { type Batch, type EntryAnswer, type Slice, type LookupEntry, type LookupKey } from "./lookup-call.ts";
import { givenUp, nothing, type RequestEngine, type Waiting } from "./request-engine.ts";
import { incomplete } from "../session/gateway-answers.ts";
import { createLookupEntries, type LookupEntries } from "./lookup-entries.ts";

export interface Lookups {
  /**
   * Resolves with the answers in the order of `lookupKeys`.
   * @throws KalError of the call; AbortError when the cell is cancelled
   */
  readonly find: (slice: Slice, lookupKeys: readonly LookupKey[], cell: Waiting) => Promise<EntryAnswer[]>;
}

/** Maximum number of slices with cached entries. */
const maxSlices = 50;

/** The cache of a slice in a generation. */
interface Known {
  readonly generation: Generation;
  readonly entries: LookupEntries;
  /** The batch that more entries can join. */
  open: Batch | undefined;
}

/** @param atEnd runs a task at the end of the batch window */
export function createLookups(
  engine: RequestEngine,
  call: CallLookup,
  atEnd: (task: () => void) => void,
): Lookups {
  const known = createBoundedMap<Known>(maxSlices);
  const ask = createAsk(engine, call, keep);
  let lastBatch = 0;
  let window: Promise<void> | undefined;

  function endOfWindow(): Promise<void> {
    window ??= new Promise<void>(atEnd).then(() => (window = undefined));
    return window;
  }

  /** The cache of a slice for this generation; while paused, its cache of any generation. */
  function knownOf({ key }: Slice, generation: Generation): Known {
    const before = known.get(key);
    if (before && (before.generation === generation || engine.paused)) {
      engine.hasGivenOld ||= before.generation !== generation;
      return before;
    }
    const fresh: Known = { generation, entries: createLookupEntries(), open: undefined };
    known.set(key, fresh);
    return fresh;
  }

  /**
   * Caches answers in the newer generation for which they were requested, even if the cells belong to an older one.
   */
  function keep(slice: Slice, generation: Generation, answered: readonly LookupEntry[]): void {
    const newest = known.get(slice.key);
    if (newest && newest.generation.number > generation.number) return;
    const { entries } = knownOf(slice, generation);
    for (const entry of answered) entries.of(entry).answer = entry.answer;
  }

  /** The batch of an entry: the one in flight, or the one of this batch window. */
  function batchFor(slice: Slice, memory: Known, entry: LookupEntry): Batch {
    if (entry.batch) return entry.batch;
    if (!memory.open || !addToBatch(memory.open, entry)) {
      memory.open = openBatch(slice, memory);
      addToBatch(memory.open, entry);
    }
    return memory.open;
  }

  function openBatch(slice: Slice, memory: Known): Batch {
    const batch: Batch = {
      key: `${slice.key} ${++lastBatch}`,
      slice,
      generation: memory.generation,
      byField: new Map(),
      cells: 0,
      waiting: {},
      isComplete: false,
      answer: endOfWindow().then(() => {
        batch.isComplete = true;
        if (memory.open === batch) memory.open = undefined;
        if (batch.cells > 0) return ask(batch);
        closeBatch(batch);
        throw givenUp();
      }),
      failures: new Map(),
      characters: 0,
    };
    // Prevents an unhandled rejection: all cells may be cancelled before anybody awaits it.
    batch.answer.catch(nothing);
    return batch;
  }

  /** Adds a cell. If all cells had left, the call is made again. */
  function join(batch: Batch): Promise<void> {
    batch.cells += 1;
    if (batch.isComplete && batch.cells === 1) batch.answer = ask(batch);
    return batch.answer;
  }

  function leave(batch: Batch): void {
    batch.cells -= 1;
    if (batch.cells === 0) batch.waiting.onCanceled?.();
  }

  function find(slice: Slice, lookupKeys: readonly LookupKey[], cell: Waiting): Promise<EntryAnswer[]> {
    const memory = knownOf(slice, engine.generationOf(slice.connection.ticket));
    memory.entries.makeRoom();
    const entries = lookupKeys.map(memory.entries.of);
    const known = entries.flatMap(({ answer }) => answer ?? []);
    if (known.length === entries.length) return Promise.resolve(known);
    if (cell.isInValuePreview) return Promise.reject(givenUp());

    const missing = entries.length === 1 ? entries : entries.filter(({ answer }) => !answer);
    const asked = missing.map((lookupEntry) => batchFor(slice, memory, lookupEntry));
    const batches = asked.length === 1 ? asked : [...new Set(asked)];
    let hasLeft = false;
    cell.onCanceled = () => {
      hasLeft = true;
      cell.onCanceled = nothing;
      batches.forEach(leave);
    };
    const [first] = batches;
    const answer = first && batches.length === 1 ? join(first) : Promise.all(batches.map(join));
    return answer.then(
      () => {
        cell.onCanceled = nothing;
        if (hasLeft) throw givenUp();
        const all = entries.map((entry) => answerFor(entry, batches));
        // If a refresh came meanwhile, some answers may belong to an older generation than others.
        const isOfOneTime = all.every(({ generation }) => generation === all[0]?.generation);
        return isOfOneTime || engine.paused ? all : find(slice, lookupKeys, cell);
      },
      (error: unknown) => {
        cell.onCanceled = nothing;
        throw error;
      },
    );
  }

  return { find };
}

function answerFor({ field, answer }: LookupEntry, batches: readonly Batch[]): EntryAnswer {
  if (answer) return answer;
  const failed = batches.find(({ failures }) => failures.has(field));
  throw failed ? failed.failures.get(field) : incomplete();
}
