/**
 * Cached data belongs to a credential and a base URL: another client, or the same client at another API, never sees it.
 */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway, withFolder } from "./support/gateway.ts";
import { plantedTenant } from "./support/own-environment.ts";
import { isTokenRequest, sendJson, sendToken, startUpstream, type Upstream } from "./support/upstream.ts";

const scope = "api://data.example.com/1/.default";
/** Two clients, one of them also with a new secret, which may come with other permissions. */
const clients = {
  first: { clientId: "5a6b7c8d-0000-4000-8000-000000000001", clientSecret: "first~secret.of-the-first" },
  second: { clientId: "5a6b7c8d-0000-4000-8000-000000000002", clientSecret: "secret~of.the-second" },
  renewed: { clientId: "5a6b7c8d-0000-4000-8000-000000000001", clientSecret: "second~secret.of-the-first" },
};

let upstream: Upstream;
let gateway: TestGateway;
let end: () => void;
let ended: Promise<void>;
const holders = new Map<string, string>();

/** Every record names its owner: the credential and the API's address. */
function privateRows(holder: string, address: string) {
  const api = address.split("/")[1];
  const owner = `${holder} at ${api}`;
  const data = { importCode: "1", name: `site of ${owner}`, brand: { entityId: "b1" } };
  const brand = { id: { entityId: "b1" }, data: { name: `brand of ${owner}` } };
  return address.includes("/reference/") ? [brand] : [{ id: { entityId: "s1", entityVariant: "Own" }, data }];
}

beforeAll(async () => {
  upstream = await startUpstream((request, response) => {
    if (isTokenRequest(request)) {
      const form = new URLSearchParams(request.body);
      const [holder = ""] =
        Object.entries(clients).find(([, { clientSecret }]) => clientSecret === form.get("client_secret")) ??
        [];
      const token = createHash("sha256").update(holder).digest("base64url");
      holders.set(`Bearer ${token}`, holder);
      return sendToken(response, token);
    }
    if (request.path.includes("/status")) return sendJson(response, 200, {});
    const holder = holders.get(request.headers.authorization ?? "") ?? "nobody";
    sendJson(response, 200, /offset=[1-9]/.test(request.path) ? [] : privateRows(holder, request.path));
  });
  ended = new Promise((done) => {
    end = done;
  });
  await new Promise<void>((ready, failed) => {
    withFolder(async (folder) => {
      const environments = ["north", "south"].map((id) => ({
        id,
        label: id,
        apiBaseUrl: `${upstream.origin}/${id}/api`,
        authority: upstream.origin,
        tenant: plantedTenant,
      }));
      const file = path.join(folder, "kal.json");
      writeFileSync(file, JSON.stringify({ environments }));
      gateway = await startTestGateway({
        variables: { KAL_CONFIG: file, KAL_ALLOW_LOOPBACK: "1", KAL_MAX_AGE: "60" },
      });
      ready();
      await ended;
    }).catch(failed);
  });
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
  end();
});

const everybody = (["north", "south"] as const).flatMap((environment) =>
  (["first", "second", "renewed"] as const).map((holder) => ({ environment, holder })),
);

/** Sends the same request for every owner in turn, so that each could find what was cached for those before. */
async function askAll(ask: (ticket: string) => Promise<{ status: number; body: unknown }>) {
  const seen: unknown[] = [];
  for (const { environment, holder } of everybody) {
    const { ticket } = await gateway.connect({ environment, scope, ...clients[holder] });
    const { status, body } = await ask(ticket);
    seen.push(status === 200 ? body : { status, body });
  }
  return seen;
}

describe("everybody sees their own rows", () => {
  it("in answers that equal requests share", async () => {
    const body = { collection: "site", fields: ["name"] };
    const ask = (ticket: string) => gateway.call("POST", "/api/v1/query", { ticket, body });
    for (const shared of [undefined, "memory"]) {
      const seen = await askAll(ask);
      expect(seen).toMatchObject(
        everybody.map(({ environment, holder }) => ({
          rows: [[`site of ${holder} at ${environment}`]],
          ...(shared && { shared }),
        })),
      );
    }
  });

  it("in lookups, whose slice is cached", async () => {
    const body = { collection: "site", keys: ["importCode"], requests: [{ field: "name", values: [["1"]] }] };
    const seen = await askAll((ticket) => gateway.call("POST", "/api/v1/lookup", { ticket, body }));
    expect(seen.map((answer) => (answer as { results: unknown }).results)).toEqual(
      everybody.map(({ environment, holder }) => [[{ value: `site of ${holder} at ${environment}` }]]),
    );
  });

  it("in names of referenced records, which are cached", async () => {
    const body = { collection: "site", fields: ["name", "brand.name"] };
    const seen = await askAll((ticket) => gateway.call("POST", "/api/v1/query", { ticket, body }));
    expect(seen.map((answer) => (answer as { rows: unknown }).rows)).toEqual(
      everybody.map(({ environment, holder }) => {
        const owner = `${holder} at ${environment}`;
        return [[`site of ${owner}`, `brand of ${owner}`]];
      }),
    );
  });
});
