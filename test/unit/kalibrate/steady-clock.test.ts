import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSteadyClock } from "../../../src/kalibrate/steady-clock.ts";

const hour = 3_600_000;

/** A computer's two clocks, and the events that affect them. */
function computer() {
  let wall = Date.parse("2026-11-30T18:00:00Z");
  let ticks = 1234.5;
  return {
    clock: createSteadyClock(
      () => Math.floor(wall),
      () => ticks,
    ),
    wall: () => wall,
    ticks: () => ticks,
    run(milliseconds: number) {
      wall += milliseconds;
      ticks += milliseconds;
    },
    /** The monotonic clock stops during sleep. */
    sleep: (milliseconds: number) => void (wall += milliseconds),
    set: (milliseconds: number) => void (wall += milliseconds),
  };
}

describe("a steady clock", () => {
  it("advances with the time", () => {
    const { clock, run } = computer();
    const start = clock();
    for (let second = 0; second < 1000; second++) {
      run(1000.4);
      clock();
    }
    expect(clock() - start).toBeCloseTo(1_000_400, 3);
  });

  it("continues when the wall clock is set back", () => {
    const { clock, run, set } = computer();
    const start = clock();
    run(1000);
    set(-2 * hour);
    expect(clock() - start).toBe(1000);
    run(500);
    expect(clock() - start).toBe(1500);
  });

  it("includes the night that a laptop slept, even right after its clock was set back", () => {
    const { clock, run, sleep, set } = computer();
    const start = clock();
    sleep(9 * hour);
    expect(clock() - start).toBeCloseTo(9 * hour, -1);
    set(-2 * hour);
    run(10);
    const before = clock();
    sleep(9 * hour);
    expect(clock() - before).toBeCloseTo(9 * hour, -1);
  });

  it("is no slower than either clock and never goes back, whatever happens to them", () => {
    const step = fc.record({
      what: fc.constantFrom("run", "sleep", "set"),
      by: fc.integer({ min: -10 * hour, max: 10 * hour }),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const one = computer();
        let [steady, wall, ticks] = [one.clock(), one.wall(), one.ticks()];
        for (const { what, by } of steps) {
          if (what === "set") one.set(by);
          else one[what](Math.abs(by));
          const now = one.clock();
          // Differences of up to 20 ms between the two clocks are ignored.
          expect(now - steady).toBeGreaterThanOrEqual(one.wall() - wall - 41);
          expect(now - steady).toBeGreaterThanOrEqual(one.ticks() - ticks - 1e-3);
          [steady, wall, ticks] = [now, one.wall(), one.ticks()];
        }
      }),
    );
  });

  it("counts nothing twice if the two clocks jitter", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 100 }), (steps) => {
        const { clock, run, ticks } = computer();
        const [start, begun] = [clock(), ticks()];
        for (const step of steps) {
          run(step);
          clock();
        }
        expect(clock() - start).toBeCloseTo(ticks() - begun, 3);
      }),
    );
  });

  it("reads this computer's clocks unless told otherwise", () => {
    expect(Math.abs(createSteadyClock(Date.now, () => performance.now())() - Date.now())).toBeLessThan(1000);
  });
});
