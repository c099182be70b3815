import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pack, sizeOf, unpack } from "../../../../src/gateway/shared/packed.ts";
import { type AnswerRequest, createSharedAnswers } from "../../../../src/gateway/shared/shared-answers.ts";

/** A table whose pulls end when the test says so; its only item is the number of the pull. */
function open(maxBytes = 1e6) {
  let clock = 1_000_000;
  const now = () => clock;
  const ends: (() => void)[] = [];
  const fails: ((error: Error) => void)[] = [];
  const stops: AbortSignal[] = [];
  const shared = createSharedAnswers({ now, steady: now, maxBytes });
  const get = (request: Partial<AnswerRequest<string, number>> = {}) =>
    shared.get<string, number>({
      owner: "me",
      what: ["query", "price"],
      keepFor: 60,
      maxAge: undefined,
      signal: new AbortController().signal,
      pull: async (stop, asOf) => {
        const number = stops.push(stop);
        await new Promise<void>((resolve, reject) => {
          ends.push(resolve);
          fails.push(reject);
        });
        return { head: "prices", items: [number], asOf };
      },
      ...request,
    });
  /** Asks for what has to be pulled, and ends the pull. */
  const pull = (request: Partial<AnswerRequest<string, number>> = {}) => {
    const before = ends.length;
    const asked = get(request);
    for (const end of ends.slice(before)) end();
    return asked.then(({ answer, origin }) => ({ number: answer.items[0], asOf: answer.asOf, origin }));
  };
  return { get, pull, ends, fails, stops, now, pass: (seconds: number) => void (clock += seconds * 1000) };
}

describe("shared answers", () => {
  it("are pulled once for all who ask meanwhile, and the answer is one", async () => {
    const { get, ends } = open();
    const all = [get(), get(), get()];
    expect(ends).toHaveLength(1);
    ends[0]!();
    const [first, ...rest] = await Promise.all(all);
    expect(first!.origin).toBe("pull");
    for (const one of rest) {
      expect(one.origin).toBe("joined");
      expect(one.answer).toBe(first!.answer);
    }
  });

  it("are kept for those who do not say how old they may be, as long as they are kept", async () => {
    const { pull, pass, now } = open();
    const asOf = now();
    expect(await pull()).toEqual({ number: 1, asOf, origin: "pull" });
    pass(59);
    expect(await pull()).toEqual({ number: 1, asOf, origin: "memory" });
    pass(1);
    expect(await pull()).toEqual({ number: 2, asOf: asOf + 60_000, origin: "pull" });
  });

  it("are as old as their oldest data where somebody says how old they may be", async () => {
    const { pull, pass, now } = open();
    const asOf = now() - 10_000;
    await pull({ pull: async () => ({ head: "", items: [1], asOf }) });
    pass(5);
    expect((await pull({ maxAge: 16 })).origin).toBe("memory");
    expect((await pull({ maxAge: 15 })).origin).toBe("pull");
  });

  it("a refresh is newer than the call, and shares a pull that began within a second", async () => {
    const { get, pull, ends, pass } = open();
    await pull();
    const refreshes = [get({ maxAge: 0 })];
    pass(0.9);
    refreshes.push(get({ maxAge: 0 }));
    pass(0.1);
    refreshes.push(get({ maxAge: 0 }));
    for (const end of ends) end();
    const found = await Promise.all(refreshes);
    expect(found.map(({ answer }) => answer.items[0])).toEqual([2, 2, 3]);
  });

  it("answer others from memory while a refresh is under way, and after it has failed", async () => {
    const { get, pull, fails } = open();
    await pull();
    const refresh = get({ maxAge: 0 });
    expect((await pull()).number).toBe(1);
    fails[1]!(new Error("down"));
    await expect(refresh).rejects.toThrow("down");
    expect((await pull()).number).toBe(1);
  });

  it("an older pull that ends later does not take the place of a newer one", async () => {
    const { get, pull, ends, pass } = open();
    const old = get();
    pass(2);
    expect((await pull({ maxAge: 0 })).number).toBe(2);
    ends[0]!();
    expect((await old).answer.items).toEqual([1]);
    expect((await pull()).number).toBe(2);
  });

  it("a failure goes to all who share the pull, and is not kept", async () => {
    const { get, pull, fails } = open();
    const all = [get(), get()];
    fails[0]!(new Error("down"));
    for (const one of all) await expect(one).rejects.toThrow("down");
    expect((await pull()).number).toBe(2);
  });

  it("go on when one of their callers leaves, and end with the last", async () => {
    const { get, stops, ends } = open();
    const [one, other] = [new AbortController(), new AbortController()];
    const left = get({ signal: one.signal });
    const stayed = get({ signal: other.signal });
    one.abort(new Error("gone"));
    await expect(left).rejects.toThrow("gone");
    expect(stops[0]!.aborted).toBe(false);
    other.abort(new Error("gone too"));
    await expect(stayed).rejects.toThrow("gone too");
    expect(stops[0]!.aborted).toBe(true);
    const next = get();
    ends[1]!();
    expect((await next).answer.items).toEqual([2]);
  });

  it("are never those of another owner, nor of another question", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ owner: fc.string(), what: fc.array(fc.string(), { minLength: 1 }) }), {
          maxLength: 30,
        }),
        async (asked) => {
          const shared = createSharedAnswers({ now: () => 0, steady: () => 0 });
          const signal = new AbortController().signal;
          for (const { owner, what } of asked) {
            const canary = JSON.stringify([owner, what]);
            const pull = async () => ({ head: canary, items: [], asOf: 0 });
            const { answer } = await shared.get({
              owner,
              what,
              keepFor: 60,
              maxAge: undefined,
              signal,
              pull,
            });
            expect(answer.head).toBe(canary);
          }
        },
      ),
    );
  });

  it.each([
    ["all of them fit", 10_000, 2],
    ["one of them fits", 700, 3],
    ["none fits", 300, 4],
  ])("are kept within the memory for them: %s", async (_, maxBytes, pulls) => {
    const { pull, ends } = open(maxBytes);
    for (const owner of ["a", "b", "b", "a"]) {
      await pull({ owner });
      // Its size is known once it is packed, which began before these.
      for (let more = 0; more < 5; more += 1) await pack({ head: null, items: [1], asOf: 0 });
    }
    expect(ends).toHaveLength(pulls);
  });
});

describe("packed answers", () => {
  it("come back as they were, whatever they hold", async () => {
    const item = fc.oneof(
      fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.boolean(), fc.constant(null))),
      fc.object(),
      fc.constantFrom(Infinity, -0, JSON.parse('{"__proto__":"text"}') as unknown),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(item), fc.anything({ maxDepth: 1 }).filter(isData), async (items, head) => {
        const many = [...items, ...items, ...items];
        expect(await unpack(await pack({ head, items: many, asOf: 5 }))).toEqual({
          head,
          items: many,
          asOf: 5,
        });
      }),
    );
  });

  it("take a fraction of their text, in several parts", async () => {
    const items = Array.from({ length: 2500 }, (_, at) => [`Site ${at}`, "2026-11-20T08:00:00", 1.459]);
    const packed = await pack({ head: null, items, asOf: 0 });
    expect(packed).toHaveLength(4);
    expect(sizeOf(packed)).toBeLessThan(JSON.stringify(items).length / 3);
  });
});

function isData(value: unknown): boolean {
  return typeof value !== "function" && typeof value !== "symbol";
}
