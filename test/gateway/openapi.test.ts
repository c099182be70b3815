import { Compile } from "typebox/compile";
import type { TSchema } from "typebox";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

interface Operation {
  readonly security?: unknown;
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: TSchema }> }>;
}

let simulator: Simulator;
let gateway: TestGateway;
let paths: Record<string, Record<string, Operation>>;

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 5 });
  gateway = await startTestGateway({ sampleEnvironment: simulator.environment });
  const { body } = await gateway.call<{ openapi: string; paths: typeof paths }>(
    "GET",
    "/api/v1/openapi.json",
  );
  expect(body.openapi).toBe("3.1.0");
  ({ paths } = body);
});

afterAll(async () => {
  await gateway.close();
  await simulator.close();
});

it("describes every call of the API, and which ones need a ticket", () => {
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, { security }]) => `${method.toUpperCase()} ${path}${security ? " ticket" : ""}`,
    ),
  );
  expect(described.sort()).toEqual(
    [
      "GET /health/live",
      "GET /health/ready",
      "GET /api/v1/environments",
      "GET /api/v1/sign-in",
      "POST /api/v1/sign-in",
      "GET /api/v1/me ticket",
      "POST /api/v1/session",
      "PUT /api/v1/session/secret ticket",
      "DELETE /api/v1/session ticket",
      "GET /api/v1/connections ticket",
      "GET /api/v1/status ticket",
      "POST /api/v1/query ticket",
      "POST /api/v1/batch ticket",
      "POST /api/v1/lookup ticket",
      "POST /api/v1/as-of ticket",
      "POST /api/v1/summary ticket",
      "POST /api/v1/market ticket",
      "POST /api/v1/records ticket",
      "POST /api/v1/fields ticket",
      "GET /api/v1/catalogue ticket",
    ].sort(),
  );
});

/** Checks an answer against the OpenAPI description. */
function expectDescribed(
  method: string,
  path: string,
  answer: { status: number; body: unknown; text: string },
): void {
  const { responses } = paths[path]![method.toLowerCase()]!;
  const described = responses[answer.status] ?? responses[`${String(answer.status)[0]}XX`];
  expect(described).toBeDefined();
  const schema = described!.content?.["application/json"]?.schema;
  if (schema === undefined) return expect(answer.text).toBe("");
  expect([...Compile(schema).Errors(answer.body)]).toEqual([]);
}

it("holds for good answers and for errors", async () => {
  const { ticket } = await gateway.connect({ environment: "sample" });
  const calls: [string, string, object][] = [
    ["GET", "/api/v1/environments", {}],
    ["POST", "/api/v1/session", { body: { environment: "sample", remember: true } }],
    ["POST", "/api/v1/session", { body: {} }],
    ["GET", "/api/v1/sign-in", {}],
    ["POST", "/api/v1/sign-in", { body: { accessToken: "none" } }],
    ["POST", "/api/v1/sign-in", { body: {} }],
    ["GET", "/api/v1/me", { ticket }],
    ["GET", "/api/v1/connections", { ticket }],
    ["GET", "/api/v1/connections", {}],
    ["GET", "/api/v1/status", { ticket }],
    ["GET", "/api/v1/status", {}],
    ["PUT", "/api/v1/session/secret", { ticket, body: {} }],
    ["POST", "/api/v1/query", { ticket, body: { collection: "site", limit: 2 } }],
    ["POST", "/api/v1/query", { ticket, body: { collection: "nothing" } }],
    [
      "POST",
      "/api/v1/lookup",
      {
        ticket,
        body: { collection: "site", keys: ["name"], requests: [{ field: "name", values: [["x"]] }] },
      },
    ],
    [
      "POST",
      "/api/v1/as-of",
      {
        ticket,
        body: {
          collection: "price",
          keys: ["entityId"],
          requests: [{ field: "price", values: [["x"]], moments: ["2026-11-20"] }],
        },
      },
    ],
    [
      "POST",
      "/api/v1/summary",
      { ticket, body: { collection: "site", by: ["brand.name"], measures: ["count"] } },
    ],
    ["POST", "/api/v1/summary", { ticket, body: { collection: "site", by: [], measures: ["sum(name)"] } }],
    ["POST", "/api/v1/market", { ticket, body: { sites: ["1001"] } }],
    ["POST", "/api/v1/market", { ticket, body: { sites: ["none"] } }],
    ["POST", "/api/v1/records", { ticket, body: { collection: "site", where: [] } }],
    [
      "POST",
      "/api/v1/records",
      { ticket, body: { collection: "site", where: [{ field: "a, b", value: null }] } },
    ],
    ["POST", "/api/v1/fields", { ticket, body: { collection: "site" } }],
    ["GET", "/api/v1/catalogue", { ticket }],
    ["DELETE", "/api/v1/session", { ticket }],
    ["DELETE", "/api/v1/session", { ticket }],
  ];
  for (const [method, path, options] of calls) {
    expectDescribed(method, path, await gateway.call(method, path, options));
  }
});

it("describes both forms of a query's answer, including the lines", async () => {
  const { ticket } = await gateway.connect({ environment: "sample" });
  const described = paths["/api/v1/query"]!["post"]!.responses["200"]!.content!;
  expect(Object.keys(described)).toEqual(["application/json", "application/x-ndjson"]);
  const answer = await gateway.call("POST", "/api/v1/query", {
    ticket,
    body: { collection: "site", limit: 2 },
    headers: { accept: "application/x-ndjson" },
  });
  expect(answer.headers["content-type"]).toBe("application/x-ndjson");
  const lines = answer.text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  expect(lines).toEqual([
    { columns: expect.any(Array) as unknown, asOf: expect.any(String) as unknown },
    expect.any(Array),
    expect.any(Array),
    { rowCount: 2 },
  ]);
});
