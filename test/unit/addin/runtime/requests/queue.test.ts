import { expect, it, vi } from "vitest";
import { createQueue } from "../../../../../src/addin/runtime/requests/queue.ts";

it("serves so many at once, in their order, none within the call that brings it, however many come", async () => {
  const served: number[] = [];
  const ends: (() => void)[] = [];
  const wait = createQueue<number>(3, (item) => {
    served.push(item);
    return new Promise((resolve) => ends.push(resolve));
  });
  const many = 2500;
  for (let at = 0; at < many; at += 1) wait(at);
  expect(served).toEqual([]);
  await vi.waitUntil(() => served.length > 0, { timeout: 30_000 });
  expect(served).toEqual([0, 1, 2]);
  while (served.length < many) {
    const before = served.length;
    ends.shift()!();
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    expect(served).toHaveLength(before + 1);
  }
  expect(served).toEqual(served.map((_, at) => at));
  // One that comes when all the others are served waits for nobody.
  for (const end of ends.splice(0)) end();
  await Promise.resolve();
  wait(many);
  await vi.waitUntil(() => served.length > many, { timeout: 30_000 });
  expect(served.at(-1)).toBe(many);
});
