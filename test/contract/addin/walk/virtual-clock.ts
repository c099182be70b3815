/**
 * A clock that a test controls: minutes of Excel take milliseconds.
 * @module
 */
import type { Clock } from "../../../../src/workbench/excel-host/node/page-tasks.ts";

export interface VirtualClock extends Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Lets time pass and runs due timers in order. */
  readonly pass: (ms: number) => Promise<void>;
  /** Lets time pass until the work is done. @throws Error after ten minutes */
  readonly passUntil: <Result>(work: Promise<Result>) => Promise<Result>;
}

/** Rounds of Node's event loop after which messages, streams and promises have settled. */
const roundsToRest = 10;

async function rest(): Promise<void> {
  for (let round = 0; round < roundsToRest; round++) await new Promise(setImmediate);
}

/** The step of time while waiting, and the maximum wait. Milliseconds. */
const step = 100;
const maxMs = 600_000;
const maxParts = 30;

/** @param start milliseconds since the epoch */
export function createVirtualClock(start: number): VirtualClock {
  let time = start;
  let lastId = 0;
  const timers = new Map<
    number,
    { readonly at: number; readonly run: () => void; readonly every?: number }
  >();

  function add(run: () => void, delay: number, every?: number): number {
    timers.set(++lastId, { at: time + Math.max(1, delay), run, ...(every !== undefined && { every }) });
    return lastId;
  }

  /** Ids of the timers that are due first. */
  function next(until: number): number[] {
    let first = until;
    let ids: number[] = [];
    for (const [id, { at }] of timers) {
      if (at > first) continue;
      if (at < first) ids = [];
      first = at;
      ids.push(id);
    }
    return ids;
  }

  class PageDate extends Date {
    constructor(...given: [] | [number | string | Date]) {
      super(...(given.length === 0 ? ([time] as const) : (given as [number])));
    }
    static override now(): number {
      return time;
    }
  }

  /** In steps, so that everything started by one step settles before the next. */
  async function pass(ms: number): Promise<void> {
    const until = time + ms;
    const part = Math.max(step, ms / maxParts);
    while (time < until) await passPart(Math.min(until, time + part));
    await rest();
  }

  async function passPart(until: number): Promise<void> {
    await rest();
    for (let ids = next(until); ids.length > 0; ids = next(until)) {
      for (const id of ids) {
        const timer = timers.get(id);
        if (!timer) continue;
        time = Math.max(time, timer.at);
        if (timer.every === undefined) timers.delete(id);
        else timers.set(id, { ...timer, at: timer.at + timer.every });
        timer.run();
      }
      await rest();
    }
    time = until;
  }

  async function passUntil<Result>(work: Promise<Result>): Promise<Result> {
    let isOver = false;
    const over = () => void (isOver = true);
    work.then(over, over);
    await rest();
    for (let waited = 0; !isOver; waited += step) {
      if (waited > maxMs) throw new Error("It does not end.");
      await pass(step);
    }
    return work;
  }

  return {
    now: () => time,
    setTimeout: (run, delay) => add(run, delay),
    clearTimeout: (id: number) => void timers.delete(id),
    setInterval: (run, delay) => add(run, delay, Math.max(1, delay)),
    clearInterval: (id: number) => void timers.delete(id),
    performance: { now: () => time - start },
    Date: PageDate as unknown as DateConstructor,
    pass,
    passUntil,
  };
}
