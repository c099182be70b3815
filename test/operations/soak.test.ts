/**
 * Memory of a replica under thousands of calls, with connects, disconnects and failing calls: it must not grow. `npm
 * run bench -- gateway-memory` does the same a million times.
 */
import { describe, expect, it } from "vitest";
import { connectBody } from "../gateway/support/own-environment.ts";
import { servePrices } from "../gateway/support/vendor.ts";
import { withOrganisation } from "./support/organisation.ts";
import type { Replica } from "./support/replica.ts";
import { missingRedis } from "./support/redis.ts";

const atOnce = 8;
const callsOfARound = 1000;

/** Bytes by which two rounds may differ: a leak of one kilobyte per call would exceed this. */
const noise = 1_500_000;

/** One person's morning: connects, makes two requests and an invalid one, disconnects. */
async function visit(replica: Replica) {
  const { ticket } = await replica.connect(connectBody);
  const query = (collection: string) =>
    replica.call("POST", "/api/v1/query", { ticket, body: { collection, fields: ["price"], maxAge: 0 } });
  const answers = [await query("price"), await query("price"), await query("prise")];
  answers.push(await replica.call("DELETE", "/api/v1/session", { ticket }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 204]);
}

async function round(replica: Replica) {
  let left = callsOfARound / 5;
  const person = async () => {
    while (left-- > 0) await visit(replica);
  };
  await Promise.all(Array.from({ length: atOnce }, person));
  return replica.heapUsed();
}

describe.skipIf(missingRedis)(["the memory of a replica", missingRedis].filter(Boolean).join(": "), () => {
  it("is flat", { timeout: 180_000 }, () =>
    withOrganisation(async ({ redis, vendor, start }) => {
      servePrices(vendor);
      const replica = await start({ KAL_LOG_LEVEL: "warn" });
      const before = await round(replica);
      await round(replica);
      const after = await round(replica);
      expect(after - before).toBeLessThan(noise);
      expect(await redis.use((client) => client.dbSize())).toBe(0);
    }),
  );
});
