import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { errorOf, startTestGateway, type TestGateway, withFolder } from "./support/gateway.ts";

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 5 });
});

afterAll(() => simulator.close());

/** Starts a gateway, uses it and stops it. */
async function once<T>(
  variables: Record<string, string>,
  use: (gateway: TestGateway) => Promise<T>,
): Promise<T> {
  const gateway = await startTestGateway({ variables, sampleEnvironment: simulator.environment });
  try {
    return await use(gateway);
  } finally {
    await gateway.close();
  }
}

it("a session in a file survives, and the file holds nothing that could be misused", () =>
  withFolder(async (folder) => {
    const file = path.join(folder, "sessions.json");
    const variables = { KAL_SESSION_FILE: file };
    const typed = { environment: "sample", ...simulator.environment.credentials };
    const { ticket } = await once(variables, (gateway) => gateway.connect(typed));

    const content = await readFile(file, "utf8");
    for (const secret of [ticket, typed.clientSecret, typed.clientId]) expect(content).not.toContain(secret);

    await once(variables, async (gateway) => {
      expect((await gateway.call("GET", "/api/v1/status", { ticket })).status).toBe(200);
      expect((await gateway.call("DELETE", "/api/v1/session", { ticket })).status).toBe(204);
    });
    await once(variables, async (gateway) => {
      expect(errorOf(await gateway.call("GET", "/api/v1/status", { ticket })).code).toBe("KAL_SESSION_ENDED");
    });
  }));

it("a session in memory ends", async () => {
  const { ticket } = await once({}, (gateway) => gateway.connect({ environment: "sample" }));
  await once({}, async (gateway) => {
    expect(errorOf(await gateway.call("GET", "/api/v1/status", { ticket })).code).toBe("KAL_SESSION_ENDED");
  });
});

it("the token is dropped with its last session; a session from before the restart requests its own", () =>
  withFolder(async (folder) => {
    const variables = { KAL_SESSION_FILE: path.join(folder, "sessions.json") };
    const old = await once(variables, (gateway) => gateway.connect({ environment: "sample" }));
    await once(variables, async (gateway) => {
      const { ticket } = await gateway.connect({ environment: "sample" });
      await gateway.call("DELETE", "/api/v1/session", { ticket });
      simulator.clearRequests();
      expect((await gateway.call("GET", "/api/v1/status", { ticket: old.ticket })).status).toBe(200);
      expect(simulator.requests.map(({ kind }) => kind)).toContain("token");
    });
  }));
