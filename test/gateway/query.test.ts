import { describe, expect, it, vi } from "vitest";
import { errorOf } from "./support/gateway.ts";
import { connectBody, withOwnEnvironment } from "./support/own-environment.ts";
import { useSample } from "./support/sample.ts";
import { isTokenRequest, sendJson, sendStatus, sendToken, startUpstream } from "./support/upstream.ts";

const sample = useSample({ ownSites: 100 });
const query = sample.query;
const sites = { collection: "site", query: "(entityVariant=Own)", fields: ["importCode", "name"] };
const dataRequests = () => sample.simulator.requests.filter(({ kind }) => kind === "data");

describe("POST /api/v1/query", () => {
  it("returns a typed table with its number of rows and its date", async () => {
    const before = Date.now();
    const { status, body } = await query({ ...sites, limit: 3 });
    expect(status).toBe(200);
    expect(body.columns).toEqual([
      { name: "importCode", label: "Code", type: "text" },
      { name: "name", label: "Name", type: "text" },
    ]);
    expect(body.rows).toHaveLength(3);
    expect(body.rowCount).toBe(3);
    expect(Date.parse(body.asOf)).toBeGreaterThanOrEqual(before);
  });

  it("sends the clauses in the vendor's own order and form", async () => {
    await query({ ...sites, query: "(limit=9) (name!=A & B) (orderBy=name) (entityVariant=Own)", limit: 4 });
    expect(dataRequests().map((request) => request.query)).toEqual([
      "(name!=A%20%26%20B)+(entityVariant=Own)+(orderBy=name)+(limit=4)",
    ]);
  });

  it("returns more than 3,500 documents completely, each once", async () => {
    const { body } = await query({
      collection: "price",
      query: "(entityVariant=Competitor)",
      fields: ["entityId"],
    });
    expect(body.rowCount).toBeGreaterThan(3500);
    expect(new Set(body.rows.flat()).size).toBe(body.rowCount);
    const token = await tokenOfSample();
    const bare = await fetch(
      `${sample.simulator.apiBaseUrl}/price?query=(entityVariant=Competitor)+(limit=0)`,
      {
        headers: { Authorization: `Bearer ${token}`, "User-Agent": "KAL-Test" },
      },
    );
    const all = ((await bare.json()) as unknown[]).filter((element) => element !== null);
    expect(body.rowCount).toBe(all.length);
  });

  it("streams row by row on request, with the count at the end", async () => {
    const { headers, text } = await query(sites, { headers: { accept: "application/x-ndjson" } });
    expect(headers["content-type"]).toContain("application/x-ndjson");
    const [head, ...rest] = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(head).toMatchObject({ columns: [{ name: "importCode" }, { name: "name" }] });
    expect(rest.pop()).toEqual({ rowCount: 100 });
    expect(rest).toHaveLength(100);
  });

  it.each([
    ["an unknown collection", { collection: "status" }, 404, "KAL_COLLECTION_UNKNOWN"],
    ["a way out of the API", { collection: "reference/../status" }, 404, "KAL_COLLECTION_UNKNOWN"],
    [
      "a connection in the collection",
      { ...sites, collection: "production:site" },
      404,
      "KAL_COLLECTION_UNKNOWN",
    ],
    ["a malformed query", { collection: "price", query: "(a=1" }, 400, "KAL_QUERY_INVALID"],
    ["an unknown field", { collection: "site", fields: ["nam"] }, 400, "KAL_FIELD_UNKNOWN"],
    ["another connection", { ...sites, connection: "production" }, 404, "KAL_CONNECTION_UNKNOWN"],
    ["a result over the size", { ...sites, maxChars: 100 }, 413, "KAL_TOO_LARGE"],
    ["no collection", { query: "(a=1)" }, 400, "KAL_REQUEST_INVALID"],
    ["a wrong type", { collection: "site", limit: "many" }, 400, "KAL_REQUEST_INVALID"],
    [
      "an unknown key",
      { collection: "site", secret: "s3cr3t-in-the-wrong-place" },
      400,
      "KAL_REQUEST_INVALID",
    ],
  ])("refuses %s", async (_, body, status, code) => {
    const answer = await query(body);
    expect(answer.status).toBe(status);
    expect(errorOf(answer)).toMatchObject({ code, requestId: expect.any(String) as string });
    expect(answer.text).not.toContain("s3cr3t");
  });

  it("answers nothing without a ticket", async () => {
    const answer = await sample.gateway.call("POST", "/api/v1/query", { body: sites });
    expect(answer.status).toBe(401);
    expect(errorOf(answer).code).toBe("KAL_NOT_CONNECTED");
    expect(dataRequests()).toHaveLength(0);
  });

  it("pulls names once, and again when current data is requested", async () => {
    const named = {
      collection: "site",
      query: "(entityVariant=Own)+(limit=5)",
      fields: ["name", "brand.name"],
    };
    const isAnswer = ({ query: asked }: { query: string | undefined }) => !asked?.includes("offset=");
    const brands = () =>
      dataRequests().filter(
        (dataRequest) => dataRequest.path.endsWith("/reference/brand") && isAnswer(dataRequest),
      ).length;
    const first = await query(named);
    expect(first.body.rows.every(([, brand]) => typeof brand === "string")).toBe(true);
    await query(named);
    expect(brands()).toBe(1);
    await query({ ...named, maxAge: 0 });
    expect(brands()).toBe(2);
  });

  it("stops its requests when the caller disconnects, and continues to serve others", async () => {
    sample.simulator.faults.add({ kind: "slow", delay: 60_000, times: 1 });
    const caller = new AbortController();
    const left = query(sites, { signal: caller.signal });
    await vi.waitUntil(() => dataRequests().length === 1);
    caller.abort();
    await expect(left).rejects.toThrow();
    await vi.waitUntil(() => dataRequests()[0]?.aborted);
    expect((await query({ ...sites, limit: 1 })).status).toBe(200);
  });

  it("returns an error, not half a table, when a later page is cut off", async () => {
    const page = Array.from({ length: 1000 }, (_, at) => ({
      id: { entityId: `e${at}` },
      data: { price: 1 },
    }));
    const upstream = await startUpstream((request, response) => {
      if (isTokenRequest(request)) sendToken(response, "token");
      else if (request.path.endsWith("/status")) sendStatus(response, "token");
      else if (!request.path.includes("(offset=9")) sendJson(response, 200, page);
      else response.writeHead(200, { "content-length": "1000" }).write("[", () => response.destroy());
    });
    await withOwnEnvironment({ authority: upstream.origin, api: upstream.origin }, async (own) => {
      const connected = await own.connect(connectBody);
      const body = { collection: "price", fields: ["price"] };
      const answer = await own.call("POST", "/api/v1/query", { ticket: connected.ticket, body });
      expect(errorOf(answer).code).toBe("KAL_UPSTREAM_INVALID");
      // Three complete answers; then the page that breaks off is requested three times.
      expect(upstream.received.filter(({ path }) => path.includes("/price"))).toHaveLength(6);
    });
    await upstream.close();
  });
});

async function tokenOfSample(): Promise<string> {
  const { authority, tenant, credentials } = sample.simulator.environment;
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    scope: credentials.scope,
  });
  const response = await fetch(`${authority}/${tenant}/oauth2/v2.0/token`, { method: "POST", body: form });
  return ((await response.json()) as { access_token: string }).access_token;
}
