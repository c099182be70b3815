import { describe, expect, it } from "vitest";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import { connectionWith } from "../support.ts";
import { life, setUp, setUpWithToken } from "./support.ts";

describe("one token per credential", () => {
  it("sends one request for a thousand calls at once", async () => {
    const { service, asked, give } = setUp();
    const calls = Array.from({ length: 1000 }, () => service.token(connectionWith()));
    give("first");
    const tokens = new Set((await Promise.all(calls)).map(({ text }) => text));
    expect(asked()).toBe(1);
    expect([...tokens]).toEqual(["first"]);
  });

  it("caches the token for later calls", async () => {
    const { service, asked, connection, clock } = await setUpWithToken();
    clock.advance(1000);
    expect((await service.token(connection)).text).toBe("first");
    expect(asked()).toBe(1);
  });

  it.each(["clientId", "clientSecret", "scope"] as const)(
    "never returns the token of another %s",
    async (part) => {
      const { service, asked, give } = await setUpWithToken();
      const other = service.token(connectionWith({ [part]: "another" }));
      give("other");
      expect((await other).text).toBe("other");
      expect(asked()).toBe(2);
    },
  );

  it("never returns the token of another tenant or identity provider", async () => {
    const { service, asked, give, connection } = await setUpWithToken();
    const elsewhere = { ...connection, tenant: "example.onmicrosoft.com" };
    const otherProvider = {
      ...connection,
      environment: { ...connection.environment, authority: "https://login.example.net" },
    };
    const calls = [service.token(elsewhere), service.token(otherProvider)];
    give("a");
    give("b");
    await Promise.all(calls);
    expect(asked()).toBe(3);
  });

  it("fails every waiting call in an outage, and sends a new request for the next", async () => {
    const { service, asked, give, fail } = setUp();
    const calls = [service.token(connectionWith()), service.token(connectionWith())];
    fail(new KalError("KAL_UPSTREAM_DOWN"));
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: "KAL_UPSTREAM_DOWN" });
    const next = service.token(connectionWith());
    give("second");
    expect((await next).text).toBe("second");
    expect(asked()).toBe(2);
  });

  it("forgets", async () => {
    const { service, asked, give, connection } = await setUpWithToken();
    service.forget(connection);
    const next = service.token(connection);
    give("second");
    expect((await next).text).toBe("second");
    expect(asked()).toBe(2);
  });
});

describe("renewal", () => {
  it("happens in the background after 80 % of the lifetime, once for all calls", async () => {
    const { service, asked, give, connection, clock } = await setUpWithToken();
    clock.advance(life * 0.79);
    await service.token(connection);
    expect(asked()).toBe(1);

    clock.advance(life * 0.02);
    const served = await Promise.all([service.token(connection), service.token(connection)]);
    expect(served.map(({ text }) => text)).toEqual(["first", "first"]);
    expect(asked()).toBe(2);

    give("second");
    await expect.poll(async () => (await service.token(connection)).text).toBe("second");
    expect(asked()).toBe(2);
  });

  it("never affects a valid token, and does not repeat too often", async () => {
    const { service, asked, give, fail, connection, clock } = await setUpWithToken();
    clock.advance(life * 0.9);
    await service.token(connection);
    fail(new KalError("KAL_UPSTREAM_DOWN"));
    await new Promise(setImmediate);
    for (let call = 0; call < 5; call++) expect((await service.token(connection)).text).toBe("first");
    expect(asked()).toBe(2);

    clock.advance(31);
    await service.token(connection);
    expect(asked()).toBe(3);
    give("second");
    await expect.poll(async () => (await service.token(connection)).text).toBe("second");
  });

  it("is waited for when the token is about to expire", async () => {
    const { service, give, connection, clock } = await setUpWithToken();
    clock.advance(life - 5);
    const next = service.token(connection);
    give("second");
    expect((await next).text).toBe("second");
  });

  it("accepts lifetimes shorter than its margin: one request for each round of calls", async () => {
    const { service, asked, give } = setUp();
    for (const text of ["a", "b"]) {
      const calls = [service.token(connectionWith()), service.token(connectionWith())];
      give(text, 5);
      expect((await Promise.all(calls)).map((token) => token.text)).toEqual([text, text]);
    }
    expect(asked()).toBe(2);
  });
});

describe("a call may insist", () => {
  it("on a fresh token", async () => {
    const { service, asked, give, connection } = await setUpWithToken();
    const fresh = service.token(connection, { fresh: true });
    give("second");
    expect((await fresh).text).toBe("second");
    expect((await service.token(connection)).text).toBe("second");
    expect(asked()).toBe(2);
  });

  it("keeps the valid token when the fresh one is refused", async () => {
    const { service, fail, connection } = await setUpWithToken();
    const fresh = service.token(connection, { fresh: true });
    fail(new KalError("KAL_UPSTREAM_DOWN"));
    await expect(fresh).rejects.toThrow();
    expect((await service.token(connection)).text).toBe("first");
  });

  it("on any but the refused one: many calls that met the same 401 make one request", async () => {
    const { service, asked, give, connection } = await setUpWithToken();
    const early = [1, 2, 3].map(() => service.token(connection, { rejected: "first" }));
    give("second");
    await Promise.all(early);
    const late = await service.token(connection, { rejected: "first" });
    expect(late.text).toBe("second");
    expect(asked()).toBe(2);
  });
});

describe("the wall clock", () => {
  it("continues while a computer sleeps: an older token is not used afterwards", async () => {
    const { service, give, connection, clock } = await setUpWithToken();
    clock.advance(8 * 3600);
    const next = service.token(connection);
    give("second");
    expect((await next).text).toBe("second");
  });

  it("counts from the request, however late the answer is read", async () => {
    const { service, give, clock } = setUp();
    const first = service.token(connectionWith());
    clock.advance(600);
    give("first");
    expect((await first).expiresAt).toBe(clock.now() + (life - 600) * 1000);
  });
});

it("drops expired tokens and refusals when a new credential comes", async () => {
  const { service, give, fail, clock } = setUp();
  for (let client = 0; client < 100; client++) {
    const call = service.token(connectionWith({ clientId: `client-${client}` }));
    if (client % 2 === 0) give("t");
    else fail(new KalError("KAL_SECRET_INVALID"));
    await call.catch(() => undefined);
  }
  const open = service.token(connectionWith({ clientId: "open" }));
  expect(service.size).toBe(101);
  clock.advance(life);
  const call = service.token(connectionWith({ clientId: "new" }));
  expect(service.size).toBe(2);
  give("of the open one");
  give("of the new one");
  expect([(await open).text, (await call).text]).toEqual(["of the open one", "of the new one"]);
});

it("caches a bounded number of tokens", async () => {
  const { service, asked, give } = setUp();
  for (let client = 0; client <= 1000; client++) {
    const call = service.token(connectionWith({ clientId: `client-${client}` }));
    give("t");
    await call;
  }
  expect(asked()).toBe(1001);
  const again = service.token(connectionWith({ clientId: "client-0" }));
  expect(asked()).toBe(1002);
  give("t");
  await again;
});
