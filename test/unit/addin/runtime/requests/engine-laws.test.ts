/**
 * Laws of the request engine, whatever cells, people and the service do in whatever order.
 */
import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Generation } from "../../../../../src/addin/runtime/requests/generations.ts";
import {
  createRequestEngine,
  type RequestEngine,
  type StartOptions,
  type Waiting,
} from "../../../../../src/addin/runtime/requests/request-engine.ts";
import { KalError } from "../../../../../src/kalibrate/errors.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What can happen; numbers choose among what there is. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("call" as const), what: fc.nat(7) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("answer" as const), what: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("fail" as const), what: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cancel" as const), what: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("refresh" as const), what: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("connect" as const), what: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const), what: fc.nat(400_000) }) },
);

/** A call of the service, under way; the version is that of the data when it was made. */
interface Open {
  readonly version: number;
  readonly startedAt: number;
  readonly signal: AbortSignal;
  readonly end: (result: Answer | Error) => void;
  isOver: boolean;
}

/** What a call brings: the version and the time of its data. */
interface Answer {
  readonly version: number;
  readonly startedAt: number;
}

/** A cell that has called. */
interface Cell {
  readonly waiting: Waiting;
  /** Of the data when it called: its answer is never older. */
  readonly version: number;
  /** When its generation began: its answer is from then or later. */
  readonly epochAt: number;
  isCanceled: boolean;
  answer?: Answer | Error;
}

class World {
  readonly engine: RequestEngine = createRequestEngine(Date.now);
  readonly calls: Open[] = [];
  readonly cells: Cell[] = [];
  /** Counts refreshes and connects, after which nothing older may be shown. */
  version = 0;
  ticket = 0;
  refreshes = 0;
  /** Calls that were made again though nobody had refreshed. */
  idle = 0;

  open(): Open[] {
    return this.calls.filter(({ isOver }) => !isOver);
  }

  call(what: number): void {
    const epochAt = this.engine.generationOf(String(this.ticket)).startedAt;
    const cell: Cell = { waiting: {}, version: this.version, epochAt, isCanceled: false };
    this.cells.push(cell);
    let startedAfter = -1;
    const start = ({ signal }: StartOptions) =>
      new Promise<Answer>((resolve, reject) => {
        if (startedAfter === this.refreshes) this.idle += 1;
        startedAfter = this.refreshes;
        const call: Open = {
          version: this.version,
          startedAt: Date.now(),
          signal,
          isOver: false,
          end: (result) => {
            call.isOver = true;
            if (result instanceof Error) reject(result);
            else resolve(result);
          },
        };
        signal.addEventListener("abort", () => call.end(signal.reason as Error));
        this.calls.push(call);
      });
    const key = `${this.ticket} ${what}`;
    const more = what === 7 ? { isQuick: true } : { weigh: () => 1 };
    this.engine.share({ key, ticket: String(this.ticket), start, ...more }, cell.waiting).then(
      (answer) => (cell.answer = answer),
      (error: Error) => (cell.answer = error),
    );
  }

  do({ do: action, what }: { do: string; what: number }): void {
    const open = this.open();
    const chosen = open[what % Math.max(1, open.length)];
    const waiting = this.cells.filter(({ answer, isCanceled }) => !answer && !isCanceled);
    const cell = waiting[what % Math.max(1, waiting.length)];
    if (action === "call") this.call(what);
    if (action === "answer") chosen?.end(chosen);
    if (action === "fail") chosen?.end(new KalError("KAL_UPSTREAM_DOWN"));
    if (action === "cancel" && cell) {
      cell.isCanceled = true;
      cell.waiting.onCanceled?.();
    }
    if (action === "refresh") {
      this.version += 1;
      this.refreshes += 1;
      this.engine.refresh();
    }
    if (action === "connect") {
      this.version += 1;
      this.ticket += 1;
    }
  }
}

it("every call settles, nothing older than its cell's generation is shown, nobody is asked for nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
      const world = new World();
      for (const step of steps) {
        world.do(step);
        await vi.advanceTimersByTimeAsync(step.do === "wait" ? step.what : 0);
        expect(world.open().length).toBeLessThanOrEqual(6);
      }
      // When the grace of those that have left is over, only what somebody waits for is under way.
      await vi.advanceTimersByTimeAsync(1000);
      const waiting = world.cells.filter(({ answer, isCanceled }) => !answer && !isCanceled);
      if (waiting.length === 0) expect(world.open()).toEqual([]);

      for (let round = 0; round < 100 && world.open().length > 0; round++) {
        for (const call of world.open()) call.end(call);
        await vi.advanceTimersByTimeAsync(0);
      }
      for (const { answer, version, epochAt, isCanceled } of world.cells) {
        if (isCanceled) continue;
        expect(answer).toBeDefined();
        if (answer instanceof Error) continue;
        expect(answer!.version).toBeGreaterThanOrEqual(version);
        expect(answer!.startedAt).toBeGreaterThanOrEqual(epochAt);
      }
      expect(world.idle).toBe(0);
    }),
    { numRuns: 300 },
  );
});

it("cells that call in one generation are shown the same, whatever fails or is cancelled between them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const world = new World();
      for (const step of steps.filter((each) => each.do !== "wait")) {
        world.do(step);
        await vi.advanceTimersByTimeAsync(0);
      }
      world.do({ do: "refresh", what: 0 });
      const before = world.cells.length;
      for (let what = 0; what < 7; what++) for (let cell = 0; cell < 3; cell++) world.call(what);
      for (let round = 0; round < 100 && world.cells.slice(before).some(({ answer }) => !answer); round++) {
        for (const call of world.open()) call.end(call);
        await vi.advanceTimersByTimeAsync(0);
      }
      const shown = world.cells.slice(before).map(({ answer }) => answer);
      expect(shown.map((answer) => (answer as { version: number }).version)).toEqual(
        shown.map(() => world.version),
      );
    }),
    { numRuns: 200 },
  );
});

it("answers of one generation are at most the age apart that its latest call allowed, however old they are", async () => {
  const moment = fc.record({
    wait: fc.nat(200_000),
    refresh: fc.nat(5),
    age: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(moment, { minLength: 1, maxLength: 40 }), async (moments) => {
      const engine = createRequestEngine(Date.now);
      const answers = new Map<Generation, number[]>();
      for (const [at, { wait, refresh, age }] of moments.entries()) {
        await vi.advanceTimersByTimeAsync(wait);
        if (refresh === 0) engine.refresh();
        const start = async ({ maxAge, generation }: StartOptions) => {
          const maxMilliseconds = Math.round(maxAge * 1000);
          const times = [...(answers.get(generation) ?? []), Date.now() - Math.floor(age * maxMilliseconds)];
          answers.set(generation, times);
          expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(maxMilliseconds);
          expect(maxAge).toBeLessThanOrEqual(600);
        };
        await engine.share({ key: String(at), ticket: "t", start }, {});
      }
    }),
  );
});

it("a queue in which nothing moves any more fails instead of waiting for ever; one that moves goes on", async () => {
  const engine = createRequestEngine(Date.now);
  const ends: (() => void)[] = [];
  const never = () => new Promise<void>((_, reject) => ends.push(() => reject(new KalError("KAL_TIMEOUT"))));
  const all = Array.from({ length: 100 }, (_, at) =>
    engine.share({ key: `k${at}`, ticket: "t", start: never }, {}),
  );
  const settled = Promise.allSettled(all);
  await vi.advanceTimersByTimeAsync(180_001);
  expect(ends).toHaveLength(5);
  for (const end of ends.splice(0)) end();
  const codes = (await settled).map(
    (promiseSettledResult) =>
      promiseSettledResult.status === "rejected" && (promiseSettledResult.reason as KalError).code,
  );
  expect(codes).toEqual(codes.map(() => "KAL_TIMEOUT"));
  expect(ends).toEqual([]);

  const slow = () => new Promise<number>((resolve) => setTimeout(resolve, 70_000, 1));
  const moving = Array.from({ length: 20 }, (_, at) =>
    engine.share({ key: `s${at}`, ticket: "u", start: slow }, {}),
  );
  const done = Promise.all(moving);
  await vi.advanceTimersByTimeAsync(290_000);
  expect(await done).toEqual(moving.map(() => 1));
});

it("what office.js keeps of a call holds nothing of its answer", async () => {
  const engine = createRequestEngine(Date.now);
  const cells: Waiting[] = [{}, {}];
  await Promise.all(cells.map((cell) => engine.share({ key: "a", ticket: "t", start: async () => 1 }, cell)));
  await vi.advanceTimersByTimeAsync(0);
  expect(cells[0]!.onCanceled).toBe(cells[1]!.onCanceled);
});

it("a preview is answered from memory, and asks nobody", async () => {
  const engine = createRequestEngine(Date.now);
  const start = vi.fn(async () => 1);
  const request = { key: "a", ticket: "t", start, weigh: () => 1 };
  const preview = { isInValuePreview: "true" };
  await expect(engine.share(request, preview)).rejects.toMatchObject({ name: "AbortError" });
  expect(start).not.toHaveBeenCalled();
  await engine.share(request, {});
  await expect(engine.share(request, preview)).resolves.toBe(1);
  expect(start).toHaveBeenCalledTimes(1);
});
