/**
 * Two replicas of the built service that share answers through Redis.
 */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Calls } from "../gateway/support/calls.ts";
import { connectBody } from "../gateway/support/own-environment.ts";
import { sendJson, sendStatus, sendToken } from "../gateway/support/upstream.ts";
import { type Organisation, startOrganisation } from "./support/organisation.ts";
import type { Replica } from "./support/replica.ts";
import { missingRedis } from "./support/redis.ts";

const canary = "canary~of-a-record.Qz91";

/** Much longer than needed; only ends a hanging test. Milliseconds. */
const patience = { timeout: 30_000 };

interface Shown {
  readonly status: number;
  readonly body: { readonly rows: unknown; readonly shared?: string; readonly asOf: string };
}

describe.skipIf(missingRedis)(["answers of two replicas", missingRedis].filter(Boolean).join(": "), () => {
  let organisation: Organisation;
  let one: Replica;
  let other: Replica;
  let ticket: string;
  /** Lets the pulls in progress finish. */
  let release: () => void;
  let isHeld: boolean;
  let question = 0;

  const ask = (at: Calls, more: object = {}, as = ticket): Promise<Shown> => {
    const answer = at.call<Shown["body"]>("POST", "/api/v1/query", {
      ticket: as,
      body: { collection: "price", query: `(price>0.${question})`, fields: ["comment"], ...more },
    });
    // A test that fails before it awaits this reports its own error only.
    answer.catch(() => undefined);
    return answer;
  };

  /** Pulls of whole slices; the requests after them only prove that they are complete. */
  const pulls = () =>
    organisation.vendor
      .dataRequests()
      .filter(({ path }) => path.includes(`(price%3E0.${question})`) && !path.includes("offset"));

  beforeAll(async () => {
    organisation = await startOrganisation();
    const variables = { KAL_MAX_AGE: "60" };
    [one, other] = await Promise.all([organisation.start(variables), organisation.start(variables)]);
    const { vendor } = organisation;
    vendor.answerToken = ({ body }, response) =>
      sendToken(
        response,
        createHash("sha256")
          .update(String(new URLSearchParams(body).get("client_secret")))
          .digest("hex"),
      );
    let held: (() => void)[] = [];
    release = () => {
      isHeld = false;
      for (const end of held) end();
      held = [];
    };
    vendor.answerData = ({ path, headers }, response) => {
      if (path.startsWith("/api/status")) return sendStatus(response, "echoed");
      const comment = `${canary} ${String(headers.authorization).slice(-8)}`;
      const answer = () =>
        sendJson(
          response,
          200,
          path.includes("offset") ? [] : [{ id: { entityId: "1" }, data: { price: 1.459, comment } }],
        );
      if (isHeld) held.push(answer);
      else answer();
    };
    ({ ticket } = await one.connect(connectBody));
  });

  afterAll(() => organisation.close());

  beforeEach(async () => {
    release();
    question += 1;
    await organisation.redis.use((client) => client.flushAll());
    ({ ticket } = await one.connect(connectBody));
  });

  const stored = () =>
    organisation.redis.use(async (client) =>
      (await client.keys("kal:answer:*")).filter((key) => !key.endsWith(":lock")),
    );

  it("are pulled once: the other replica uses the same answer", async () => {
    const first = await ask(one);
    expect(first).toMatchObject({ status: 200, body: { rows: [[expect.stringContaining(canary)]] } });
    await expect.poll(stored, patience).toHaveLength(1);
    const second = await ask(other);
    expect(second.body).toEqual({ ...first.body, shared: "replica" });
    expect((await ask(other)).body.shared).toBe("memory");
    expect(pulls()).toHaveLength(1);
  });

  it("are read by a replica with the next cache key, if it still has the key of the others", async () => {
    const rotation = {
      KAL_MAX_AGE: "60",
      KAL_CACHE_KEY: "q8Zt1Vw5Yb3Nc7Md9Lf0Kg2Jh4Pr6Xs8",
      KAL_PREVIOUS_CACHE_KEY: String(organisation.variables["KAL_CACHE_KEY"]),
    };
    const [rotated, last] = await Promise.all([organisation.start(rotation), organisation.start(rotation)]);
    const first = await ask(one);
    await expect.poll(stored, patience).toHaveLength(1);
    expect((await ask(rotated)).body).toEqual({ ...first.body, shared: "replica" });
    expect(pulls()).toHaveLength(1);
    // What it pulls itself is under the next key. The others do not read that, and lose nothing.
    const refreshed = await ask(rotated, { maxAge: 0 });
    await expect.poll(stored, patience).toHaveLength(2);
    expect((await ask(other)).body).toEqual({ ...first.body, shared: "replica" });
    // Of two stored answers the newer one counts.
    expect((await ask(last)).body).toEqual({ ...refreshed.body, shared: "replica" });
    expect(pulls()).toHaveLength(2);
  });

  it("share one pull while it is in progress, also with callers who refresh", async () => {
    isHeld = true;
    const asked = [ask(one), ask(other), ask(other, { maxAge: 0 }), ask(one)];
    await expect.poll(() => pulls().length, patience).toBe(1);
    release();
    const shown = await Promise.all(asked);
    for (const { body } of shown) expect(body.rows).toEqual(shown[0]!.body.rows);
    expect(pulls()).toHaveLength(1);
  });

  it("are pulled again when somebody refreshes, and then shared again", async () => {
    await ask(one);
    await expect.poll(stored, patience).toHaveLength(1);
    expect((await ask(other, { maxAge: 0 })).body.shared).toBeUndefined();
    expect(pulls()).toHaveLength(2);
  });

  it("are pulled by the other replica if the first is killed during its pull", async () => {
    isHeld = true;
    const doomed = await organisation.start({ KAL_MAX_AGE: "60" });
    const lost = ask(doomed).catch(() => undefined);
    await expect.poll(() => pulls().length, patience).toBe(1);
    const waiting = ask(other);
    await doomed.kill("SIGKILL");
    await lost;
    await expect.poll(() => pulls().length, patience).toBe(2);
    release();
    expect((await waiting).status).toBe(200);
  });

  it("never mix the rows of two credentials", async () => {
    const clientSecret = "another~secret.Vb20";
    const theirs = (await other.connect({ ...connectBody, clientSecret })).ticket;
    const seen = new Map<string, Set<unknown>>();
    for (const at of [one, other, other, one])
      for (const as of [ticket, theirs]) {
        const { rows } = (await ask(at, {}, as)).body;
        seen.set(as, (seen.get(as) ?? new Set()).add(JSON.stringify(rows)));
      }
    const [mine, others] = [ticket, theirs].map((as) => [...seen.get(as)!]);
    expect(mine).toHaveLength(1);
    expect(others).toHaveLength(1);
    expect(mine).not.toEqual(others);
    expect(pulls()).toHaveLength(2);
  });

  it("are sealed in Redis, and cannot be opened if they are changed or moved", async () => {
    const first = await ask(one);
    await expect.poll(stored, patience).toHaveLength(1);
    const [name = ""] = await stored();
    const dump = await organisation.redis.use((client) => client.dump(name));
    expect(String(dump)).not.toContain("canary");
    expect(name).not.toContain("price");

    // Moves another question's answer to its place.
    question += 1;
    await ask(one);
    await expect.poll(stored, patience).toHaveLength(2);
    const moved = (await stored()).find((key) => key !== name) ?? "";
    await organisation.redis.use((client) => client.copy(moved, name, { REPLACE: true }));
    question -= 1;
    const again = await ask(other);
    expect(again.body.rows).toEqual(first.body.rows);
    expect(again.body.shared).toBeUndefined();

    await expect.poll(stored, patience).toHaveLength(2);
    await organisation.redis.use((client) => client.setRange(moved, 40, "x"));
    question += 1;
    expect((await ask(other)).body.shared).toBeUndefined();
  });

  it.each([
    ["killed", "SIGKILL"],
    ["silent", "SIGSTOP"],
  ] as const)(
    "are pulled by each replica where Redis is %s meanwhile, and nothing else is lost",
    async (_, signal) => {
      const { redis } = organisation;
      isHeld = true;
      const attempts = () =>
        redis.use(async (client) => /^cmdstat_set:calls=(\d+)/m.exec(await client.info("commandstats"))?.[1]);
      await redis.use((client) => client.configResetStat());
      const asked = [ask(one), ask(other)];
      // One has the lock; the other has tried to take it, so it has read the session and waits.
      await expect.poll(async () => Number(await attempts()), patience).toBeGreaterThan(1);
      await expect.poll(() => pulls().length, patience).toBe(1);
      await redis.kill(signal);
      await expect.poll(() => pulls().length, patience).toBe(2);
      release();
      for (const { status, body } of await Promise.all(asked)) {
        expect(status).toBe(200);
        expect(body.rows).toEqual([[expect.stringContaining(canary)]]);
      }
      await (signal === "SIGKILL" ? redis.start() : redis.kill("SIGCONT"));
      for (const replica of [one, other]) {
        const readiness = async () => (await replica.call("GET", "/health/ready")).status;
        await expect.poll(readiness, patience).toBe(200);
      }
      // Ready means that sessions can be read: the connection for answers comes back on its own.
      const share = async () => {
        question += 1;
        await ask(one);
        return (await ask(other)).body.shared;
      };
      await expect.poll(share, patience).toBe("replica");
    },
  );
});
