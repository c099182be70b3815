/** Personal data is shown only if the configuration allows it. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { errorOf, startTestGateway, type TestGateway, withFolder } from "./support/gateway.ts";
import { connectBody, withOwnEnvironment } from "./support/own-environment.ts";
import { isTokenRequest, sendToken, startUpstream } from "./support/upstream.ts";

/** The answer to a query for a person's name, under a setting. */
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

it("is returned by its name if the organisation allows it", async () => {
  const answer = await ask(["name", "managerEmail"], "show");
  expect(answer.status).toBe(200);
  expect(answer.body.rows).toHaveLength(5);
});

const person = "joe.doe@example.com";
const site = {
  id: { entityId: "3f2504e0-4f89-11d3-9a0c-0305e82c3301", entityVariant: "Own" },
  data: {
    importCode: "S1",
    managerEmail: person,
    lastModifiedBy: person,
    contact: { role: "owner", email: person },
    staff: [{ role: "cashier", people: [{ userName: person }] }, [{ mobilePhones: [person] }]],
    extendedProperties: [
      { name: "Pumps", value: "8" },
      { name: "AreaManagerEmail", value: person },
    ],
  },
};

/** A service whose only record holds personal data at every depth. */
async function withPeople<T>(use: (gateway: TestGateway, ticket: string, asked: () => number) => Promise<T>) {
  let asked = 0;
  const upstream = await startUpstream((request, response) => {
    if (isTokenRequest(request)) return sendToken(response, "token-of-the-day");
    if (request.path.startsWith("/api/status")) return response.end("{}");
    asked += 1;
    response.end(JSON.stringify(/offset=[1-9]/.test(request.path) ? [] : [site]));
  });
  try {
    return await withOwnEnvironment({ authority: upstream.origin, api: upstream.origin }, async (gateway) =>
      use(gateway, (await gateway.connect(connectBody)).ticket, () => asked),
    );
  } finally {
    await upstream.close();
  }
}

it("is not shown in all fields, objects printed whole, lists and examples", async () => {
  await withPeople(async (gateway, ticket) => {
    const query = (fields: string[]) =>
      gateway.call<{ rows: unknown[][] }>("POST", "/api/v1/query", {
        ticket,
        body: { collection: "site", fields },
      });
    const everything = await query(["*"]);
    const named = await query(["contact", "staff", "staff.people", "extendedProperties"]);
    const fields = await gateway.call("POST", "/api/v1/fields", { ticket, body: { collection: "site" } });
    for (const answer of [everything, named, fields]) {
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.body)).not.toContain(person);
    }
    expect(named.body.rows).toEqual([
      ['{"role":"owner"}', '{"role":"cashier","people":[]}, ', ", ", '{"name":"Pumps","value":"8"}'],
    ]);
    expect((await query(["extendedProperties.value"])).body.rows).toEqual([["8"]]);
    const ofPerson = await query(["extendedProperties.1.value", "'extendedProperties'[1]"]);
    expect(JSON.stringify(ofPerson.body)).not.toContain(person);
  });
});

it("cannot be found out by filters, orders and keys, and no upstream is asked", async () => {
  await withPeople(async (gateway, ticket, asked) => {
    const lookup = { keys: ["managerEmail"], requests: [{ field: "importCode", values: [[person]] }] };
    const tries: [string, object][] = [
      ["/api/v1/query", { query: `(managerEmail=${person})`, fields: ["importCode"] }],
      ["/api/v1/query", { query: "(contact.email@=joe)", fields: ["importCode"] }],
      ["/api/v1/query", { query: "(orderBy=managerEmail)", fields: ["importCode"] }],
      ["/api/v1/query", { query: `(extendedProperties.value=${person})`, fields: ["importCode"] }],
      ["/api/v1/query", { query: "(ExtendedProperties.1.value@=joe)", fields: ["importCode"] }],
      ["/api/v1/query", { query: "(extendedProperties@=joe)", fields: ["importCode"] }],
      ["/api/v1/query", { query: "('more facts'.values@='joe (d')", fields: ["importCode"] }],
      ["/api/v1/query", { query: "(orderBy=extendedProperties.value)", fields: ["importCode"] }],
      ["/api/v1/fields", { query: `(managerEmail=${person})` }],
      ["/api/v1/lookup", { query: `(managerEmail=${person})`, ...lookup, keys: ["importCode"] }],
      ["/api/v1/lookup", lookup],
      ["/api/v1/summary", { query: `(managerEmail=${person})`, by: [], measures: ["count"] }],
      ["/api/v1/summary", { by: ["managerEmail"], measures: ["count"] }],
      ["/api/v1/summary", { by: [], measures: ["first(managerEmail)"] }],
    ];
    const before = asked();
    for (const [path, body] of tries) {
      const answer = await gateway.call("POST", path, { ticket, body: { collection: "site", ...body } });
      expect([answer.status, errorOf(answer).code], JSON.stringify(body)).toEqual([403, "KAL_FORBIDDEN"]);
    }
    expect(asked()).toBe(before);
  });
});
