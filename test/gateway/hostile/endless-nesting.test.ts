/**
 * Deeply nested answers parse, but would overflow the stack of every recursive function. They count as invalid answers
 * of the upstream, not as faults of the service.
 */
import { expect, it } from "vitest";
import { errorOf } from "../support/gateway.ts";
import { connectBody, withOwnEnvironment } from "../support/own-environment.ts";
import { isTokenRequest, sendToken, startUpstream } from "../support/upstream.ts";

const levels = 100_000;
const lists = `${"[".repeat(levels)}1${"]".repeat(levels)}`;
const objects = `${'{"name":'.repeat(levels)}1${"}".repeat(levels)}`;
const record = (name: string, id = '"s1"') => `{"id":{"entityId":${id}},"data":{"name":${name}}}`;

/** Per query: a name, the upstream's status and body, the requested field, and the code that the caller gets. */
const answers: readonly [what: string, status: number, body: string, field: string, code: string][] = [
  ["lists in a field", 200, `[${record(lists)}]`, "name", "KAL_UPSTREAM_INVALID"],
  ["objects in a field", 200, `[${record(objects)}]`, "name", "KAL_UPSTREAM_INVALID"],
  ["lists on a path", 200, `[${record(lists)}]`, "name.x", "KAL_UPSTREAM_INVALID"],
  ["objects among all fields", 200, `[${record(objects)}]`, "*", "KAL_UPSTREAM_INVALID"],
  [
    "lists in the second of two records",
    200,
    `[${record("1")},${record(lists, '"s2"')}]`,
    "name",
    "KAL_UPSTREAM_INVALID",
  ],
  ["an id", 200, `[${record('"x"', objects)}]`, "name", "KAL_UPSTREAM_INVALID"],
  ["a record that comes twice", 200, `[${record(lists)},${record(lists)}]`, "id", "KAL_UPSTREAM_INVALID"],
  [
    "a version",
    200,
    `[{"id":{"entityId":"s1","entityVersion":${lists}},"data":{}}]`,
    "entityId",
    "KAL_UPSTREAM_INVALID",
  ],
  [
    "a type",
    200,
    `[{"id":{"entityId":"s1","entityType":${objects},"updatedOn":${lists}},"data":{}}]`,
    "entityId",
    "KAL_UPSTREAM_INVALID",
  ],
  ["no list of records", 200, objects, "name", "KAL_UPSTREAM_INVALID"],
  ["no end", 200, "[".repeat(levels), "name", "KAL_UPSTREAM_INVALID"],
  ["a refusal", 400, objects, "name", "KAL_QUERY_INVALID"],
];

it.each(answers)("are invalid answers: %s", async (_, status, body, field, code) => {
  const upstream = await startUpstream((request, response) => {
    if (isTokenRequest(request)) return sendToken(response, "token-of-the-day");
    if (request.path.startsWith("/api/status")) return response.end("{}");
    response.writeHead(status).end(body);
  });
  try {
    await withOwnEnvironment(
      { authority: upstream.origin, api: upstream.origin },
      async (gateway) => {
        const { ticket } = await gateway.connect(connectBody);
        const asked = { collection: "site", fields: [field], limit: 2 };
        const answer = await gateway.call("POST", "/api/v1/query", { ticket, body: asked });
        expect(errorOf(answer).code).toBe(code);
      },
      { pause: async () => undefined },
    );
  } finally {
    await upstream.close();
  }
});
