import { describe, expect, it, onTestFinished, vi } from "vitest";
import { sliceOf } from "../../../../../src/addin/runtime/requests/lookup-call.ts";
import { KalError } from "../../../../../src/kalibrate/errors.ts";
import {
  cell,
  connection,
  echo,
  open,
  own,
  runOptions,
  slice,
  valuesOf,
  lookupKey,
} from "./lookups-fixture.ts";

describe("lookups", () => {
  it("of one burst go out as one call, each value once", async () => {
    const { lookups, call } = open();
    const all = Array.from({ length: 5000 }, (_, at) =>
      lookups.find(slice, [lookupKey(at % 1000), lookupKey(at % 1000, "name")], cell()),
    );
    const results = await Promise.all(all.map(valuesOf));
    expect(results[1234]).toEqual([{ value: "price of 234" }, { value: "name of 234" }]);
    expect(call).toHaveBeenCalledTimes(1);
    const [, body] = call.mock.calls[0]!;
    expect(body.requests.map(({ field, values }) => [field, values.length])).toEqual([
      ["price", 1000],
      ["name", 1000],
    ]);
  });

  it("ask nothing twice in a generation, and only for what is new", async () => {
    const { lookups, call, engine } = open();
    await lookups.find(slice, [lookupKey("a")], cell());
    await lookups.find(slice, [lookupKey("a")], cell());
    expect(call).toHaveBeenCalledTimes(1);
    await lookups.find(slice, [lookupKey("a"), lookupKey("b")], cell());
    expect(call.mock.calls[1]?.[1].requests).toEqual([{ field: "price", values: [["b"]] }]);
    engine.refresh();
    await lookups.find(slice, [lookupKey("a")], cell());
    expect(call.mock.calls[2]?.[1]).toMatchObject({ maxAge: 0, requests: [{ values: [["a"]] }] });
  });

  it("take nothing that was asked for before a refresh for new", async () => {
    const { lookups, call, engine } = open();
    let answerLate = () => {};
    call.mockImplementationOnce(async (_, body) => {
      await new Promise<void>((resolve) => (answerLate = resolve));
      return { ...echo(body), results: [[{ value: "old" }]] };
    });
    const early = lookups.find(slice, [lookupKey("a")], cell());
    await vi.waitFor(() => expect(call).toHaveBeenCalledTimes(1), runOptions);
    engine.refresh();
    let answerNew = () => {};
    call.mockImplementationOnce(async (_, body) => {
      await new Promise<void>((resolve) => (answerNew = resolve));
      return echo(body);
    });
    answerLate();
    await vi.waitFor(() => expect(call).toHaveBeenCalledTimes(2), runOptions);
    const late = lookups.find(slice, [lookupKey("a")], cell());
    answerNew();
    expect(await valuesOf(late)).toEqual([{ value: "price of a" }]);
    expect(await valuesOf(early)).toEqual([{ value: "price of a" }]);
  });

  it("of one cell are of one generation, also where it grows old while they are asked for", async () => {
    let clock = 0;
    const { lookups, call } = open(undefined, () => clock);
    const pulls: string[] = [];
    let answerLate = () => {};
    call.mockImplementation(async (_, body) => {
      pulls.push(`pull ${pulls.length + 1}`);
      const value = pulls.at(-1)!;
      const answer = echo(body);
      await new Promise<void>((resolve) => (answerLate = resolve));
      return { ...answer, results: answer.results.map((list) => list.map(() => ({ value }))) };
    });
    const answered = async (found: Promise<{ result: unknown }[]>, calls: number) => {
      await vi.waitFor(() => expect(pulls).toHaveLength(calls), runOptions);
      answerLate();
      return valuesOf(found);
    };
    await answered(lookups.find(slice, [lookupKey("a")], cell()), 1);
    // Asked while the generation is young, answered when it is old: the cell's values belong together all the same.
    const across = lookups.find(slice, [lookupKey("a"), lookupKey("b")], cell());
    await vi.waitFor(() => expect(pulls).toHaveLength(2), runOptions);
    clock += 360_000;
    expect(await answered(across, 2)).toEqual([{ value: "pull 1" }, { value: "pull 2" }]);
    // A cell of the next generation has nothing of the one before.
    const next = lookups.find(slice, [lookupKey("b")], cell());
    expect(await answered(next, 3)).toEqual([{ value: "pull 3" }]);
  });

  it("that wait for their turn until their generation is old ask for all of a cell's values again", async () => {
    let clock = 0;
    const { lookups, engine, call } = open(undefined, () => clock);
    await lookups.find(slice, [lookupKey("a")], cell());
    const ends: (() => void)[] = [];
    const start = () => new Promise<void>((resolve) => ends.push(resolve));
    for (let at = 0; at < 5; at += 1) void engine.share({ key: `pull ${at}`, ticket: "ticket", start }, {});
    const both = lookups.find(slice, [lookupKey("a"), lookupKey("b")], cell());
    await vi.waitFor(() => expect(ends).toHaveLength(5), runOptions);
    clock += 150_000;
    ends[0]?.();
    await vi.waitFor(() => expect(call).toHaveBeenCalledTimes(2), runOptions);
    expect(await valuesOf(both)).toEqual([{ value: "price of a" }, { value: "price of b" }]);
    expect(call).toHaveBeenCalledTimes(2);

    const late = lookups.find(slice, [lookupKey("b"), lookupKey("c")], cell());
    void engine.share({ key: "pull 5", ticket: "ticket", start }, {});
    await vi.waitFor(() => expect(ends).toHaveLength(6), runOptions);
    clock += 170_000;
    ends[1]?.();
    expect(await valuesOf(late)).toEqual([{ value: "price of b" }, { value: "price of c" }]);
    expect(call.mock.calls.slice(2).map(([, body]) => body.requests[0]?.values)).toEqual([[["c"]], [["b"]]]);
  });

  it("of a newer generation stay where an answer of an older one comes late", async () => {
    let clock = 0;
    const { lookups, engine, call } = open(undefined, () => clock);
    const ends: (() => void)[] = [];
    const start = () => new Promise<void>((resolve) => ends.push(resolve));
    const began = (count: number) => vi.waitFor(() => expect(ends).toHaveLength(count), runOptions);
    for (let at = 0; at < 6; at += 1) void engine.share({ key: `pull ${at}`, ticket: "ticket", start }, {});
    const early = lookups.find(slice, [lookupKey("a")], cell());
    // It waits in line until its generation is over, is asked in the next, and answered when that is over as well.
    await began(5);
    clock += 170_000;
    ends[0]?.();
    await began(6);
    clock += 170_000;
    call.mockImplementationOnce(async (_, body) => {
      await start();
      return echo(body);
    });
    ends[1]?.();
    await began(7);
    clock += 310_000;
    ends[2]?.();
    await lookups.find(slice, [lookupKey("b")], cell());
    ends[6]?.();
    await early;
    const calls = call.mock.calls.length;
    await lookups.find(slice, [lookupKey("b")], cell());
    expect(call).toHaveBeenCalledTimes(calls);
  });

  it("keep slices apart", async () => {
    const { lookups, call } = open();
    await Promise.all([
      lookups.find(slice, [lookupKey("a")], cell()),
      lookups.find(sliceOf(connection, "product", undefined, ["importCode"]), [lookupKey("a")], cell()),
      lookups.find(sliceOf(connection, "product", own, ["name"]), [lookupKey("a")], cell()),
      lookups.find(
        sliceOf({ ...connection, ticket: "other" }, "product", own, ["importCode"]),
        [lookupKey("a")],
        cell(),
      ),
    ]);
    expect(call).toHaveBeenCalledTimes(4);
  });

  it("do not ask for cells that have left, and go on for those that stay", async () => {
    const { lookups, call } = open();
    const left = cell();
    const both = [lookups.find(slice, [lookupKey("a")], left), lookups.find(slice, [lookupKey("b")], cell())];
    left.onCanceled();
    const [gone, stayed] = await Promise.allSettled(both);
    expect(gone?.status).toBe("rejected");
    expect(stayed).toMatchObject({ status: "fulfilled", value: [{ result: { value: "price of b" } }] });
    expect(call).toHaveBeenCalledTimes(1);

    const alone = cell();
    const nobody = lookups.find(slice, [lookupKey("c")], alone);
    alone.onCanceled();
    await expect(nobody).rejects.toMatchObject({ name: "AbortError" });
    expect(call).toHaveBeenCalledTimes(1);
  });

  it("fail together with their call, and not the next burst when that may be tried", async () => {
    const { lookups, call } = open();
    call.mockRejectedValueOnce(new KalError("KAL_SESSION_ENDED"));
    const both = [
      lookups.find(slice, [lookupKey("a")], cell()),
      lookups.find(slice, [lookupKey("b")], cell()),
    ];
    for (const one of both) await expect(one).rejects.toMatchObject({ code: "KAL_SESSION_ENDED" });
    expect(await valuesOf(lookups.find(slice, [lookupKey("a")], cell()))).toEqual([{ value: "price of a" }]);
  });

  it("give the others their values where one cell names a field that there is not", async () => {
    const { lookups, call } = open((body) => {
      if (body.requests.some(({ field }) => field === "prise")) throw new KalError("KAL_FIELD_UNKNOWN");
      return echo(body);
    });
    const find = (value: string, field: string) => lookups.find(slice, [lookupKey(value, field)], cell());
    const [price, mistyped, name] = await Promise.allSettled([
      find("a", "price"),
      find("a", "prise"),
      find("b", "name"),
    ]);
    expect(price).toMatchObject({ value: [{ result: { value: "price of a" } }] });
    expect(name).toMatchObject({ value: [{ result: { value: "name of b" } }] });
    expect(mistyped).toMatchObject({ reason: { code: "KAL_FIELD_UNKNOWN" } });
    // What still stands against the one says nothing about the other.
    const calls = call.mock.calls.length;
    await expect(find("c", "prise")).rejects.toMatchObject({ code: "KAL_FIELD_UNKNOWN" });
    expect(call).toHaveBeenCalledTimes(calls);
    expect(await valuesOf(find("c", "price"))).toEqual([{ value: "price of c" }]);
  });

  it("of a preview ask nobody, and leave nothing with office.js when they are over", async () => {
    const { lookups, call } = open();
    const preview = { ...cell(), isInValuePreview: "true" };
    await expect(lookups.find(slice, [lookupKey("a")], preview)).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(call).not.toHaveBeenCalled();
    const cells = [cell(), cell()];
    await Promise.all(cells.map((cell) => lookups.find(slice, [lookupKey("a")], cell)));
    expect(cells[0]!.onCanceled).toBe(cells[1]!.onCanceled);
    call.mockRejectedValueOnce(new KalError("KAL_FORBIDDEN"));
    const refused = cell();
    await expect(lookups.find(slice, [lookupKey("b")], refused)).rejects.toThrow(KalError);
    expect(refused.onCanceled).toBe(cells[0]!.onCanceled);
  });

  it("are taken up again by a cell that comes before a call which was left is given up", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { lookups, call } = open();
    let end = () => {};
    call.mockImplementationOnce(async (_, body, signal) => {
      await new Promise<void>((resolve) => (end = resolve));
      signal.throwIfAborted();
      return echo(body);
    });
    const sent = () => new Promise<void>((resolve) => setImmediate(resolve));
    const left = cell();
    lookups.find(slice, [lookupKey("a")], left).catch(() => undefined);
    while (call.mock.calls.length === 0) await sent();
    left.onCanceled();
    const stays = lookups.find(slice, [lookupKey("a")], cell());
    await vi.advanceTimersByTimeAsync(1000);
    end();
    expect(await valuesOf(stays)).toEqual([{ value: "price of a" }]);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it("keep no more than 100,000 values of a slice", async () => {
    const { lookups, call } = open();
    const many = Array.from({ length: 100_000 }, (_, at) => lookupKey(at));
    await lookups.find(slice, many, cell());
    const calls = call.mock.calls.length;
    await lookups.find(slice, [lookupKey(0)], cell());
    expect(call).toHaveBeenCalledTimes(calls + 1);
  });

  it("answer from memory only while paused, however old it grows", async () => {
    let clock = 0;
    const { lookups, engine } = open(undefined, () => clock);
    await lookups.find(slice, [lookupKey("a")], cell());
    engine.paused = true;
    clock += 3_600_000;
    expect(await valuesOf(lookups.find(slice, [lookupKey("a")], cell()))).toEqual([{ value: "price of a" }]);
    await expect(lookups.find(slice, [lookupKey("b")], cell())).rejects.toMatchObject({ code: "KAL_PAUSED" });
  });
});
