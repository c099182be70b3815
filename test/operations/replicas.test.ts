/** Two replicas of the built service that share a Redis: a session at one of them is valid at both. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Calls, errorOf } from "../gateway/support/calls.ts";
import { connectBody } from "../gateway/support/own-environment.ts";
import { sendJson, sendToken } from "../gateway/support/upstream.ts";
import { servePrices } from "../gateway/support/vendor.ts";
import { seal } from "../../src/gateway/sessions/seal.ts";
import { parseTicket, storeKey } from "../../src/gateway/sessions/ticket.ts";
import { olderSession } from "./support/older-session.ts";
import { type Organisation, startOrganisation } from "./support/organisation.ts";
import type { Replica } from "./support/replica.ts";
import { missingRedis, type RedisClient } from "./support/redis.ts";

const hour = 3_600_000;

const secretOf = (body: string) => new URLSearchParams(body).get("client_secret");

const query = (at: Calls, ticket: string) =>
  at.call("POST", "/api/v1/query", { ticket, body: { collection: "price", fields: ["price"] } });

const status = (at: Calls, ticket: string) => at.call("GET", "/api/v1/status", { ticket });

describe.skipIf(missingRedis)(["two replicas", missingRedis].filter(Boolean).join(": "), () => {
  let organisation: Organisation;
  let one: Replica;
  let other: Replica;

  beforeAll(async () => {
    organisation = await startOrganisation();
    [one, other] = await Promise.all([organisation.start(), organisation.start()]);
  });

  afterAll(() => organisation.close());

  beforeEach(async () => {
    organisation.vendor.answerToken = (_, response) => sendToken(response, "good");
    servePrices(organisation.vendor);
    await organisation.redis.use((client) => client.flushAll());
  });

  it("accept a ticket from the other one", async () => {
    const { ticket } = await one.connect(connectBody);
    expect(await query(other, ticket)).toMatchObject({ status: 200, body: { rows: [[1.459]] } });
    const { body } = await other.call("GET", "/api/v1/connections", { ticket });
    expect(body).toMatchObject([{ name: "own", environment: "own" }]);
  });

  it("keep a session while the cache key is changed, one after the other", async () => {
    const { ticket } = await one.connect(connectBody);
    expect((await query(one, ticket)).status).toBe(200);
    const rotated = await organisation.start({ KAL_CACHE_KEY: "q8Zt1Vw5Yb3Nc7Md9Lf0Kg2Jh4Pr6Xs8" });
    // Without the key before, an answer is pulled again.
    expect(await query(rotated, ticket)).toMatchObject({ status: 200, body: { rows: [[1.459]] } });
    expect(await query(one, ticket)).toMatchObject({ status: 200, body: { rows: [[1.459]] } });
  });

  it("end a session at once, whichever of them is asked to", async () => {
    const { ticket } = await one.connect(connectBody);
    const kept = await one.connect({ ...connectBody, label: "kept" });
    for (const at of [one, other]) expect((await query(at, ticket)).status).toBe(200);
    expect((await one.call("DELETE", "/api/v1/session", { ticket })).status).toBe(204);
    for (const at of [other, one]) expect(errorOf(await query(at, ticket)).code).toBe("KAL_SESSION_ENDED");
    expect((await query(other, kept.ticket)).status).toBe(200);
  });

  it("use the new secret after it was replaced at the other one", async () => {
    const { vendor } = organisation;
    const { ticket } = await one.connect(connectBody);
    expect((await query(other, ticket)).status).toBe(200);

    const clientSecret = "the-next-secret-Kd82";
    vendor.answerToken = ({ body }, response) => {
      if (secretOf(body) === clientSecret) sendToken(response, "newer");
      else sendJson(response, 401, { error: "invalid_client", error_codes: [7000222] });
    };
    const replace = (body: object) => one.call("PUT", "/api/v1/session/secret", { ticket, body });
    expect(errorOf(await replace({ clientSecret: "no" })).code).toBe("KAL_SECRET_EXPIRED");
    expect((await query(other, ticket)).status).toBe(200);
    expect((await replace({ clientSecret })).status).toBe(204);
    const asked = vendor.tokenRequests().length;
    expect((await query(other, ticket)).status).toBe(200);
    // The other one had a token of the old secret, valid for another hour, and did not use it.
    const later = vendor.tokenRequests().slice(asked);
    expect(later.map(({ body }) => secretOf(body))).toEqual([clientSecret]);
    expect(vendor.dataRequests().at(-1)?.headers.authorization).toBe("Bearer newer");
  });

  it("accept a session written by an older build, and each other's changes to it", async () => {
    const { ticket, key, value } = olderSession;
    await organisation.redis.use((client) => client.set(key, value, { PX: hour }));
    expect(await query(one, ticket)).toMatchObject({ status: 200, body: { rows: [[1.459]] } });
    const body = { clientSecret: "newer" };
    expect((await one.call("PUT", "/api/v1/session/secret", { ticket, body })).status).toBe(204);
    expect((await query(other, ticket)).status).toBe(200);
    expect(secretOf(organisation.vendor.tokenRequests().at(-1)!.body)).toBe("newer");
    expect((await other.call("DELETE", "/api/v1/session", { ticket })).status).toBe(204);
    expect(errorOf(await query(one, ticket)).code).toBe("KAL_SESSION_ENDED");
  });

  it("neither accept nor end a session that only a newer build can read", async () => {
    const { ticket } = await one.connect(connectBody);
    const parsed = parseTicket(ticket)!;
    const place = storeKey(parsed);
    const newer = seal(JSON.stringify({ version: 99, what: "nobody knows yet" }), parsed.key, place);
    const stored = `kal:session:${place}`;
    await organisation.redis.use((client) => client.set(stored, newer, { KEEPTTL: true }));
    const answer = await query(other, ticket);
    expect(errorOf(answer)).toMatchObject({ code: "KAL_GATEWAY_INTERNAL", retryable: true });
    expect(errorOf(answer).message).toBe("A newer version of the KAL service started this session.");
    expect(await organisation.redis.use((client) => client.get(stored))).toBe(newer);
  });

  it("accept no wrong secret after the right one", async () => {
    organisation.vendor.answerToken = ({ body }, response) => {
      if (secretOf(body) === connectBody.clientSecret) sendToken(response, "good");
      else sendJson(response, 401, { error: "invalid_client", error_codes: [7000215] });
    };
    await one.connect(connectBody);
    const wrong = await other.call("POST", "/api/v1/session", {
      body: { ...connectBody, clientSecret: "wrong" },
    });
    expect([wrong.status, errorOf(wrong).code]).toEqual([401, "KAL_SECRET_INVALID"]);
  });

  it("let Redis end a session", async () => {
    const redis = <T>(work: (client: RedisClient, key: string) => Promise<T>) =>
      organisation.redis.use(async (client) => work(client, (await client.keys("*"))[0] ?? ""));
    const left = () => redis((client, key) => client.pTTL(key));
    const { ticket } = await one.connect(connectBody);
    expect(await left()).toBeLessThanOrEqual(8 * hour);
    expect(await left()).toBeGreaterThan(7.9 * hour);
    // A use after half an hour extends the session.
    await redis((client, key) => client.pExpire(key, 7.5 * hour));
    expect((await status(other, ticket)).status).toBe(200);
    expect(await left()).toBeGreaterThan(7.9 * hour);

    await redis((client, key) => client.pExpire(key, 1));
    await expect.poll(async () => (await status(one, ticket)).status).toBe(401);
    const remembered = await one.connect({ ...connectBody, remember: true });
    expect(await left()).toBeGreaterThan(30 * 24 * hour - hour);
    expect((await status(other, remembered.ticket)).status).toBe(200);
  });
});
