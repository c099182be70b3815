import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createPauses } from "../../../src/gateway/pauses.ts";

afterEach(() => vi.restoreAllMocks());

describe("long work", () => {
  it("yields to the event loop after 15 ms, however many run at once", async () => {
    const steps = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 12, size: "max" });
    const tasks = fc.array(steps, { maxLength: 16, size: "max" });
    await fc.assert(
      fc.asyncProperty(tasks, async (all) => {
        let time = 0;
        vi.spyOn(performance, "now").mockImplementation(() => time);
        let open = all.length;
        const work = Promise.all(
          all.map(async (steps) => {
            const pauses = createPauses(new AbortController().signal);
            for (const milliseconds of steps) {
              const pause = pauses();
              if (pause) await pause;
              time += milliseconds;
            }
            open -= 1;
          }),
        );
        let longest = 0;
        while (open > 0) {
          const before = time;
          await nextTurn();
          longest = Math.max(longest, time - before);
        }
        await work;
        // A step is not interrupted. Between two turns of this loop there may be two turns of long work.
        expect(longest).toBeLessThan(2 * (15 + 20));
      }),
    );
  });

  it("ends with its signal's reason, and lets the next one continue", async () => {
    await nextTurn();
    let time = 0;
    vi.spyOn(performance, "now").mockImplementation(() => time);
    const controller = new AbortController();
    const [first, second] = [createPauses(controller.signal), createPauses(undefined)];
    expect(first()).toBeUndefined();
    time += 15;
    const [left, goesOn] = [first(), second()];
    const reason = new Error("gone");
    controller.abort(reason);
    await expect(left).rejects.toBe(reason);
    await expect(goesOn).resolves.toBeUndefined();
  });
});
