/**
 * Replicas that end, on purpose or not, while somebody calls them.
 */
import { describe, expect, it } from "vitest";
import type { Calls } from "../gateway/support/calls.ts";
import { connectBody } from "../gateway/support/own-environment.ts";
import { holdPrices } from "../gateway/support/vendor.ts";
import { withOrganisation } from "./support/organisation.ts";
import { missingRedis } from "./support/redis.ts";

const query = (at: Calls, ticket: string) =>
  at.call("POST", "/api/v1/query", { ticket, body: { collection: "price", fields: ["price"], maxAge: 0 } });

describe.skipIf(missingRedis)(["a replica", missingRedis].filter(Boolean).join(": "), () => {
  it("that is killed takes its own calls along and nothing else", () =>
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

  it("that is asked to stop finishes running calls first", () =>
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
      // Then nobody new is let in; the running call is all that is waited for.
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
});
