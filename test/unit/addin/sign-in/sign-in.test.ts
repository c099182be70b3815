/** Keeping an analyst signed in: one renewal for all who wait, and what each outcome leaves. */
import { beforeEach, expect, it, vi } from "vitest";
import type { HeldConnection } from "../../../../src/addin/runtime/session/connection-store.ts";
import type { GatewayCall, GatewayClient } from "../../../../src/addin/runtime/session/gateway-client.ts";
import type { ConnectionList } from "../../../../src/addin/runtime/session/held-connections.ts";
import { createSignIn } from "../../../../src/addin/sign-in/sign-in.ts";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import { createMemoryStorage } from "../../../../src/workbench/excel-host/node/memory-storage.ts";

const accounts = vi.hoisted(() => ({ getSilently: vi.fn(), ask: vi.fn() }));
vi.mock("../../../../src/addin/sign-in/accounts.ts", () => ({ createAccounts: () => accounts }));

const analyst = { name: "Ada", tenant: "t", objectId: "ada", roles: ["Pricing.Read"] };
const typed = { environment: "production", label: "Pricing", expiresAt: "2026-12-01T00:00:00Z" };
const old: HeldConnection = { ...typed, name: "pricing", ticket: "old", analyst };

let held: readonly HeldConnection[];
let calls: GatewayCall[];
let answer: (call: GatewayCall) => unknown;
let connections: ConnectionList;

beforeEach(() => {
  vi.stubGlobal("document", {
    documentElement: {
      dataset: {
        signIn: JSON.stringify({ typedCredentials: true, contact: "it@example.com", provider: {} }),
      },
    },
  });
  vi.stubGlobal("localStorage", createMemoryStorage());
  held = [old];
  calls = [];
  accounts.getSilently.mockReset().mockResolvedValue("token");
  accounts.ask.mockReset().mockResolvedValue("token");
  let tickets = 0;
  answer = () => ({
    ticket: `new ${++tickets}`,
    expiresAt: "2026-12-01T01:00:00Z",
    analyst,
    connections: [{ name: "pricing", environment: "production", label: "Pricing" }],
  });
  connections = {
    all: () => held,
    find: (name) => held.find((connection) => connection.name === name),
    change: (_what, make) => {
      held = make(held);
    },
    reread: () => undefined,
  };
  return () => vi.unstubAllGlobals();
});

function open() {
  const gateway: GatewayClient = {
    call: async (call) => {
      calls.push(call);
      return answer(call);
    },
    stream: () => Promise.reject(new Error("nothing is streamed")),
  };
  return createSignIn({
    gateway,
    connections,
    clock: { after: () => () => undefined, steady: () => 0 },
  });
}

const exchanges = () => calls.filter(({ path }) => path === "/sign-in").length;

it("renews once for all who wait", async () => {
  const { renew } = open();
  const renewed = await Promise.all(Array.from({ length: 5000 }, () => renew(old)));
  expect(exchanges()).toBe(1);
  expect(new Set(renewed.map(({ ticket }) => ticket))).toEqual(new Set(["new 1"]));
  // Somebody who comes late with the old ticket gets the new one.
  expect((await renew(old)).ticket).toBe("new 1");
  expect(exchanges()).toBe(1);
});

it("does not renew a ticket again that has just been renewed", async () => {
  const { renew } = open();
  const renewed = await renew(old);
  await expect(renew(renewed)).rejects.toMatchObject({ code: "KAL_SESSION_ENDED" });
});

it("leaves a connection that is no longer open to the service's answer", async () => {
  const { renew } = open();
  const sites = { ...old, name: "sites" };
  held = [old, sites];
  expect(await renew(sites)).toMatchObject({ name: "sites", ticket: "new 1" });
  expect(held.map(({ name }) => name)).toEqual(["pricing"]);
});

it("ends where the person must be asked, and cells say so", async () => {
  accounts.getSilently.mockRejectedValue(
    Object.assign(new Error(), { name: "InteractionRequiredAuthError", errorCode: "login_required" }),
  );
  await expect(open().renew(old)).rejects.toMatchObject({ code: "KAL_SIGN_IN_REQUIRED" });
  expect(held).toEqual([]);
  expect(connections.refusal?.code).toBe("KAL_SIGN_IN_REQUIRED");
});

it("keeps everything where only the provider does not answer", async () => {
  accounts.getSilently.mockRejectedValueOnce(
    Object.assign(new Error(), { name: "ClientAuthError", errorCode: "no_network_connectivity" }),
  );
  const { renew } = open();
  await expect(renew(old)).rejects.toMatchObject({ code: "KAL_UPSTREAM_DOWN" });
  expect(held).toEqual([old]);
  expect((await renew(old)).ticket).toBe("new 1");
});

it("ends where the account has lost its role", async () => {
  answer = () => {
    throw new KalError("KAL_SIGN_IN_REFUSED", { message: "no role" });
  };
  await expect(open().renew(old)).rejects.toMatchObject({ message: "no role" });
  expect(held).toEqual([]);
});

it("by a click puts another person in the place of the one before, whose ticket ends", async () => {
  const ben = { ...analyst, name: "Ben", objectId: "ben" };
  const usual = answer;
  answer = (call) => (call.path === "/sign-in" ? { ...(usual(call) as object), analyst: ben } : undefined);
  await open().signIn();
  expect(held.map((connection) => connection.analyst?.name)).toEqual(["Ben"]);
  expect(calls.at(-1)).toEqual({ method: "DELETE", path: "/session", ticket: "old" });
});

it("takes the place of a typed connection of the same name, and leaves others", async () => {
  held = [
    { ...typed, name: "pricing", ticket: "typed" },
    { ...typed, name: "own", ticket: "own" },
  ];
  await open().signIn();
  expect(held.map(({ name, ticket }) => `${name} ${ticket}`)).toEqual(["own own", "pricing new 1"]);
  expect(calls.at(-1)).toMatchObject({ method: "DELETE", ticket: "typed" });
});

it("signs out here and at the service, and stays signed out", async () => {
  await open().signOut();
  expect(held).toEqual([]);
  expect(calls).toEqual([{ method: "DELETE", path: "/session", ticket: "old" }]);
  expect(open().underWay()).toBeUndefined();
  expect(accounts.getSilently).not.toHaveBeenCalled();
});
