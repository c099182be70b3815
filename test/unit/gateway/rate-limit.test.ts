import fc from "fast-check";
import { expect, it } from "vitest";
import { createRateLimit } from "../../../src/gateway/rate-limit.ts";
import { createSteadyClock } from "../../../src/kalibrate/steady-clock.ts";
import { stoppedClock } from "./support.ts";

it("admits as many at once as the limit allows, then says how long until the next", () => {
  const clock = stoppedClock();
  const { take } = createRateLimit({ limit: 3, period: 60, now: clock.now });
  expect([take("a"), take("a"), take("a"), take("a")]).toEqual([0, 0, 0, 20]);
  expect(take("b")).toBe(0);
  clock.advance(19);
  expect(take("a")).toBe(1);
  clock.advance(1);
  expect([take("a"), take("a")]).toEqual([0, 20]);
});

it("is full again after the period, and never fuller", () => {
  const clock = stoppedClock();
  const { take, giveBack } = createRateLimit({ limit: 2, period: 60, now: clock.now });
  take("a");
  clock.advance(3600);
  giveBack("a");
  expect([take("a"), take("a"), take("a")]).toEqual([0, 0, 30]);
});

it("does not count what is returned", () => {
  const clock = stoppedClock();
  const { take, giveBack } = createRateLimit({ limit: 1, period: 60, now: clock.now });
  for (let call = 0; call < 10; call++) {
    expect(take("a")).toBe(0);
    giveBack("a");
  }
});

it("never admits more than the limit and the refill, and the stated wait is sufficient", () => {
  const steps = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 100 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 600 }),
      steps,
      (limit, period, pauses) => {
        const clock = stoppedClock();
        const start = clock.now();
        const { take } = createRateLimit({ limit, period, now: clock.now });
        let taken = 0;
        for (const pause of pauses) {
          clock.advance(pause);
          const wait = take("a");
          if (wait === 0) taken++;
          else {
            clock.advance(wait);
            expect(take("a")).toBe(0);
            taken++;
          }
          const passed = (clock.now() - start) / 1000;
          expect(taken).toBeLessThanOrEqual(limit + (passed * limit) / period + 1e-6);
        }
      },
    ),
  );
});

it("survives a clock that is set back", () => {
  const clock = stoppedClock();
  let seconds = 0;
  const steady = createSteadyClock(clock.now, () => seconds * 1000);
  const { take } = createRateLimit({ limit: 2, period: 60, now: steady });
  take("a");
  clock.advance(-3600);
  expect([take("a"), take("a")]).toEqual([0, 30]);
  seconds += 30;
  clock.advance(30);
  expect([take("a"), take("a")]).toEqual([0, 30]);
});
