import { beforeEach, expect, it, vi } from "vitest";
import { createEmitter } from "../../../../../src/addin/runtime/emitter.ts";
import { createSchedule, type ScheduleParts } from "../../../../../src/addin/runtime/workbook/schedule.ts";
import { KalError } from "../../../../../src/kalibrate/errors.ts";

const minute = 60_000;

/** A clock that the test moves. */
function createTestClock(random: number) {
  let now = Date.parse("2026-12-01T08:00:00Z");
  let tasks: { readonly at: number; readonly task: () => void }[] = [];
  return {
    now: () => now,
    steady: () => now,
    random: () => random,
    after(ms: number, task: () => void) {
      const entry = { at: now + ms, task };
      tasks.push(entry);
      return () => void (tasks = tasks.filter((other) => other !== entry));
    },
    async pass(minutes: number) {
      const end = now + minutes * minute;
      for (;;) {
        const [next] = tasks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        tasks = tasks.filter((other) => other !== next);
        now = next.at;
        next.task();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}

const settle = () => new Promise(setImmediate);

function open({ random = 0, inWorkbook = 0, agreed = false } = {}) {
  const clock = createTestClock(random);
  const [sessions, pauses, refreshed] = [createEmitter(), createEmitter(), createEmitter()];
  const state = { isConnected: true, isPaused: false, agreed, problem: undefined as KalError | undefined };
  const saved = new Map<string, unknown>([["KAL.refreshEvery", inWorkbook]]);
  const refresh = vi.fn(async () => ({
    cells: 1,
    tables: [],
    leftSheets: [],
    isManual: false,
    done: Promise.resolve(),
    outcome: () => ({ error: state.problem }),
  }));
  const parts = {
    clock,
    session: { current: () => (state.isConnected ? {} : undefined), onChange: sessions.on },
    settings: {
      read: (key: string) => saved.get(key),
      write: (values: object) => Object.entries(values).forEach(([key, value]) => saved.set(key, value)),
    },
    agreement: { isGiven: () => state.agreed, remember: (isGiven: boolean) => (state.agreed = isGiven) },
    pause: { isPaused: () => state.isPaused, onChange: pauses.on },
    refresh: { refresh },
    dataAsOf: { onChange: refreshed.on },
  };
  const schedule = createSchedule(parts as unknown as ScheduleParts);
  schedule.start();
  return { clock, schedule, refresh, state, sessions, pauses, refreshed, saved };
}

let opened: ReturnType<typeof open>;
beforeEach(() => void (opened = open()));

it("is off until it is chosen", async () => {
  await opened.clock.pass(600);
  expect(opened.refresh).not.toHaveBeenCalled();
  expect(opened.schedule.state()).toMatchObject({ minutes: 0, nextAt: undefined });
});

it("refreshes the workbook every so many minutes, and says when next", async () => {
  const { clock, schedule, refresh, saved } = opened;
  schedule.choose(15);
  expect(saved.get("KAL.refreshEvery")).toBe(15);
  expect(schedule.state()).toMatchObject({ minutes: 15, nextAt: clock.now() + 15 * minute });
  await clock.pass(14);
  expect(refresh).not.toHaveBeenCalled();
  await clock.pass(1);
  expect(refresh).toHaveBeenCalledExactlyOnceWith("workbook");
  const { last, nextAt } = schedule.state();
  expect(last).toEqual({ at: clock.now(), error: undefined });
  expect(nextAt).toBe(clock.now() + 15 * minute);
  await clock.pass(30);
  expect(refresh).toHaveBeenCalledTimes(3);
  schedule.choose(0);
  await clock.pass(600);
  expect(refresh).toHaveBeenCalledTimes(3);
});

it("is spread by up to a tenth, never later than promised", async () => {
  const { clock, schedule, refresh } = open({ random: 0.99 });
  schedule.choose(60);
  await clock.pass(54);
  expect(refresh).not.toHaveBeenCalled();
  await clock.pass(1);
  expect(refresh).toHaveBeenCalledOnce();
});

it("does not run where only somebody else has switched it on", async () => {
  const { clock, schedule, refresh } = open({ inWorkbook: 5 });
  expect(schedule.state()).toMatchObject({ minutes: 0, inWorkbook: 5 });
  await clock.pass(60);
  expect(refresh).not.toHaveBeenCalled();
});

it("goes on where it was switched on here before, and takes nothing else than its choices", async () => {
  const known = open({ inWorkbook: 5, agreed: true });
  await known.clock.pass(5);
  expect(known.refresh).toHaveBeenCalledOnce();
  const unknown = open({ inWorkbook: 1, agreed: true });
  await unknown.clock.pass(60);
  expect(unknown.refresh).not.toHaveBeenCalled();
});

it("waits while disconnected or paused, and then refreshes once", async () => {
  for (const [reason, event] of [
    ["isConnected", "sessions"],
    ["isPaused", "pauses"],
  ] as const) {
    const { clock, schedule, refresh, state, ...events } = open();
    schedule.choose(5);
    state[reason] = reason === "isPaused";
    events[event].emit();
    await clock.pass(60);
    expect(refresh).not.toHaveBeenCalled();
    state[reason] = reason !== "isPaused";
    events[event].emit();
    await settle();
    expect(refresh).toHaveBeenCalledOnce();
  }
});

it("waits for a person after three failures in a row", async () => {
  const { clock, schedule, refresh, state, refreshed } = opened;
  schedule.choose(5);
  state.problem = new KalError("KAL_OFFLINE");
  await clock.pass(10);
  expect(schedule.state()).toMatchObject({ last: { error: { code: "KAL_OFFLINE" } }, isWaiting: false });
  state.problem = undefined;
  await clock.pass(5);
  state.problem = new KalError("KAL_OFFLINE");
  await clock.pass(600);
  expect(refresh).toHaveBeenCalledTimes(6);
  expect(schedule.state()).toMatchObject({ isWaiting: true, nextAt: undefined });
  state.problem = undefined;
  refreshed.emit();
  expect(schedule.state().isWaiting).toBe(false);
  await clock.pass(5);
  expect(refresh).toHaveBeenCalledTimes(7);
});

it("counts a table that keeps its old rows, and a refusal of Excel’s, as failures", async () => {
  const { clock, schedule, refresh } = opened;
  schedule.choose(5);
  vi.stubGlobal("OfficeExtension", { Error });
  refresh.mockRejectedValueOnce(new Error("The sheet is protected."));
  await clock.pass(5);
  expect(schedule.state().last).toMatchObject({ error: { code: "KAL_EXCEL_REFUSED" } });
  const error = new KalError("KAL_NO_ROOM");
  refresh.mockResolvedValueOnce({ tables: [{ name: "KAL_price", error }] } as never);
  await clock.pass(5);
  expect(schedule.state().last?.error).toBe(error);
});

it("does not wait for ever for cells that Excel does not call again", async () => {
  const { clock, schedule, refresh } = opened;
  schedule.choose(5);
  refresh.mockResolvedValueOnce({
    tables: [],
    done: new Promise(() => undefined),
    outcome: () => ({}),
  } as never);
  await clock.pass(5);
  expect(schedule.state().isRunning).toBe(true);
  await clock.pass(5);
  expect(schedule.state()).toMatchObject({ isRunning: false, last: { error: undefined } });
  await clock.pass(5);
  expect(refresh).toHaveBeenCalledTimes(2);
});
