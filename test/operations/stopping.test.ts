/** Replicas that stop, on purpose or not, during calls. */
import { mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Calls } from "../gateway/support/calls.ts";
import { withFolder } from "../gateway/support/gateway.ts";
import { connectBody, describeOwnEnvironment } from "../gateway/support/own-environment.ts";
import { holdPrices, startVendor } from "../gateway/support/vendor.ts";
import { withOrganisation } from "./support/organisation.ts";
import { missingRedis } from "./support/redis.ts";
import { startReplica } from "./support/replica.ts";

const query = (at: Calls, ticket: string) =>
  at.call("POST", "/api/v1/query", { ticket, body: { collection: "price", fields: ["price"], maxAge: 0 } });

describe.skipIf(missingRedis)(["a replica", missingRedis].filter(Boolean).join(": "), () => {
  it("loses only its own calls when it is killed", () =>
    withOrganisation(async ({ vendor, start }) => {
      const [one, other] = await Promise.all([start(), start()]);
      const { ticket } = await one.connect(connectBody);
      const { arrived, release } = holdPrices(vendor);
      const lost = query(one, ticket).catch(() => "cut off");
      await arrived;
      expect(await one.kill("SIGKILL")).toBe("SIGKILL");
      expect(await lost).toBe("cut off");
      release();
      expect(await query(other, ticket)).toMatchObject({ status: 200, body: { rows: [[1.459]] } });
    }));

  it("finishes running calls before it stops", () =>
    withOrganisation(async ({ vendor, start }) => {
      const [one, other] = await Promise.all([start({ KAL_STOP_DELAY: "1" }), start()]);
      const { ticket } = await one.connect(connectBody);
      const { arrived, release } = holdPrices(vendor);
      const running = query(one, ticket);
      await arrived;
      const ended = one.kill("SIGTERM");
      const answers = async () =>
        (await one.call("GET", "/health/ready").catch(() => ({ status: 0 }))).status;
      await expect.poll(answers).toBe(503);
      // From then on no new calls are accepted; only the running call is waited for.
      await expect.poll(answers, { timeout: 20_000 }).toBe(0);
      release();
      expect(await running).toMatchObject({ status: 200, body: { rows: [[1.459]] } });
      expect(await ended).toBe(0);
      expect(one.output()).toContain('"msg":"stopped"');
      expect((await query(other, ticket)).status).toBe(200);
    }));

  it("stops without its Redis, too", () =>
    withOrganisation(async ({ redis, start }) => {
      const replica = await start();
      await redis.kill("SIGKILL");
      expect(await replica.kill("SIGTERM")).toBe(0);
    }));

  it("exits with an error if a disconnect could not be sent to Redis", () =>
    withOrganisation(async ({ redis, start }) => {
      const replica = await start();
      const { ticket } = await replica.connect(connectBody);
      await redis.use((client) => client.sendCommand(["ACL", "SETUSER", "default", "-del"]));
      expect((await replica.call("DELETE", "/api/v1/session", { ticket })).status).toBe(500);
      expect(await replica.kill("SIGTERM")).toBe(1);
      expect(replica.output()).toContain(
        "The service did not stop cleanly: Redis did not receive 1 deletion(s) of sessions",
      );
    }));
});

it("an analyst's service exits with an error if its session file could not be written", () =>
  withFolder(async (folder) => {
    const vendor = await startVendor();
    const file = path.join(folder, "sessions.json");
    const service = await startReplica({
      ...describeOwnEnvironment(folder, { authority: vendor.origin, api: vendor.origin }),
      KAL_SESSION_FILE: file,
    });
    try {
      const { ticket } = await service.connect(connectBody);
      renameSync(file, `${file}.away`);
      mkdirSync(path.join(file, "in the way"), { recursive: true });
      expect((await service.call("DELETE", "/api/v1/session", { ticket })).status).toBe(500);
      expect(await service.kill("SIGTERM")).toBe(1);
      expect(service.output()).toContain("The service did not stop cleanly: ");
    } finally {
      await service.kill("SIGKILL");
      await vendor.close();
    }
  }));
