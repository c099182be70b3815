import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { handOver } from "../../../../src/gateway/data-api/hand-over.ts";

const never = new AbortController().signal;

it("passes on every item in order, and continues only when it has been used", async () => {
  const given: number[] = [];
  const used: number[] = [];
  const items = handOver<number>([never, undefined], async (give) => {
    for (const item of [1, 2, 3]) {
      given.push(item);
      await give(item);
    }
  });
  for await (const item of items) {
    await turn();
    expect(given).toHaveLength(item);
    used.push(item);
  }
  expect(used).toEqual([1, 2, 3]);
});

it("ends as the work does: normally, or with its error after its items", async () => {
  const used: string[] = [];
  for await (const item of handOver<string>([], async () => undefined)) used.push(item);
  expect(used).toEqual([]);
  const failing = handOver<string>([], async (give) => {
    await give("some");
    throw new Error("broke off");
  });
  await expect(
    (async () => {
      for await (const item of failing) used.push(item);
    })(),
  ).rejects.toThrow("broke off");
  expect(used).toEqual(["some"]);
});

it("ends the work when the iteration is left, and waits for its end", async () => {
  let ended: unknown;
  const items = handOver<number>([never], async (give, signal) => {
    try {
      for (let item = 0; ; item += 1) await give(item);
    } finally {
      ended = signal.aborted;
    }
  });
  for await (const item of items) if (item === 2) break;
  expect(ended).toBe(true);
});

it.each([0, 1])("ends the work when signal %i aborts, with its reason", async (which) => {
  const controllers = [new AbortController(), new AbortController()];
  const left = new Error("left");
  const items = handOver<number>(
    controllers.map(({ signal }) => signal),
    async (give, signal) => {
      await give(1);
      signal.throwIfAborted();
    },
  );
  await expect(
    (async () => {
      for await (const item of items) if (item === 1) controllers[which]?.abort(left);
    })(),
  ).rejects.toBe(left);
});
