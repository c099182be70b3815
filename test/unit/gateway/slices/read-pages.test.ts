import { describe, expect, it } from "vitest";
import { createDocumentsMet } from "../../../../src/gateway/slices/documents-met.ts";
import { type FetchPage, readThrough } from "../../../../src/gateway/slices/read-pages.ts";
import { documents } from "./server.ts";

/** Reads a list whose answers take as long as the test says. Records how many were in progress at once. */
async function read(list: (request: number) => readonly unknown[], waited: number) {
  const offsets: number[] = [];
  const signals: AbortSignal[] = [];
  let open = 0;
  let most = 0;
  const fetchPage: FetchPage = async (limit, offset, signal) => {
    offsets.push(offset);
    signals.push(signal);
    const whole = list(offsets.length);
    most = Math.max(most, (open += 1));
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    return { elements: whole.slice(offset, offset + limit), hasMore: false, waited, worked: 20 };
  };
  const met = createDocumentsMet({ keep: (document) => document }, false);
  const steps = readThrough(fetchPage, met, { maxDocuments: Infinity });
  let step = await steps.next();
  while (step.done !== true) step = await steps.next();
  const reading = step.value;
  const ids = met.documents().map(({ id }) => id["entityId"]);
  return { ...reading, ids, offsets, most, signals };
}

const ids = (count: number) => documents(count).map(({ id }) => id.entityId);

describe("readThrough", () => {
  it("requests one page at a time if answers are immediate", async () => {
    const all = documents(5000);
    const reading = await read(() => all, 0);
    expect(reading).toMatchObject({ complete: true, ids: ids(5000), most: 1 });
    expect(reading.offsets).toEqual([0, 950, 1900, 2850, 3800, 4750, 4988, 5000]);
  });

  it("requests the next pages in advance if answers take time", async () => {
    const all = documents(12_000);
    const reading = await read(() => all, 100);
    expect(reading).toMatchObject({ complete: true, ids: ids(12_000), most: 6 });
    expect(new Set(reading.offsets).size).toBe(reading.offsets.length);
  });

  it("cancels requests made in advance that are not needed", async () => {
    const { signals } = await read(() => documents(4000), 100);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it.each([0, 100])("steps back if deleted rows would have hidden others (waiting %i ms)", async (waited) => {
    const all = documents(6000);
    const reading = await read((request) => (request < 4 ? all : all.slice(400)), waited);
    expect(reading.complete).toBe(true);
    expect(reading.ids.slice(400)).toEqual(expect.arrayContaining(ids(6000).slice(400)));
    expect(new Set(reading.ids).size).toBe(reading.ids.length);
  });

  it("gives up a list whose rows are deleted faster than it can be read", async () => {
    const all = documents(60_000);
    const reading = await read((request) => all.slice(1500 * (request - 1)), 0);
    expect(reading.complete).toBe(false);
  });

  it("tolerates one repeated page, because rows appeared in front", async () => {
    const all = documents(1003);
    // The third page has the last two; then two rows appear, and reading continues only that far.
    const appeared = documents(2, 5000);
    const reading = await read((request) => (request < 4 ? all : [...appeared, ...all]), 0);
    expect(reading.offsets).toEqual([0, 950, 1001, 1003, 1005]);
    expect(reading).toMatchObject({ complete: true, ids: ids(1003) });
  });

  it("notices duplicates in the list, wherever pages start and end", async () => {
    const all = documents(2500);
    expect((await read(() => all, 0)).repeats).toBe(false);
    for (const place of [1, 949, 950, 999, 1000, 1001, 1949, 2500]) {
      const list = all.toSpliced(place, 0, all[0]!);
      expect((await read(() => list, 0)).repeats).toBe(true);
    }
  });
});
