import { Agent } from "undici";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type CheckToken, createTokenCheck } from "../../../../src/gateway/sign-in/access-token.ts";
import { createSigningKeys } from "../../../../src/gateway/sign-in/signing-keys.ts";
import {
  addinClientId,
  objectId,
  serviceClientId,
  startTokenIssuer,
  tenant,
  type TokenIssuer,
} from "../../../gateway/support/token-issuer.ts";
import { recordingLog, stoppedClock } from "../support.ts";

const contact = "pricing-systems@example.com";
let issuer: TokenIssuer;
let dispatcher: Agent;
let clock: ReturnType<typeof stoppedClock>;
let log: ReturnType<typeof recordingLog>;
let check: CheckToken;

/** @param cooldown milliseconds between two fetches for an unknown key. */
function setUp(cooldown = 0): CheckToken {
  const { authority } = issuer;
  const settings = { tenant, clientId: addinClientId, audience: serviceClientId, authority, contact };
  const key = createSigningKeys({
    settings,
    dispatcher,
    timeout: 300,
    log: log.log,
    now: clock.now,
    cooldown,
  });
  return createTokenCheck({ settings, key, now: clock.now });
}

/** Fetches of the keys during this test. */
const asked = () => issuer.asked - askedBefore;
let askedBefore: number;

beforeAll(async () => {
  issuer = await startTokenIssuer();
});

afterAll(() => issuer.close());

beforeEach(() => {
  issuer.answer = "keys";
  askedBefore = issuer.asked;
  dispatcher = new Agent();
  clock = stoppedClock(Date.now());
  log = recordingLog();
  check = setUp();
});

afterEach(async () => {
  vi.useRealTimers();
  await dispatcher.destroy();
});

it("reads person, roles and expiry from a token of the organisation", async () => {
  const token = await issuer.sign({ roles: ["Pricing.Read", "Sites.Read", 7], oid: objectId.toUpperCase() });
  const { analyst, expiresAt } = await check(token);
  expect(analyst).toEqual({ tenant, objectId, name: "Ada Example", roles: ["Pricing.Read", "Sites.Read"] });
  expect(expiresAt - Date.now()).toBeLessThanOrEqual(3_600_000);
});

it("accepts a token for a minute after its end and before its start, because clocks differ", async () => {
  const token = await issuer.sign({}, clock.now());
  clock.advance(3600 + 59);
  await check(token);
  const early = await issuer.sign({}, clock.now() + 59_000);
  await check(early);
});

const minutes = (count: number) => Math.floor(Date.now() / 1000) + count * 60;

describe("a token is refused", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["of another issuer", { iss: "https://login.example.com/x/v2.0" }, "issuer"],
    ["of Entra's first version", { iss: `https://sts.windows.net/${tenant}/`, ver: "1.0" }, "issuer"],
    ["of another tenant", { tid: "00000000-1111-4222-8333-444444444444" }, "tenant"],
    ["for another service", { aud: "00000000-1111-4222-8333-444444444444" }, "audience"],
    ["for Microsoft Graph", { aud: "https://graph.microsoft.com" }, "audience"],
    ["that another program asked for", { azp: "00000000-1111-4222-8333-444444444444" }, "client"],
    ["that names no program", { azp: undefined }, "client"],
    ["without our scope", { scp: "User.Read access_as_user2" }, "scope"],
    ["of a program alone, without scopes", { scp: undefined, azp: addinClientId }, "app-only"],
    ["of a program alone, by its type", { idtyp: "app" }, "app-only"],
    ["that has expired", { exp: minutes(-2) }, "expired"],
    ["that is not valid yet", { nbf: minutes(2) }, "not-yet-valid"],
    ["without an end", { exp: undefined }, "claims"],
    ["without an account", { oid: undefined }, "claims"],
    ["whose account is no id", { oid: "ada@example.com" }, "claims"],
    ["without a role, which Entra leaves out", { roles: undefined }, "no-role"],
    ["whose roles are none", { roles: [] }, "no-role"],
    ["whose roles are a text", { roles: "Pricing.Read" }, "no-role"],
    [
      "without a role and with more groups than it can hold",
      {
        roles: undefined,
        _claim_names: { groups: "src1" },
        _claim_sources: { src1: { endpoint: "https://x" } },
      },
      "groups",
    ],
  ])("%s", async (_, change, reason) => {
    const code = reason === "expired" ? "KAL_SIGN_IN_REQUIRED" : "KAL_SIGN_IN_REFUSED";
    await expect(check(await issuer.sign(change))).rejects.toMatchObject({ code, reason });
  });

  it("signed by a key that is not the provider's", async () => {
    await expect(check(await issuer.forge())).rejects.toMatchObject({ reason: "signature" });
  });

  it("with claims changed after signing", async () => {
    const [head = "", , signature = ""] = (await issuer.sign()).split(".");
    const [, body = ""] = (await issuer.sign({ roles: ["Everything"] })).split(".");
    await expect(check(`${head}.${body}.${signature}`)).rejects.toMatchObject({ reason: "signature" });
  });

  it("signed with a secret (HS256)", async () => {
    const token = await issuer.sign({}, Date.now(), { alg: "HS256" });
    await expect(check(token)).rejects.toMatchObject({ reason: "algorithm" });
  });

  it.each(["RS512", "PS256"])("signed by the provider's key with another algorithm (%s)", async (alg) => {
    await expect(check(await issuer.sign({}, Date.now(), { alg }))).rejects.toMatchObject({
      reason: "algorithm",
    });
  });

  it("that is not signed (alg none)", async () => {
    const [, body = ""] = (await issuer.sign()).split(".");
    const head = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
    await expect(check(`${head}.${body}.`)).rejects.toMatchObject({ reason: "algorithm" });
  });

  it.each(["", "x", "a.b.c", "eyJhbGciOiJSUzI1NiJ9.e30", "null"])("that is not a token: %j", async (text) => {
    await expect(check(text)).rejects.toMatchObject({ code: "KAL_SIGN_IN_REFUSED", reason: "form" });
  });

  it("with a hint whom to ask, and nothing of the token", async () => {
    const failure = check(await issuer.sign({ roles: undefined }));
    await expect(failure).rejects.toMatchObject({ hint: `Ask for access: ${contact}.` });
  });
});

it("accepts roles even if there are too many groups, because only roles open connections", async () => {
  const { analyst } = await check(await issuer.sign({ _claim_names: { groups: "src1" } }));
  expect(analyst.roles).toEqual(["Pricing.Read"]);
});

describe("the keys", () => {
  it("are fetched with the first token and reused for the next ones", async () => {
    expect(asked()).toBe(0);
    await Promise.all(Array.from({ length: 50 }, async () => check(await issuer.sign())));
    await check(await issuer.sign());
    expect(asked()).toBe(1);
  });

  it("are fetched again for a new key", async () => {
    await check(await issuer.sign());
    await issuer.rotate();
    await check(await issuer.sign());
    expect(asked()).toBe(2);
  });

  it("are not fetched repeatedly for unknown keys", async () => {
    check = setUp(30_000);
    await check(await issuer.sign());
    for (let times = 0; times < 20; times++) {
      const token = await issuer.sign({}, Date.now(), { kid: `unknown-${times}` });
      await expect(check(token)).rejects.toMatchObject({ reason: "key" });
    }
    expect(asked()).toBe(1);
  });

  it("that were withdrawn are no longer accepted once others are known", async () => {
    const old = await issuer.sign();
    await check(old);
    await issuer.rotate();
    await check(await issuer.sign());
    await expect(check(old)).rejects.toMatchObject({ reason: "key" });
  });

  it.each(["nothing", 503, 302] as const)(
    "that cannot be fetched (%s) are no fault of the token",
    async (answer) => {
      issuer.answer = answer;
      const token = await issuer.sign();
      await expect(check(token)).rejects.toMatchObject({ code: "KAL_UPSTREAM_DOWN" });
      await expect(check(token)).rejects.toMatchObject({ code: "KAL_UPSTREAM_DOWN" });
      expect(asked()).toBe(1);
      issuer.answer = "keys";
      clock.advance(5);
      await check(token);
    },
  );

  it("that are known stay valid while the provider is down; a token with an unknown key may be valid", async () => {
    await check(await issuer.sign());
    issuer.answer = 503;
    await check(await issuer.sign());
    // After ten minutes the keys are fetched again, unless that fails.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 660_000 });
    clock.advance(660);
    await check(await issuer.sign());
    clock.advance(5);
    const token = await issuer.sign({}, Date.now(), { kid: "new" });
    await expect(check(token)).rejects.toMatchObject({ code: "KAL_UPSTREAM_DOWN" });
    clock.advance(86_400);
    const later = await issuer.sign({}, clock.now());
    await expect(check(later)).rejects.toMatchObject({ code: "KAL_UPSTREAM_DOWN" });
    expect(log.text()).toContain("cannot be fetched");
  });
});
