import { describe, expect, it, vi } from "vitest";
import { createActivityLog } from "../../../../../src/addin/runtime/activity/activity-log.ts";
import { createServiceClock } from "../../../../../src/addin/runtime/session/service-clock.ts";
import { KalError } from "../../../../../src/kalibrate/errors.ts";

const subject = (key = "a") =>
  ({ key, operation: "query", connection: "sample", collection: "price" }) as const;

/** A log whose clock the test sets. */
function openLog() {
  const clock = { now: Date.parse("2026-11-21T08:00:00Z") };
  const now = () => clock.now;
  const serviceClock = createServiceClock(now);
  return {
    clock,
    serviceClock,
    log: createActivityLog({ now, steady: now, serviceTimeAt: serviceClock.timeAt }),
  };
}

describe("a call", () => {
  it("is there while it runs, and then tells what came of it", async () => {
    const { log, clock } = openLog();
    let finish!: (answer: { rows: number }) => void;
    const running = log.call(
      subject(),
      () => new Promise<{ rows: number }>((resolve) => (finish = resolve)),
      ({ rows }) => ({ rows, asOf: "2026-11-21T08:00:00Z" }),
    );
    expect(log.list()).toMatchObject([{ state: "running", duration: undefined, subject: subject() }]);
    clock.now += 250;
    finish({ rows: 12 });
    expect(await running).toEqual({ rows: 12 });
    expect(log.list()).toMatchObject([
      { state: "done", duration: 250, outcome: { rows: 12 }, isFromCache: false, error: undefined },
    ]);
  });

  it("counts the cells that it answers, and those that memory answers, as calls saved", async () => {
    const { log } = openLog();
    await log.call(subject(), async () => 1);
    for (let row = 1; row <= 5; row++) log.answered("a", `Sheet1!A${row}`);
    // Once more, and where Excel tells no address.
    log.answered("a", "Sheet1!A1");
    log.answered("a", undefined);
    const [entry] = log.list();
    expect(entry?.cells).toBe(6);
    expect([...entry!.addresses]).toEqual(["A1", "A2", "A3", "A4", "A5"].map((cell) => `Sheet1!${cell}`));
    expect(log.totals()).toEqual({ calls: 1, saved: 6 });
  });

  it("that fails says why, once for all its cells, also while the failure stands for later ones", async () => {
    const { log } = openLog();
    const error = new KalError("KAL_TIMEOUT", { requestId: "r-1" });
    await expect(log.call(subject(), () => Promise.reject(error))).rejects.toBe(error);
    log.failed(error, "Sheet1!A1");
    log.failed(new KalError("KAL_TIMEOUT", { retryAfter: 3, cause: error }), "Sheet1!A2");
    expect(log.list()).toHaveLength(1);
    expect(log.list()[0]).toMatchObject({ state: "failed", error: { requestId: "r-1" }, cells: 2 });
  });

  it("that was given up is no failure", async () => {
    const { log } = openLog();
    const abort = new DOMException("given up", "AbortError");
    await expect(log.call(subject(), () => Promise.reject(abort))).rejects.toBe(abort);
    expect(log.list()).toMatchObject([{ state: "cancelled", error: undefined }]);
  });

  it.each([
    ["as old as the call", 0, false],
    ["a minute older", -60_000, true],
  ])("whose data are %s by the service's clock", async (_name, age, isFromCache) => {
    const { log, clock, serviceClock } = openLog();
    // The service is an hour ahead.
    const ahead = 3_600_000;
    serviceClock.note(new Date(clock.now + ahead).toUTCString());
    const asOf = new Date(clock.now + ahead + age).toISOString();
    await log.call(
      subject(),
      async () => 1,
      () => ({ asOf }),
    );
    expect(log.list()[0]).toMatchObject({ isFromCache });
  });
});

describe("a failure before any call", () => {
  it("is one entry for all cells that have it, and comes to the top again", async () => {
    const { log, clock } = openLog();
    log.failed(new KalError("KAL_NOT_CONNECTED"), "Sheet1!A1");
    await log.call(subject(), async () => 1);
    clock.now += 1000;
    log.failed(new KalError("KAL_NOT_CONNECTED"), "Sheet1!A2");
    expect(log.list()).toMatchObject([
      { error: { code: "KAL_NOT_CONNECTED" }, at: clock.now, cells: 2 },
      { subject: subject() },
    ]);
  });

  it("that no record matches is no failure, and one entry whatever was looked for", () => {
    const { log } = openLog();
    for (let row = 1; row <= 9; row++) {
      log.failed(new KalError("KAL_NO_MATCH", { message: `No record matches “${row}”.` }), `S!A${row}`);
    }
    expect(log.list()).toMatchObject([{ state: "done", cells: 9, error: { code: "KAL_NO_MATCH" } }]);
  });

  it("because data is paused is waiting, until data is no longer paused", () => {
    const { log } = openLog();
    for (const address of ["S!A1", "S!A2"]) log.failed(new KalError("KAL_PAUSED"), address);
    expect(log.list()).toMatchObject([{ state: "waiting", cells: 2 }]);
    log.resumed();
    expect(log.list()).toEqual([]);
    log.failed(new KalError("KAL_PAUSED"), "S!A1");
    expect(log.list()).toMatchObject([{ state: "waiting", cells: 1 }]);
  });

  it("leaves room for calls, however many different ones there are", async () => {
    const { log } = openLog();
    await log.call(subject(), async () => 1);
    for (let row = 0; row < 1000; row++) {
      log.failed(new KalError("KAL_ARGUMENT_INVALID", { message: `wrong ${row}` }), `S!A${row + 1}`);
    }
    expect(log.list()).toHaveLength(51);
    expect(log.list()[0]?.error?.message).toBe("wrong 999");
    expect(log.list().at(-1)).toMatchObject({ subject: subject() });
  });

  it("of anything else than ours is told by the catalogue", () => {
    const { log } = openLog();
    log.failed(new TypeError("x is undefined"), undefined);
    expect(log.list()[0]).toMatchObject({ error: { code: "KAL_ADDIN_INTERNAL" }, cells: 1 });
  });
});

describe("memory", () => {
  it("holds the last 200, and goes on counting for what has left", async () => {
    const { log } = openLog();
    for (let at = 0; at < 300; at++) await log.call(subject(`k${at}`), async () => at);
    log.answered("k0", "S!A1");
    log.answered("k299", "S!A2");
    expect(log.list()).toHaveLength(200);
    expect(log.list().map(({ subject: one }) => one!.key)).not.toContain("k99");
    expect(log.list()[0]).toMatchObject({ cells: 1 });
    expect(log.totals()).toEqual({ calls: 300, saved: 0 });
  });

  it("forgets the addresses of the oldest, not how many they were", async () => {
    const { log } = openLog();
    await log.call(subject("old"), async () => 1);
    for (let row = 1; row <= 60_000; row++) log.answered("old", `S!A${row}`);
    expect(log.list()[0]!.addresses.size).toBe(50_000);
    expect(log.list()[0]!.cells).toBe(60_000);
    await log.call(subject("new"), async () => 1);
    log.answered("new", "S!B1");
    const kept = log.list().map(({ addresses, cells }) => [addresses.size, cells]);
    expect(kept).toEqual([
      [1, 1],
      [0, 60_000],
    ]);
  });

  it("is empty after clearing, also of what was running", async () => {
    const { log } = openLog();
    const error = new KalError("KAL_TIMEOUT");
    const running = log.call(subject(), () => Promise.reject(error));
    log.clear();
    await expect(running).rejects.toBe(error);
    expect(log.list()).toEqual([]);
    log.failed(error, "S!A1");
    expect(log.list()).toMatchObject([{ subject: undefined, cells: 1 }]);
  });
});

it("notes and refused commands have their entries", () => {
  const { log } = openLog();
  log.noted("datesArePlain", "S!A1");
  log.noted("datesArePlain", "S!A2");
  log.refused("convertSelection", new KalError("KAL_GATEWAY_INTERNAL"));
  expect(log.list()).toMatchObject([
    { state: "failed", command: "convertSelection" },
    { state: "done", note: "datesArePlain", cells: 2 },
  ]);
});

it("tells of the changes of a burst once", async () => {
  const { log } = openLog();
  const changed = vi.fn();
  const stop = log.onChange(changed);
  for (let row = 1; row <= 5000; row++) log.answered("a", `S!A${row}`);
  await Promise.resolve();
  expect(changed).toHaveBeenCalledTimes(1);
  stop();
  log.answered("a", "S!A1");
  await Promise.resolve();
  expect(changed).toHaveBeenCalledTimes(1);
});
