import { describe, expect, it } from "vitest";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import { connectionWith } from "../support.ts";
import { life, setUp, setUpWithToken } from "./support.ts";

describe("a refusal", () => {
  /** A service that was told that the secret has expired. */
  async function setUpRefused() {
    const all = setUp();
    const first = all.service.token(connectionWith());
    all.fail(new KalError("KAL_SECRET_EXPIRED", { message: "in words" }));
    await expect(first).rejects.toThrow();
    return all;
  }
  const refused = { code: "KAL_SECRET_EXPIRED", message: "in words", retryAfter: undefined };

  it("is cached for half a minute: a sheet of cells sends one request", async () => {
    const { service, asked, give, clock } = await setUpRefused();
    clock.advance(29);
    for (let cell = 0; cell < 100; cell++) {
      await expect(service.token(connectionWith())).rejects.toMatchObject(refused);
    }
    expect(asked()).toBe(1);
    clock.advance(1);
    const later = service.token(connectionWith());
    give("second");
    expect((await later).text).toBe("second");
  });

  it("does not apply to somebody who connects, and ends when that succeeds", async () => {
    const { service, asked, give } = await setUpRefused();
    const fresh = service.token(connectionWith(), { fresh: true });
    give("second");
    expect((await fresh).text).toBe("second");
    expect((await service.token(connectionWith())).text).toBe("second");
    expect(asked()).toBe(2);
  });

  it("does not apply to another secret", async () => {
    const { service, give } = await setUpRefused();
    const other = service.token(connectionWith({ clientSecret: "new" }));
    give("other");
    expect((await other).text).toBe("other");
  });
});

describe("a Data API that refuses every token", () => {
  /** A service whose token was refused, replaced, and refused again. */
  async function setUpRefused() {
    const all = await setUpWithToken();
    const second = all.service.token(all.connection, { rejected: "first" });
    all.give("second");
    await second;
    return all;
  }

  it("costs one token request, and then none for a minute", async () => {
    const { service, asked, give, connection, clock } = await setUpRefused();
    clock.advance(59);
    for (let cell = 0; cell < 100; cell++) {
      expect((await service.token(connection)).text).toBe("second");
      await expect(service.token(connection, { rejected: "second" })).rejects.toMatchObject({
        code: "KAL_FORBIDDEN",
      });
    }
    expect(asked()).toBe(2);
    clock.advance(1);
    const third = service.token(connection, { rejected: "second" });
    give("third");
    expect((await third).text).toBe("third");
  });

  it("does not affect calls that saw the first refusal late, nor somebody who connects", async () => {
    const { service, give, connection } = await setUpRefused();
    expect((await service.token(connection, { rejected: "first" })).text).toBe("second");
    const fresh = service.token(connection, { fresh: true });
    give("third");
    expect((await fresh).text).toBe("third");
    const replaced = service.token(connection, { rejected: "third" });
    give("fourth");
    expect((await replaced).text).toBe("fourth");
  });

  it("differs from a replacement that is refused", async () => {
    const { service, fail, connection } = await setUpWithToken();
    for (let call = 0; call < 2; call++) {
      const answer = service.token(connection, { rejected: "first" });
      fail(new KalError("KAL_UPSTREAM_DOWN"));
      await expect(answer).rejects.toMatchObject({ code: "KAL_UPSTREAM_DOWN" });
    }
  });
});

describe("Retry-After of the identity provider", () => {
  it("is followed: no requests meanwhile, and everybody is told how long", async () => {
    const { service, asked, give, fail, clock } = setUp();
    const first = service.token(connectionWith());
    fail(new KalError("KAL_THROTTLED", { retryAfter: 60 }));
    await expect(first).rejects.toMatchObject({ code: "KAL_THROTTLED", retryAfter: 60 });

    clock.advance(20);
    await expect(service.token(connectionWith(), { fresh: true })).rejects.toMatchObject({
      code: "KAL_THROTTLED",
      retryAfter: 40,
    });
    expect(asked()).toBe(1);

    clock.advance(40);
    const later = service.token(connectionWith());
    give("second");
    expect((await later).text).toBe("second");
  });

  it("applies to its credential only", async () => {
    const { service, give, fail } = setUp();
    const first = service.token(connectionWith());
    fail(new KalError("KAL_THROTTLED", { retryAfter: 60 }));
    await expect(first).rejects.toThrow();
    const other = service.token(connectionWith({ clientId: "another" }));
    give("other");
    expect((await other).text).toBe("other");
  });

  it("keeps a valid token in use", async () => {
    const { service, asked, fail, connection, clock } = await setUpWithToken();
    clock.advance(life * 0.85);
    await service.token(connection);
    fail(new KalError("KAL_THROTTLED", { retryAfter: 120 }));
    await new Promise(setImmediate);
    clock.advance(100);
    expect((await service.token(connection)).text).toBe("first");
    expect(asked()).toBe(2);
  });
});
