/** Names of connections: only the service assigns them, and none equals the id of another environment. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ConnectAnswer } from "../../src/kalibrate/gateway-api.ts";
import { errorOf, startTestGateway, type TestGateway, withFolder } from "./support/gateway.ts";
import { connectBody, planted, plantedTenant } from "./support/own-environment.ts";
import { startVendor, type Vendor } from "./support/vendor.ts";

let vendor: Vendor;

beforeAll(async () => {
  vendor = await startVendor();
});

afterAll(() => vendor.close());

/** A service with the environments `own` (the vendor's) and `production`, using a file for its sessions. */
async function run(
  folder: string,
  ids: readonly string[],
  use: (gateway: TestGateway) => Promise<void>,
): Promise<void> {
  const file = path.join(folder, "kal.json");
  const environments = ids.map((id) => ({
    id,
    label: id,
    apiBaseUrl: id === "own" ? `${vendor.origin}/api` : `https://${id}.example.com/api`,
    authority: vendor.origin,
    tenant: plantedTenant,
  }));
  writeFileSync(file, JSON.stringify({ environments }));
  const gateway = await startTestGateway({
    variables: {
      KAL_CONFIG: file,
      KAL_ALLOW_LOOPBACK: "1",
      KAL_SESSION_FILE: path.join(folder, "sessions.json"),
    },
  });
  try {
    await use(gateway);
  } finally {
    await gateway.close();
  }
}

it.each(["production", "PRODUCTION", "sandpit"])(
  "%s is no label for a connection to another environment",
  (label) =>
    withFolder((folder) =>
      run(folder, ["own", "production"], async (gateway) => {
        const answer = await gateway.call("POST", "/api/v1/session", { body: { ...connectBody, label } });
        expect([answer.status, errorOf(answer).code]).toEqual([400, "KAL_REQUEST_INVALID"]);
        expect(errorOf(answer).message).toBe(
          `“${label}” is the id of another environment, so this connection cannot have it as its label.`,
        );
        const own = await gateway.connect({ ...connectBody, label: "OWN" });
        expect(own.connection.name).toBe("OWN");
      }),
    ),
);

it("the address of a configured environment, typed in any form, gets that environment's name", () =>
  withFolder((folder) =>
    run(folder, ["own"], async (gateway) => {
      for (const apiBaseUrl of [vendor.origin, `${vendor.origin}/api/`, vendor.origin.toUpperCase()]) {
        const { connection }: ConnectAnswer = await gateway.connect({ ...planted, apiBaseUrl });
        expect([connection.name, connection.environment]).toEqual(["own", "own"]);
      }
    }),
  ));

it("a connection whose name becomes an environment's id ends, rather than answer for that environment", () =>
  withFolder(async (folder) => {
    let ticket = "";
    await run(folder, ["own"], async (gateway) => {
      ({ ticket } = await gateway.connect({ ...connectBody, label: "north" }));
      expect((await gateway.call("GET", "/api/v1/status?connection=north", { ticket })).status).toBe(200);
    });
    await run(folder, ["own", "north"], async (gateway) => {
      const answer = await gateway.call("GET", "/api/v1/status?connection=north", { ticket });
      expect(errorOf(answer).code).toBe("KAL_SESSION_ENDED");
    });
  }));
