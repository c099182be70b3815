/**
 * A replica whose Redis is down, silent or answers with errors: what it does meanwhile, and that it recovers by
 * itself.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Calls, errorOf } from "../gateway/support/calls.ts";
import { makeCertificates } from "../gateway/support/certificates.ts";
import { startTestGateway, type TestGateway } from "../gateway/support/gateway.ts";
import { connectBody } from "../gateway/support/own-environment.ts";
import { startVendor, type Vendor } from "../gateway/support/vendor.ts";
import { withOrganisation } from "./support/organisation.ts";
import { missingRedis, prepareRedis, type Redis } from "./support/redis.ts";

const password = "redis~planted.password-Hj37";

/** Much longer than needed; only ends a hanging test. Milliseconds. */
const patience = { timeout: 20_000 };

const ready = async (service: Calls) => (await service.call("GET", "/health/ready")).status;
const status = (service: Calls, ticket: string) => service.call("GET", "/api/v1/status", { ticket });

/** Meanwhile every call with a ticket reports the fault; calls without one still work. */
async function expectLost(service: Calls, ticket: string) {
  const answer = await status(service, ticket);
  expect(answer.status).toBe(500);
  expect(errorOf(answer)).toMatchObject({
    code: "KAL_GATEWAY_INTERNAL",
    message: "The KAL service cannot reach its session store.",
    retryable: true,
  });
  expect((await service.call("GET", "/health/live")).status).toBe(200);
  expect((await service.call("GET", "/api/v1/environments")).status).toBe(200);
}

describe.skipIf(missingRedis)(["Redis", missingRedis].filter(Boolean).join(": "), () => {
  let redis: Redis;
  let vendor: Vendor;

  beforeEach(async () => {
    redis = await prepareRedis({ password });
    vendor = await startVendor();
  });

  afterEach(async () => {
    await vendor.close();
    await redis.close();
  });

  const run = (use: (gateway: TestGateway) => Promise<void>) =>
    vendor.run(use, { variables: { KAL_REDIS_URL: redis.url } });

  it("may be killed and come back: the service is not ready, calls say why, sessions survive", async () => {
    await redis.start();
    await run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      expect(await ready(gateway)).toBe(200);
      await redis.kill("SIGKILL");
      await expect.poll(() => ready(gateway), patience).toBe(503);
      await expectLost(gateway, ticket);
      const connecting = await gateway.call("POST", "/api/v1/session", { body: connectBody });
      expect(errorOf(connecting).code).toBe("KAL_GATEWAY_INTERNAL");

      await redis.start();
      await expect.poll(() => ready(gateway), patience).toBe(200);
      expect((await status(gateway, ticket)).status).toBe(200);
      expect(gateway.log()).toContain('"msg":"Redis cannot be reached; trying again"');
      expect(gateway.log()).toContain('"msg":"Redis can be reached again"');
      expect(gateway.log()).not.toContain(password);
    });
  });

  it("may fall silent without closing a connection", async () => {
    await redis.start();
    await run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      await redis.kill("SIGSTOP");
      let isTold = false;
      const told = expectLost(gateway, ticket).finally(() => (isTold = true));
      // Data still being sent must not count as a sign of life.
      const ask = async () => (await ready(gateway)) === 503 && isTold;
      await expect.poll(ask, patience).toBe(true);
      await told;
      await redis.kill("SIGCONT");
      await expect.poll(() => ready(gateway), patience).toBe(200);
      expect((await status(gateway, ticket)).status).toBe(200);
    });
  });

  it("may start after the service", () =>
    run(async (gateway) => {
      expect(await ready(gateway)).toBe(503);
      await redis.start();
      await expect.poll(() => ready(gateway), patience).toBe(200);
      const { ticket } = await gateway.connect(connectBody);
      expect((await status(gateway, ticket)).status).toBe(200);
    }));

  it("may change its password: the service does not give up", async () => {
    await redis.start();
    await run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      await redis.use(async (client) => {
        await client.sendCommand(["CONFIG", "SET", "requirepass", "another"]);
        await client.sendCommand(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
        await expect.poll(() => ready(gateway), patience).toBe(503);
        await expectLost(gateway, ticket);
        await client.sendCommand(["CONFIG", "SET", "requirepass", password]);
      });
      await expect.poll(() => ready(gateway), patience).toBe(200);
      expect((await status(gateway, ticket)).status).toBe(200);
    });
  });

  it("may become a replica, which is read-only: then the service resolves its name again", async () => {
    await redis.start();
    const connections = (client: { sendCommand(command: string[]): Promise<unknown> }) =>
      client
        .sendCommand(["CLIENT", "LIST", "TYPE", "normal"])
        .then((list) => String(list).match(/\bid=\d+/g));
    await run((gateway) =>
      redis.use(async (client) => {
        const before = await connections(client);
        await client.sendCommand(["REPLICAOF", "127.0.0.1", "1"]);
        const refused = await gateway.call("POST", "/api/v1/session", { body: connectBody });
        expect(errorOf(refused).code).toBe("KAL_GATEWAY_INTERNAL");
        await expect.poll(() => connections(client), patience).not.toEqual(before);
        await client.sendCommand(["REPLICAOF", "NO", "ONE"]);
        const connecting = async () =>
          (await gateway.call("POST", "/api/v1/session", { body: connectBody })).status;
        await expect.poll(connecting, patience).toBe(200);
      }),
    );
  });

  it("may refuse a disconnect: the ticket ends at this service at once, and in Redis as soon as possible", async () => {
    await redis.start();
    await run((gateway) =>
      redis.use(async (client) => {
        const { ticket } = await gateway.connect(connectBody);
        const kept = await gateway.connect(connectBody);
        await client.sendCommand(["ACL", "SETUSER", "default", "-del"]);
        const answer = await gateway.call("DELETE", "/api/v1/session", { ticket });
        expect(errorOf(answer)).toMatchObject({
          code: "KAL_GATEWAY_INTERNAL",
          message: "This connection has ended here, but Redis could not be updated.",
        });
        expect(errorOf(await status(gateway, ticket)).code).toBe("KAL_SESSION_ENDED");
        expect(await client.dbSize()).toBe(2);
        await client.sendCommand(["ACL", "SETUSER", "default", "+del"]);
        await expect.poll(() => client.dbSize(), patience).toBe(1);
        expect(errorOf(await status(gateway, ticket)).code).toBe("KAL_SESSION_ENDED");
        expect((await status(gateway, kept.ticket)).status).toBe(200);
      }),
    );
  });

  it("may be down when somebody disconnects: the deletion is sent as soon as it is back", async () => {
    await redis.start();
    await run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      const kept = await gateway.connect(connectBody);
      await redis.kill("SIGKILL");
      await expect.poll(() => ready(gateway), patience).toBe(503);
      const answer = await gateway.call("DELETE", "/api/v1/session", { ticket });
      expect(errorOf(answer).message).toBe("This connection has ended here, but Redis could not be updated.");
      await redis.start();
      await expect.poll(() => redis.use((client) => client.dbSize()), patience).toBe(1);
      await expect.poll(() => ready(gateway), patience).toBe(200);
      expect(errorOf(await status(gateway, ticket)).code).toBe("KAL_SESSION_ENDED");
      expect((await status(gateway, kept.ticket)).status).toBe(200);
    });
  });

  it("may be full (noeviction): connecting reports it, and existing sessions continue", async () => {
    await redis.start();
    await run((gateway) =>
      redis.use(async (client) => {
        const { ticket } = await gateway.connect(connectBody);
        await client.sendCommand(["CONFIG", "SET", "maxmemory", "1"]);
        const refused = await gateway.call("POST", "/api/v1/session", { body: connectBody });
        expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "300"]);
        expect(errorOf(refused)).toMatchObject({
          code: "KAL_THROTTLED",
          message: "The KAL service has no room for another session.",
          hint: "Try again in a few minutes; if this persists, tell your administrator.",
        });
        expect(await ready(gateway)).toBe(200);
        expect((await status(gateway, ticket)).status).toBe(200);
        // Disconnecting frees space.
        expect((await gateway.call("DELETE", "/api/v1/session", { ticket })).status).toBe(204);
        await client.sendCommand(["CONFIG", "SET", "maxmemory", "0"]);
        expect((await gateway.call("POST", "/api/v1/session", { body: connectBody })).status).toBe(200);
      }),
    );
  });

  it.each([
    ["a wrong password", (url: string) => url.replace(password, "wrong~Pw91")],
    ["no password", (url: string) => url.replace(`:${password}@`, "")],
    ["a database that it does not have", (url: string) => `${url}/4711`],
  ])("refuses %s: then the service does not start, and says why", async (_, change) => {
    await redis.start();
    const error = await startTestGateway({ variables: { KAL_REDIS_URL: change(redis.url) } }).catch(String);
    expect(error).toContain("- KAL_REDIS_URL: expected a user name, a password and a database");
    expect(error).not.toMatch(/wrong~Pw91|planted\.password/);
  });
});

describe.skipIf(missingRedis)(["Redis over TLS", missingRedis].filter(Boolean).join(": "), () => {
  it("is used only if its certificate is trusted", async () => {
    const tls = await makeCertificates(["localhost"]);
    await withOrganisation(
      async ({ redis, start }) => {
        const ca = path.join(redis.folder, "ca.crt");
        writeFileSync(ca, tls.ca);
        const replica = await start({ NODE_EXTRA_CA_CERTS: ca });
        const { ticket } = await replica.connect(connectBody);
        expect((await status(replica, ticket)).status).toBe(200);
        expect(await redis.use((client) => client.dbSize())).toBe(1);

        const distrustful = await startTestGateway({ variables: { KAL_REDIS_URL: redis.url } });
        try {
          expect(await ready(distrustful)).toBe(503);
          expect(distrustful.log()).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT/);
          expect(distrustful.log()).not.toContain(password);
        } finally {
          await distrustful.close();
        }
      },
      { password, tls },
    );
  });
});
