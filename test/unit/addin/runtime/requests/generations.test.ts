import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  createRequestEngine,
  type StartOptions,
} from "../../../../../src/addin/runtime/requests/request-engine.ts";
import { KalError } from "../../../../../src/kalibrate/errors.ts";
import { createSteadyClock } from "../../../../../src/kalibrate/steady-clock.ts";
import { cell, kept, minute, openCall, request } from "./requests.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const turn = () => vi.advanceTimersByTimeAsync(0);

describe("generations", () => {
  it("keep their answers until they are five minutes old", async () => {
    const { share } = createRequestEngine(Date.now);
    const start = vi.fn(async () => 1);
    await share(request(start, kept), cell());
    await vi.advanceTimersByTimeAsync(4 * minute);
    await share(request(start, kept), cell());
    expect(start).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2 * minute);
    await share(request(start, kept), cell());
    expect(start).toHaveBeenCalledTimes(2);
  });

  it("end with a refresh, which no cache on the way may answer", async () => {
    const engine = createRequestEngine(Date.now);
    const ages: number[] = [];
    const start = async ({ maxAge }: StartOptions) => void ages.push(maxAge);
    await engine.share(request(start, kept), cell());
    engine.refresh();
    await engine.share(request(start, kept), cell());
    await vi.advanceTimersByTimeAsync(2500);
    await engine.share(request(start, { ...kept, key: "b" }), cell());
    expect(ages).toEqual([300, 0, 2.5]);
  });

  it("give nothing from before a refresh to a cell that waited through it", async () => {
    const engine = createRequestEngine(Date.now);
    const { calls, start } = openCall();
    const answer = engine.share(request(start, kept), cell());
    await turn();
    engine.refresh();
    calls[0]?.resolve("old");
    await turn();
    expect(calls).toHaveLength(2);
    calls[1]?.resolve("new");
    expect(await answer).toBe("new");
    expect(await engine.share(request(start, kept), cell())).toBe("new");
  });

  it("give no failure from before a refresh to a cell that calculates after it", async () => {
    const engine = createRequestEngine(Date.now);
    let fail: (error: Error) => void = () => {};
    const start = vi
      .fn(async () => "new")
      .mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)));
    const before = engine.share(request(start, kept), cell());
    await turn();
    engine.refresh();
    const after = engine.share(request(start, kept), cell());
    fail(new KalError("KAL_OFFLINE"));
    expect(await Promise.all([before, after])).toEqual(["new", "new"]);
  });

  it("that grow old while a call is under way do not ask again, and share it with nobody of the next", async () => {
    const engine = createRequestEngine(Date.now);
    const { calls, start } = openCall();
    const first = [engine.share(request(start, kept), cell())];
    await vi.advanceTimersByTimeAsync(4 * minute);
    first.push(engine.share(request(start, kept), cell()));
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2 * minute);
    const second = [engine.share(request(start, kept), cell()), engine.share(request(start, kept), cell())];
    await turn();
    expect(calls).toHaveLength(2);
    calls[1]?.resolve("of the second");
    expect(await Promise.all(second)).toEqual(["of the second", "of the second"]);
    calls[0]?.resolve("of the first");
    expect(await Promise.all(first)).toEqual(["of the first", "of the first"]);
    expect(await engine.share(request(start, kept), cell())).toBe("of the second");
    expect(calls).toHaveLength(2);
  });

  it("that grow old leave a failure a failure, and a call that nobody waits for ends", async () => {
    const engine = createRequestEngine(Date.now);
    const { calls, start } = openCall();
    const left = cell();
    const old = engine.share(request(start), left).catch(() => "aborted");
    await vi.advanceTimersByTimeAsync(6 * minute);
    const young = engine.share(request(start), cell());
    await turn();
    left.onCanceled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.map(({ options }) => options.signal.aborted)).toEqual([true, false]);
    calls[1]?.resolve(2);
    expect([await old, await young]).toEqual(["aborted", 2]);

    let fail: (error: Error) => void = () => {};
    const failing = vi.fn(() => new Promise<never>((_, reject) => (fail = reject)));
    const failed = engine.share(request(failing, { key: "b" }), cell());
    await vi.advanceTimersByTimeAsync(6 * minute);
    fail(new KalError("KAL_SESSION_ENDED"));
    await expect(failed).rejects.toMatchObject({ code: "KAL_SESSION_ENDED" });
    expect(failing).toHaveBeenCalledTimes(1);
  });

  it("end when the computer has slept, and go on at their pace when its clock has been put back", async () => {
    let wall = 50_000_000;
    let ticks = 0;
    const engine = createRequestEngine(
      createSteadyClock(
        () => wall,
        () => ticks,
      ),
    );
    const start = vi.fn(async () => 1);
    const ask = () => engine.share(request(start, kept), cell());
    const pass = (minutes: number) => {
      wall += minutes * minute;
      ticks += minutes * minute;
    };
    await ask();
    wall += 9 * 60 * minute;
    await ask();
    await ask();
    expect(start).toHaveBeenCalledTimes(2);
    wall -= 9 * 60 * minute;
    pass(4);
    await ask();
    expect(start).toHaveBeenCalledTimes(2);
    pass(2);
    await ask();
    expect(start).toHaveBeenCalledTimes(3);
    wall -= 9 * 60 * minute;
    wall += 9 * 60 * minute;
    await ask();
    expect(start).toHaveBeenCalledTimes(3);
  });

  it("begun by a refresh are told to all caches, also where a connection is first asked a while later", async () => {
    const engine = createRequestEngine(Date.now);
    engine.refresh();
    await vi.advanceTimersByTimeAsync(4 * minute);
    const start = vi.fn(async ({ maxAge }: StartOptions) => maxAge);
    expect(await engine.share(request(start, kept), cell())).toBe(240);
    await vi.advanceTimersByTimeAsync(2 * minute);
    expect(await engine.share(request(start, kept), cell())).toBe(300);
  });

  it("ask for data since the refresh when the clock has been put back", async () => {
    let wall = 50_000_000;
    let ticks = 0;
    const engine = createRequestEngine(
      createSteadyClock(
        () => wall,
        () => ticks,
      ),
    );
    const start = vi.fn(async ({ maxAge }: StartOptions) => maxAge);
    engine.refresh();
    expect(await engine.share(request(start), cell())).toBe(0);
    wall -= 120 * minute;
    ticks += minute;
    expect(await engine.share(request(start), cell())).toBe(60);
  });
});
