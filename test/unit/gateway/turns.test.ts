import { setMaxListeners } from "node:events";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTurns } from "../../../src/gateway/turns.ts";

const nobodyLeaves = new AbortController().signal;
// Thousands of callers listen to it here.
setMaxListeners(0, nobodyLeaves);

/** Turns for owners with one person each. */
function turns() {
  const { take } = createTurns({ maxAtOncePerOwner: 1, maxWaitingPerOwner: 2, maxWaiting: 3 });
  return {
    take: (owner: string, signal: AbortSignal) => take({ owner, person: owner }, signal),
  };
}

describe("a turn", () => {
  it("goes to the first in the queue, separately for each owner", async () => {
    const { take } = turns();
    const order: string[] = [];
    const end = await take("me", nobodyLeaves);
    const second = take("me", nobodyLeaves).then((next) => (order.push("second"), next));
    const third = take("me", nobodyLeaves).then((next) => (order.push("third"), next));
    await take("you", nobodyLeaves);
    expect(order).toEqual([]);
    end();
    end();
    (await second)();
    await third;
    expect(order).toEqual(["second", "third"]);
  });

  it("is not waited for after the caller has left, whose place is free at once", async () => {
    const { take } = turns();
    const end = await take("me", nobodyLeaves);
    const caller = new AbortController();
    const left = take("me", caller.signal);
    const waiting = take("me", nobodyLeaves);
    caller.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    const last = take("me", nobodyLeaves);
    end();
    (await waiting)();
    await last;
  });

  it.each([
    ["of one owner", ["me", "me"], "me"],
    ["in all", ["me", "me", "you"], "you"],
  ])("is refused if too many wait %s", async (_, waiting, next) => {
    const { take } = turns();
    await Promise.all([take("me", nobodyLeaves), take("you", nobodyLeaves)]);
    for (const owner of waiting) void take(owner, nobodyLeaves);
    await expect(take(next, nobodyLeaves)).rejects.toMatchObject({ code: "KAL_THROTTLED", retryAfter: 10 });
  });
});

describe("people who share an owner", () => {
  const limits = { maxAtOncePerOwner: 2, maxWaitingPerOwner: 6, maxWaiting: 100 };

  it("take turns: a thousand requests of one person delay another by at most one", async () => {
    const { take } = createTurns({ ...limits, maxWaitingPerOwner: 2000, maxWaiting: 2000 });
    const order: string[] = [];
    const ask = (person: string) =>
      take({ owner: "shared", person }, nobodyLeaves).then((end) => {
        order.push(person);
        return end;
      });
    const busy = [await ask("ada"), await ask("ada")];
    const waiting = Array.from({ length: 1000 }, () => ask("ada"));
    const others = [ask("ben"), ask("cleo"), ask("ben")];
    order.length = 0;
    for (const end of busy) end();
    const [first] = waiting;
    (await first!)();
    for (const other of others) (await other)();
    expect(order.slice(0, 3)).toEqual(["ada", "ben", "cleo"]);
    expect(order.indexOf("ben", 2)).toBeLessThanOrEqual(5);
  });

  it("get a place in a full queue from the person with the most waiting requests, but not from one with equally many", async () => {
    const { take } = createTurns(limits);
    const ask = (person: string) => take({ owner: "shared", person }, nobodyLeaves);
    await Promise.all([ask("ada"), ask("ada")]);
    const outcome = (call: Promise<unknown>) =>
      call.then(
        () => "turn",
        (error: unknown) => (error as { code: string }).code,
      );
    const ada = Array.from({ length: 6 }, () => outcome(ask("ada")));
    const ben = [ask("ben"), ask("ben"), ask("ben"), ask("ben")].map(outcome);
    const refused = [ada[5], ada[4], ada[3], ben[3], outcome(ask("ada"))];
    for (const call of refused) expect(await call).toBe("KAL_THROTTLED");
    const still = await Promise.race([...ada.slice(0, 3), ...ben.slice(0, 3), Promise.resolve("waits")]);
    expect(still).toBe("waits");
  });

  it("all get their turn, in the order of their own requests, within the concurrency limit", async () => {
    const people = fc.array(fc.constantFrom("ada", "ben", "cleo", "dan"), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(people, fc.integer({ min: 1, max: 4 }), async (asked, maxAtOncePerOwner) => {
        const { take } = createTurns({ maxAtOncePerOwner, maxWaitingPerOwner: 1000, maxWaiting: 1000 });
        const done: [string, number][] = [];
        let atOnce = 0;
        await Promise.all(
          asked.map(async (person, index) => {
            const end = await take({ owner: "shared", person }, nobodyLeaves);
            atOnce += 1;
            expect(atOnce).toBeLessThanOrEqual(maxAtOncePerOwner);
            done.push([person, index]);
            await Promise.resolve();
            atOnce -= 1;
            end();
          }),
        );
        for (const person of new Set(asked)) {
          const own = done.filter(([who]) => who === person).map(([, index]) => index);
          expect(own).toEqual(own.toSorted((a, b) => a - b));
        }
        expect(done).toHaveLength(asked.length);
      }),
    );
  });
});
