import fc from "fast-check";
import { expect, it } from "vitest";
import { createFairRateLimit } from "../../../src/gateway/fair-rate-limit.ts";
import { stoppedClock } from "./support.ts";

const setUp = (limit: number) => {
  const clock = stoppedClock();
  return { clock, ...createFairRateLimit({ limit, period: 60, now: clock.now }) };
};

it("lets one person use the whole limit, and no more", () => {
  const { take, clock } = setUp(10);
  for (let call = 0; call < 10; call++) expect(take("shared", "ada")).toBe(0);
  expect(take("shared", "ada")).toBe(6);
  clock.advance(6);
  expect(take("shared", "ada")).toBe(0);
});

it("reserves a part for a second person, so that the first one waits longer", () => {
  const { take, clock } = setUp(10);
  for (let call = 0; call < 10; call++) take("shared", "ada");
  for (let call = 0; call < 5; call++) expect(take("shared", "ben")).toBe(0);
  expect(take("shared", "ben")).toBeGreaterThan(0);
  clock.advance(6);
  expect(take("shared", "ada")).toBeGreaterThan(6);
});

it("reserves nothing if no person is named", () => {
  const { take } = setUp(2);
  expect([take("shared", undefined), take("shared", undefined)]).toEqual([0, 0]);
  expect(take("shared", undefined)).toBe(30);
});

it("counts each owner separately", () => {
  const { take } = setUp(1);
  expect([take("one", "ada"), take("two", "ada")]).toEqual([0, 0]);
});

it("always admits a person below their fair part, and never twice the limit in total", () => {
  const people = fc.array(fc.constantFrom("ada", "ben", "cleo"), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(people, fc.integer({ min: 3, max: 60 }), (asked, limit) => {
      const { take } = setUp(limit);
      const used = new Map<string, number>();
      for (const person of asked) {
        const before = used.get(person) ?? 0;
        const isLet = take("shared", person) === 0;
        if (before < limit / 3) expect(isLet).toBe(true);
        if (isLet) used.set(person, before + 1);
      }
      const all = [...used.values()].reduce((sum, count) => sum + count, 0);
      expect(all).toBeLessThanOrEqual(2 * limit + 3);
    }),
  );
});
