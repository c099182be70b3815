import { describe, expect, it } from "vitest";
import { createTurns } from "../../../src/gateway/turns.ts";

const nobodyLeaves = new AbortController().signal;
const turns = () => createTurns({ maxAtOncePerOwner: 1, maxWaitingPerOwner: 2, maxWaiting: 3 });

describe("a turn", () => {
  it("is given to who came first when one ends, and each owner has their own", async () => {
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

  it("is not waited for any more once the caller has left, whose place is free at once", async () => {
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
  ])("is refused where too many wait %s", async (_, waiting, next) => {
    const { take } = turns();
    await Promise.all([take("me", nobodyLeaves), take("you", nobodyLeaves)]);
    for (const owner of waiting) void take(owner, nobodyLeaves);
    await expect(take(next, nobodyLeaves)).rejects.toMatchObject({ code: "KAL_THROTTLED", retryAfter: 10 });
  });
});
