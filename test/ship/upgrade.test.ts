/**
 * This service and the release before it, side by side on one Redis, as during an upgrade and a rollback.
 */
import { cpSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Calls, errorOf } from "../gateway/support/calls.ts";
import { connectBody } from "../gateway/support/own-environment.ts";
import { servePrices } from "../gateway/support/vendor.ts";
import { type Organisation, startOrganisation } from "../operations/support/organisation.ts";
import { type Replica, startReplica } from "../operations/support/replica.ts";
import { missingRedis } from "../operations/support/redis.ts";
import { buildRelease, findReleaseBefore } from "./support/release-before.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const release = findReleaseBefore();
const missing = missingRedis ?? (release === undefined ? "no history with the release before" : undefined);

const query = (at: Calls, ticket: string) =>
  at.call("POST", "/api/v1/query", { ticket, body: { collection: "price", fields: ["price"] } });

const rows = { status: 200, body: { rows: [[1.459]] } };

describe.skipIf(missing)(
  [`beside ${release ?? "the release before"}`, missing].filter(Boolean).join(": "),
  () => {
    let organisation: Organisation;
    let before: Replica;
    let now: Replica;

    beforeAll(async () => {
      organisation = await startOrganisation();
      const folder = path.join(organisation.redis.folder, "before");
      const program = buildRelease(release!, folder);
      cpSync("dist/addin", path.join(folder, "dist/addin"), { recursive: true });
      const variables = { ...organisation.variables, KAL_MAX_AGE: "60" };
      before = await startReplica(variables, program);
      now = await startReplica(variables);
    });

    afterAll(async () => {
      await Promise.all([before, now].map((replica) => replica?.kill("SIGKILL")));
      await organisation?.close();
    });

    beforeEach(() => servePrices(organisation.vendor));

    it.each([
      ["an upgrade", (): [Replica, Replica] => [before, now]],
      ["a rollback", (): [Replica, Replica] => [now, before]],
    ])("keeps sessions and gets answers after %s", async (_, order) => {
      const [first, second] = order();
      const { ticket } = await first.connect(connectBody);
      expect(await query(first, ticket)).toMatchObject(rows);
      expect(await query(second, ticket)).toMatchObject(rows);
      const body = { clientSecret: "newer~secret.Tk41" };
      expect((await second.call("PUT", "/api/v1/session/secret", { ticket, body })).status).toBe(204);
      expect(await query(first, ticket)).toMatchObject(rows);
      expect((await second.call("DELETE", "/api/v1/session", { ticket })).status).toBe(204);
      expect(errorOf(await query(first, ticket)).code).toBe("KAL_SESSION_ENDED");
    });

    it("gets answers at both while each stores its own", async () => {
      const { ticket } = await before.connect(connectBody);
      const asked = await Promise.all(
        Array.from({ length: 20 }, (_, at) => query([before, now][at % 2]!, ticket)),
      );
      for (const answer of asked) expect(answer).toMatchObject(rows);
    });
  },
);
