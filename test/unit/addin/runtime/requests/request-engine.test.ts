import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRequestEngine } from "../../../../../src/addin/runtime/requests/request-engine.ts";
import { type ErrorCode, KalError } from "../../../../../src/kalibrate/errors.ts";
import { createSteadyClock } from "../../../../../src/kalibrate/steady-clock.ts";
import { cell, kept, minute, openCall, request } from "./requests.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const turn = () => vi.advanceTimersByTimeAsync(0);

describe("sharing", () => {
  it("makes one call of equal ones in flight", async () => {
    const { share } = createRequestEngine(Date.now);
    const start = vi.fn(async () => ({ value: 1 }));
    const answers = await Promise.all(Array.from({ length: 200 }, () => share(request(start), cell())));
    expect(start).toHaveBeenCalledTimes(1);
    expect(new Set(answers).size).toBe(1);
  });

  it("asks again for what is not weighed, and answers from memory what is", async () => {
    const { share } = createRequestEngine(Date.now);
    const start = vi.fn(async () => ({ value: 1 }));
    await share(request(start), cell());
    await share(request(start, kept), cell());
    expect(start).toHaveBeenCalledTimes(2);
    await share(request(start, kept), cell());
    expect(start).toHaveBeenCalledTimes(2);
  });

  it("keeps no more than six calls open, one of them for small questions", async () => {
    const { share } = createRequestEngine(Date.now);
    let open = 0;
    let most = 0;
    const finish: (() => void)[] = [];
    const start = () => {
      open += 1;
      most = Math.max(most, open);
      return new Promise<void>((resolve) => finish.push(resolve)).then(() => void (open -= 1));
    };
    const all = Array.from({ length: 30 }, (_, at) =>
      share(request(start, { key: `k${at}`, isQuick: at >= 20 }), cell()),
    );
    await turn();
    expect(open).toBe(6);
    while (open > 0) {
      finish.splice(0).forEach((resolve) => resolve());
      await turn();
    }
    await Promise.all(all);
    expect(most).toBe(6);
  });

  it("forgets the oldest answer when memory is full", async () => {
    const { share } = createRequestEngine(Date.now);
    const start = vi.fn(async () => 1);
    const big = (key: string) => share(request(start, { key, weigh: () => 1_200_000 }), cell());
    for (const key of ["a", "b", "c", "b", "c"]) await big(key);
    expect(start).toHaveBeenCalledTimes(3);
    await big("a");
    expect(start).toHaveBeenCalledTimes(4);
  });
});

describe("leaving", () => {
  it("aborts a call only when the last cell has left and none came back", async () => {
    const { share } = createRequestEngine(Date.now);
    const { calls, start } = openCall();
    const [first, second, third] = [cell(), cell(), cell()];
    const answers = [share(request(start), first), share(request(start), second)];
    await turn();
    const isAborted = () => calls[0]?.options.signal.aborted;
    first.onCanceled();
    first.onCanceled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(isAborted()).toBe(false);

    second.onCanceled();
    answers.push(share(request(start), third));
    await vi.advanceTimersByTimeAsync(1000);
    expect(isAborted()).toBe(false);

    third.onCanceled();
    const settled = Promise.allSettled(answers);
    await vi.advanceTimersByTimeAsync(1000);
    expect(isAborted()).toBe(true);
    expect((await settled).every(({ status }) => status === "rejected")).toBe(true);
  });

  it("lets a call that was given up leave nothing behind", async () => {
    const { share } = createRequestEngine(Date.now);
    const { start } = openCall();
    const left = cell();
    const answer = share(request(start), left).catch(() => "given up");
    await turn();
    left.onCanceled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await answer).toBe("given up");
    await expect(
      share(
        request(async () => 2),
        cell(),
      ),
    ).resolves.toBe(2);
  });
});

describe("leaving", () => {
  it("takes a call out of the line, which then asks nobody", async () => {
    const { share } = createRequestEngine(Date.now);
    const { calls, start } = openCall();
    for (let at = 0; at < 5; at += 1) void share(request(start, { key: `k${at}` }), cell());
    const never = vi.fn(async () => 1);
    const left = cell();
    const inLine = share(request(never, { key: "in line" }), left).catch((error: Error) => error.name);
    await turn();
    left.onCanceled();
    calls[0]?.resolve(1);
    expect(await inLine).toBe("AbortError");
    expect(never).not.toHaveBeenCalled();
  });

  it("gives no cell the end of a call that has been given up, however slowly that ends", async () => {
    const { share } = createRequestEngine(Date.now);
    const ends: ((answer: string) => void)[] = [];
    const start = () => new Promise<string>((resolve) => ends.push(resolve));
    const left = cell();
    share(request(start), left).catch(() => undefined);
    await turn();
    left.onCanceled();
    await vi.advanceTimersByTimeAsync(1000);
    const answer = share(request(start), cell());
    await turn();
    expect(ends).toHaveLength(2);
    ends[0]?.("of the first");
    await turn();
    ends[1]?.("of the second");
    expect(await answer).toBe("of the second");
  });
});

describe("failures", () => {
  const fails = (code: ErrorCode, detail = {}) => vi.fn(() => Promise.reject(new KalError(code, detail)));

  it("go to all who share the call", async () => {
    const { share } = createRequestEngine(Date.now);
    const start = fails("KAL_SESSION_ENDED");
    const both = await Promise.allSettled([share(request(start), cell()), share(request(start), cell())]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(
      share(
        request(async () => 2),
        cell(),
      ),
    ).resolves.toBe(2);
  });

  it.each([
    ["KAL_UPSTREAM_DOWN", 15, { key: "b" }],
    ["KAL_QUERY_INVALID", 60, { key: "b" }],
    ["KAL_THROTTLED", 15, { ticket: "other" }],
  ] as const)("%s stands in for %i s, only for what it concerns", async (code, seconds, other) => {
    const { share } = createRequestEngine(Date.now);
    const start = fails(code);
    const works = async () => "fine";
    await expect(share(request(start), cell())).rejects.toThrow(KalError);
    await expect(share(request(start), cell())).rejects.toThrow(KalError);
    expect(start).toHaveBeenCalledTimes(1);
    await expect(share(request(works, other), cell())).resolves.toBe("fine");
    await vi.advanceTimersByTimeAsync(seconds * 1000);
    await expect(share(request(works), cell())).resolves.toBe("fine");
  });

  it("of the service itself answer everything for a moment, so that a sheet of 5,000 makes no 5,000 calls", async () => {
    const { share } = createRequestEngine(Date.now);
    const start = fails("KAL_OFFLINE");
    const calls = Array.from({ length: 5000 }, (_, at) => share(request(start, { key: `k${at}` }), cell()));
    const settled = await Promise.allSettled(calls);
    expect(settled.every(({ status }) => status === "rejected")).toBe(true);
    expect(start.mock.calls.length).toBeLessThanOrEqual(6);
    await vi.advanceTimersByTimeAsync(5000);
    await expect(
      share(
        request(async () => "back"),
        cell(),
      ),
    ).resolves.toBe("back");
  });

  it("say how long is left to wait", async () => {
    const { share } = createRequestEngine(Date.now);
    const start = fails("KAL_THROTTLED", { retryAfter: 17 });
    await expect(share(request(start), cell())).rejects.toMatchObject({ retryAfter: 17 });
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(share(request(start), cell())).rejects.toMatchObject({ retryAfter: 7 });
  });

  it("are remembered of a thousand requests at most", async () => {
    const { share } = createRequestEngine(Date.now);
    const start = fails("KAL_FORBIDDEN");
    const ask = (at: number) => share(request(start, { key: `k${at}` }), cell()).catch(() => undefined);
    for (let at = 0; at <= 1000; at += 1) await ask(at);
    expect(start).toHaveBeenCalledTimes(1001);
    await ask(1000);
    expect(start).toHaveBeenCalledTimes(1001);
    await ask(0);
    expect(start).toHaveBeenCalledTimes(1002);
  });

  it("do not stand for hours when the clock has been put back", async () => {
    let wall = 50_000_000;
    let ticks = 0;
    const engine = createRequestEngine(
      createSteadyClock(
        () => wall,
        () => ticks,
      ),
    );
    await expect(engine.share(request(fails("KAL_UPSTREAM_DOWN")), cell())).rejects.toThrow(KalError);
    wall -= 60 * minute;
    ticks += 15_001;
    const works = async () => "fine";
    await expect(engine.share(request(works), cell())).resolves.toBe("fine");
  });

  it("can be tried again at once by whoever asks for it", async () => {
    const engine = createRequestEngine(Date.now);
    await expect(engine.share(request(fails("KAL_UPSTREAM_DOWN")), cell())).rejects.toThrow(KalError);
    engine.forgetFailures();
    await expect(
      engine.share(
        request(async () => 2),
        cell(),
      ),
    ).resolves.toBe(2);
  });
});

it("lets a cell join a call under way while it is paused, however old that is", async () => {
  const engine = createRequestEngine(Date.now);
  const { calls, start } = openCall();
  void engine.share(request(start), cell());
  await vi.advanceTimersByTimeAsync(6 * minute);
  engine.paused = true;
  const joined = engine.share(request(start), cell());
  calls[0]?.resolve(1);
  expect(await joined).toBe(1);
});

it("answers only from memory while it is paused, however old that is", async () => {
  const engine = createRequestEngine(Date.now);
  const start = vi.fn(async () => 1);
  await engine.share(request(start, kept), cell());
  engine.paused = true;
  await vi.advanceTimersByTimeAsync(10 * minute);
  await expect(engine.share(request(start, kept), cell())).resolves.toBe(1);
  await expect(engine.share(request(start, { key: "b" }), cell())).rejects.toMatchObject({
    code: "KAL_PAUSED",
  });
  engine.paused = false;
  await engine.share(request(start, kept), cell());
  expect(start).toHaveBeenCalledTimes(2);
});
