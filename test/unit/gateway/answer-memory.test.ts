import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { type AnswerShare, createAnswerMemory } from "../../../src/gateway/answer-memory.ts";

const mega = 1_048_576;
const nobodyLeaves = new AbortController().signal;

/** Grows a share. @returns whether there was room at once */
async function grow(share: AnswerShare, bytes: number) {
  share.hold(bytes);
  let admitted = false;
  const wait = share.admitted().then(() => (admitted = true));
  wait.catch(() => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  return { admitted, wait };
}

describe("the memory of answers", () => {
  it("is not asked for small ones", async () => {
    const memory = createAnswerMemory(16 * mega);
    const share = memory.open("me", nobodyLeaves);
    expect(await grow(share, 200_000)).toMatchObject({ admitted: true });
    expect(memory.used).toBe(0);
  });

  it("lets one answer finish when the memory is used up, then the next", async () => {
    const memory = createAnswerMemory(16 * mega);
    const [one, two, three] = ["a", "b", "c"].map((owner) => memory.open(owner, nobodyLeaves));
    expect(await grow(one!, 2 * mega)).toMatchObject({ admitted: true });
    expect(await grow(two!, 2 * mega)).toMatchObject({ admitted: true });
    expect(await grow(one!, 7 * mega)).toMatchObject({ admitted: true });
    const second = await grow(two!, 7 * mega);
    const third = await grow(three!, 3 * mega);
    expect([second.admitted, third.admitted]).toEqual([false, false]);
    one!.shrink(5 * mega);
    await second.wait;
    expect(memory.used).toBeLessThanOrEqual(16 * mega);
    two!.shrink(0);
    await third.wait;
  });

  it("reserves some for other credentials", async () => {
    const memory = createAnswerMemory(32 * mega);
    // One credential may use the other half; open as many answers as fit.
    for (let count = 0; count < 8; count++) await grow(memory.open("me", nobodyLeaves), 2 * mega);
    expect(await grow(memory.open("me", nobodyLeaves), mega)).toMatchObject({ admitted: false });
    expect(await grow(memory.open("you", nobodyLeaves), mega)).toMatchObject({ admitted: true });
  });

  it("refuses what is larger than half of it", () => {
    const share = createAnswerMemory(16 * mega).open("me", nobodyLeaves);
    expect(() => share.hold(9 * mega)).toThrow(expect.objectContaining({ code: "KAL_TOO_LARGE" }));
  });

  it("is waited for until the caller leaves, and not forever", async () => {
    vi.useFakeTimers();
    try {
      const memory = createAnswerMemory(4 * mega);
      const holding = memory.open("me", nobodyLeaves);
      holding.hold(2 * mega);
      await holding.admitted();
      const caller = new AbortController();
      const [left, patient] = [memory.open("me", caller.signal), memory.open("me", nobodyLeaves)];
      for (const share of [left, patient]) share.hold(2 * mega);
      const leaving = expect(left.admitted()).rejects.toThrow("left");
      const throttled = expect(patient.admitted()).rejects.toMatchObject({
        code: "KAL_THROTTLED",
        retryAfter: 30,
      });
      caller.abort(new Error("left"));
      await leaving;
      await vi.advanceTimersByTimeAsync(15_000);
      await throttled;
    } finally {
      vi.useRealTimers();
    }
  });

  it("never exceeds its budget, and finishes every answer that fits", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            owner: fc.constantFrom("a", "b", "c"),
            sizes: fc.array(fc.integer({ min: 1, max: 8 * mega }), { minLength: 1, maxLength: 6 }),
          }),
          { minLength: 1, maxLength: 12 },
        ),
        async (answers) => {
          const memory = createAnswerMemory(16 * mega);
          let most = 0;
          const make = async ({ owner, sizes }: (typeof answers)[number]) => {
            const share = memory.open(owner, new AbortController().signal);
            for (const size of sizes.sort((left, right) => left - right)) {
              share.hold(size);
              await share.admitted();
              most = Math.max(most, memory.used);
            }
            share.shrink(sizes.at(-1)! / 2);
            await Promise.resolve();
            most = Math.max(most, memory.used);
            share.shrink(0);
          };
          await Promise.all(answers.map(make));
          expect(most).toBeLessThanOrEqual(16 * mega);
          expect(memory.used).toBe(0);
        },
      ),
    ));
});
