import { describe, expect, it } from "vitest";
import { createConnectGuard } from "../../../../src/gateway/sessions/connect-guard.ts";
import { createCredentialKey } from "../../../../src/gateway/sessions/credential-key.ts";
import { type ErrorCode, KalError } from "../../../../src/kalibrate/errors.ts";
import { connectionWith, stoppedClock } from "../support.ts";

function setUp(failuresPerAddress = 1000) {
  const clock = stoppedClock();
  const credentialKey = createCredentialKey(Buffer.alloc(32, 7));
  /** The pauses made, in milliseconds. */
  const pauses: number[] = [];
  const pause = async (milliseconds: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    pauses.push(milliseconds);
  };
  const guard = createConnectGuard({ credentialKey, failuresPerAddress, pause, now: clock.now });
  let asked = 0;
  const asking = async <T>(outcome: Promise<T>) => {
    asked++;
    return outcome;
  };
  return {
    clock,
    pauses,
    asked: () => asked,
    /** Connects with a wrong secret; resolves to the error's code. */
    fail: (clientSecret: string, code: ErrorCode = "KAL_SECRET_INVALID", address = "192.0.2.1") =>
      guard(address, connectionWith({ clientSecret }), signal, () =>
        asking(Promise.reject(new KalError(code))),
      ).then(
        () => "connected",
        (error: KalError) => error.code,
      ),
    work: (clientSecret: string, address = "192.0.2.1", caller = signal) =>
      guard(address, connectionWith({ clientSecret }), caller, () =>
        asking(Promise.resolve("connected")),
      ).catch((error: KalError) => error),
  };
}

const { signal } = new AbortController();

const repeat = async (times: number, use: (index: number) => Promise<unknown>) => {
  for (let index = 0; index < times; index++) await use(index);
};

describe("one credential", () => {
  it("is not tried for a quarter of an hour after ten refusals", async () => {
    const { fail, work, asked, clock } = setUp();
    await repeat(10, async () => expect(await fail("wrong")).toBe("KAL_SECRET_INVALID"));
    expect(await work("wrong")).toMatchObject({ code: "KAL_THROTTLED", retryAfter: 900 });
    expect(asked()).toBe(10);
    clock.advance(899);
    expect(await work("wrong")).toMatchObject({ retryAfter: 1 });
    clock.advance(1);
    expect(await work("wrong")).toBe("connected");
  });

  it("is not delayed by wrong secrets for the same client", async () => {
    const { fail, work } = setUp();
    await repeat(50, (index) => fail(`guess-${index}`));
    await repeat(10, () => fail("wrong"));
    expect(await work("right")).toBe("connected");
  });

  it("is never locked once it has worked", async () => {
    const { fail, work, asked } = setUp(5);
    await work("right");
    await repeat(50, async () =>
      expect(await fail("right", "KAL_SECRET_EXPIRED")).toBe("KAL_SECRET_EXPIRED"),
    );
    expect(await work("right")).toBe("connected");
    expect(asked()).toBe(52);
  });

  it("starts counting again after it has worked", async () => {
    const { fail, work } = setUp();
    await repeat(9, () => fail("typed"));
    expect(await work("typed")).toBe("connected");
    expect(await fail("typed")).toBe("KAL_SECRET_INVALID");
  });
});

describe("one address", () => {
  it("pauses before each attempt after too many failures in ten minutes, whatever it tries", async () => {
    const { fail, pauses, clock } = setUp(5);
    await repeat(5, (index) => fail(`guess-${index}`));
    expect(pauses).toEqual([]);
    await repeat(2, (index) => fail(`guess-${5 + index}`));
    expect(pauses).toEqual([1000, 1000]);
    await fail("guess-7", "KAL_SECRET_INVALID", "192.0.2.2");
    expect(pauses).toHaveLength(2);
    clock.advance(120);
    await fail("guess-8");
    expect(pauses).toHaveLength(2);
    await fail("guess-9");
    expect(pauses).toHaveLength(3);
  });

  it("does not lock out the right credential, although it has never worked here", async () => {
    const { fail, work } = setUp(30);
    await repeat(40, (index) => fail(`guess-${index}`));
    expect(await work("right")).toBe("connected");
  });

  it("may have ten waiting attempts, and no more", async () => {
    const { fail, asked } = setUp(5);
    const codes = await Promise.all(Array.from({ length: 100 }, (_, index) => fail(`guess-${index}`)));
    expect(asked()).toBe(15);
    expect(codes.filter((code) => code === "KAL_THROTTLED")).toHaveLength(85);
  });

  it("makes no request for a caller who has left, and continues with the next", async () => {
    const { fail, work, asked } = setUp(1);
    await fail("guess");
    const left = AbortSignal.abort(new Error("left"));
    const [first, second] = await Promise.all([work("right", undefined, left), work("right")]);
    expect([first, second]).toEqual([new Error("left"), "connected"]);
    expect(asked()).toBe(2);
  });

  it("does not delay a credential that has worked", async () => {
    const { fail, work, pauses } = setUp(5);
    await work("right", "192.0.2.9");
    await repeat(5, (index) => fail(`guess-${index}`));
    expect(await work("right")).toBe("connected");
    expect(pauses).toEqual([]);
  });

  it("does not count successes or outages", async () => {
    const { fail, work, pauses } = setUp(3);
    await repeat(10, (index) => work(`good-${index}`));
    await repeat(10, (index) => fail(`other-${index}`, "KAL_UPSTREAM_DOWN"));
    await repeat(10, (index) => fail(`other-${index}`, "KAL_TIMEOUT"));
    expect(await fail("wrong")).toBe("KAL_SECRET_INVALID");
    expect(pauses).toEqual([]);
  });

  it.each([
    ["2001:db8:1:2::1", "2001:0DB8:0001:0002:ffff::9", true],
    ["2001:db8:1:2::1", "2001:db8:1:3::1", false],
    ["fe80::1%eth0", "fe80::2", true],
    ["::1", "::2", true],
    ["::ffff:192.0.2.1", "::ffff:192.0.2.2", false],
    ["192.0.2.1", "192.0.2.2", false],
  ])("is a whole network where it is IPv6: %s and %s", async (text, two, same) => {
    const { fail, pauses } = setUp(1);
    await fail("guess-1", "KAL_SECRET_INVALID", text);
    await fail("guess-2", "KAL_SECRET_INVALID", two);
    expect(pauses).toHaveLength(same ? 1 : 0);
  });
});

describe("connects that succeed", () => {
  it("are limited for each credential, so that nobody else is prevented from connecting", async () => {
    const { work, fail, clock } = setUp();
    await repeat(2500, async () => expect(await work("right")).toBe("connected"));
    // A day has 86,400 seconds: one more connect every 34.56 seconds.
    expect(await work("right")).toMatchObject({ code: "KAL_THROTTLED", retryAfter: 35 });
    expect(await work("another")).toBe("connected");
    clock.advance(35);
    // A failed attempt creates no session.
    await repeat(3, async () => expect(await fail("right", "KAL_UPSTREAM_DOWN")).toBe("KAL_UPSTREAM_DOWN"));
    expect(await work("right")).toBe("connected");
    expect(await work("right")).toMatchObject({ code: "KAL_THROTTLED" });
  });
});
