import { describe, expect, it } from "vitest";
import { type BreakerState, createCircuitBreaker } from "../../../../src/gateway/data-api/circuit-breaker.ts";
import { type ErrorCode, KalError } from "../../../../src/kalibrate/errors.ts";
import { stoppedClock } from "../support.ts";

function breaker() {
  const clock = stoppedClock();
  const states: BreakerState[] = [];
  const one = createCircuitBreaker({
    host: "data.example.com",
    now: clock.now,
    onChange: (state) => states.push(state),
  });
  const good = async () => "answer";
  const answer = (probe: () => Promise<unknown> = good) => one.run(good, probe);
  const failing = (code: ErrorCode) => () => Promise.reject(new KalError(code));
  const fail = (code: ErrorCode = "KAL_UPSTREAM_DOWN") =>
    one.run(failing(code), failing(code)).catch((error: unknown) => error as KalError);
  const times = async (count: number, work: () => Promise<unknown>) => {
    for (let done = 0; done < count; done++) await work();
  };
  return { one, clock, states, good, answer, fail, failing, times };
}

describe("closed", () => {
  it("opens when half of twenty calls have failed", async () => {
    const { one, answer, fail, times } = breaker();
    await times(10, answer);
    await times(9, fail);
    expect(one.state).toBe("closed");
    await fail();
    expect(one.state).toBe("open");
  });

  it("stays closed below half, and below twenty", async () => {
    const below = breaker();
    await below.times(12, below.answer);
    await below.times(11, below.fail);
    const few = breaker();
    await few.times(19, few.fail);
    expect([below.one.state, few.one.state]).toEqual(["closed", "closed"]);
  });

  it("forgets calls after thirty seconds", async () => {
    const { one, clock, fail, times } = breaker();
    await times(19, fail);
    clock.advance(30);
    await times(19, fail);
    expect(one.state).toBe("closed");
    await fail();
    expect(one.state).toBe("open");
  });

  it.each<ErrorCode>([
    "KAL_UPSTREAM_INVALID",
    "KAL_THROTTLED",
    "KAL_FORBIDDEN",
    "KAL_QUERY_INVALID",
    "KAL_COLLECTION_UNKNOWN",
  ])("does not count %s as an outage", async (code) => {
    const { one, fail, times } = breaker();
    await times(40, () => fail(code));
    expect(one.state).toBe("closed");
  });

  it("counts a time-out as an outage, and ignores a caller who leaves", async () => {
    const { one, good, fail, times } = breaker();
    const leave = () => one.run(() => Promise.reject(new Error("gone")), good).catch(() => undefined);
    await times(19, leave);
    await times(19, () => fail("KAL_TIMEOUT"));
    expect(one.state).toBe("closed");
    await fail("KAL_TIMEOUT");
    expect(one.state).toBe("open");
  });
});

describe("open", () => {
  const opened = async () => {
    const it = breaker();
    await it.times(20, it.fail);
    return it;
  };

  it("refuses without a request, and says for how long", async () => {
    const { one, clock } = await opened();
    clock.advance(4);
    let called = false;
    const call = async () => (called = true);
    const refused = await one.run(call, call).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "KAL_UPSTREAM_DOWN", retryAfter: 11 });
    expect(called).toBe(false);
  });

  it("sends one probe after fifteen seconds, and closes when it is answered", async () => {
    const { one, clock, answer, fail, states } = await opened();
    clock.advance(15);
    let finish: (value: string) => void = () => undefined;
    const first = answer(() => new Promise<string>((resolve) => (finish = resolve)));
    expect(one.state).toBe("half-open");
    expect(await answer().catch((error: unknown) => error)).toMatchObject({ code: "KAL_UPSTREAM_DOWN" });
    finish("back");
    await expect(first).resolves.toBe("answer");
    expect(states).toEqual(["open", "half-open", "closed"]);
    await fail();
    expect(one.state).toBe("closed");
  });

  it("opens again when the probe fails, and does not make the call", async () => {
    const { one, clock, failing, fail } = await opened();
    clock.advance(15);
    let called = false;
    const call = async () => (called = true);
    await expect(one.run(call, failing("KAL_TIMEOUT"))).rejects.toMatchObject({ code: "KAL_TIMEOUT" });
    expect([called, one.state]).toEqual([false, "open"]);
    clock.advance(14);
    expect(await fail("KAL_FORBIDDEN")).toMatchObject({ code: "KAL_UPSTREAM_DOWN", retryAfter: 1 });
  });

  it("closes when the probe is refused, because the server has answered", async () => {
    const { one, clock, failing, answer } = await opened();
    clock.advance(15);
    await expect(answer(failing("KAL_FORBIDDEN"))).resolves.toBe("answer");
    expect(one.state).toBe("closed");
  });

  it("sends another probe if the caller of the first has left", async () => {
    const { one, clock, answer } = await opened();
    clock.advance(15);
    await answer(() => Promise.reject(new Error("gone"))).catch(() => undefined);
    expect(one.state).toBe("half-open");
    await expect(answer()).resolves.toBe("answer");
    expect(one.state).toBe("closed");
  });

  it("ignores calls that started before", async () => {
    const { one, good, fail, times } = breaker();
    let finish: (value: string) => void = () => undefined;
    const early = one.run(() => new Promise<string>((resolve) => (finish = resolve)), good);
    await times(20, fail);
    finish("late");
    await early;
    expect(one.state).toBe("open");
  });
});
