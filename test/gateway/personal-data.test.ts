/**
 * What says something about a person is shown to nobody unless the configuration says so.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { errorOf, startTestGateway, withFolder } from "./support/gateway.ts";

/** The answer to a query that asks for a person's name, under a setting. */
function ask(fields: string[], personalData?: "hide" | "show") {
  return withFolder(async (folder) => {
    const file = path.join(folder, "kal.json");
    writeFileSync(file, JSON.stringify(personalData ? { personalData } : {}));
    const simulator = await startSimulator({ ownSites: 5 });
    const gateway = await startTestGateway({
      variables: { KAL_CONFIG: file },
      sampleEnvironment: simulator.environment,
    });
    try {
      const { ticket } = await gateway.connect({ environment: "sample" });
      const body = { collection: "site", query: "(entityVariant=Own)", fields };
      return await gateway.call<{ rows: unknown[][] }>("POST", "/api/v1/query", { ticket, body });
    } finally {
      await gateway.close();
      await simulator.close();
    }
  });
}

it.each([undefined, "hide"] as const)("is refused by its name, in any letter case (%s)", async (setting) => {
  for (const field of ["managerEmail", "MANAGEREMAIL"]) {
    const answer = await ask(["name", field], setting);
    expect([answer.status, errorOf(answer).code]).toEqual([403, "KAL_FORBIDDEN"]);
    expect(errorOf(answer).message).toContain("personal data");
  }
});

it("comes by its name where the organisation shows it", async () => {
  const answer = await ask(["name", "managerEmail"], "show");
  expect(answer.status).toBe(200);
  expect(answer.body.rows).toHaveLength(5);
});
