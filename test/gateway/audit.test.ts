/** The audit: who used the organisation's connections for what. It never contains values or secrets. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAudit } from "../../src/gateway/observe/audit.ts";
import { recordingLog } from "../unit/gateway/support.ts";
import { canariesOf } from "./support/canaries.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import {
  describeOrganisation,
  heldSecret,
  nextHeldSecret,
  signIn,
  withOrganisation,
} from "./support/organisation.ts";
import { connectBody } from "./support/own-environment.ts";
import { objectId, startTokenIssuer, tenant, type TokenIssuer } from "./support/token-issuer.ts";
import { sendJson, sendStatus } from "./support/upstream.ts";
import { startVendor, type Vendor } from "./support/vendor.ts";

let issuer: TokenIssuer;
let vendor: Vendor;
let folder: string;

/** Values of records and keys of lookups, which must not be recorded. */
const recordValue = "Forecourt~of-a-record-Tz19";
const lookupKey = "key~of-a-lookup-Wm62";
const queryText = "(entityVariant=Own)+(name=asked~in-a-query-Ur83)";

beforeAll(async () => {
  issuer = await startTokenIssuer();
});
afterAll(() => issuer.close());
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "kal-test-"));
  vendor = await startVendor();
  const site = {
    id: { entityId: "1", entityVariant: "Own" },
    data: { name: recordValue, importCode: lookupKey },
  };
  vendor.answerData = ({ path: address }, response) =>
    address.startsWith("/api/status")
      ? sendStatus(response, "echoed")
      : sendJson(response, 200, /offset|asked/.test(address) ? [] : [site]);
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await vendor.close();
});

const eventsIn = (text: string) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** An analyst signs in, makes every kind of request, makes mistakes and signs out. */
async function workday(gateway: TestGateway): Promise<string[]> {
  const token = await issuer.sign({ roles: ["Pricing.Read"] });
  const { ticket } = (await signIn(gateway, token)).body;
  const foreign = await issuer.sign({ roles: [] });
  await signIn(gateway, foreign);
  await signIn(gateway, "no~token-Qb90");
  const site = { connection: "pricing", collection: "site", query: queryText };
  const post = (route: string, body: unknown) => gateway.call("POST", `/api/v1/${route}`, { ticket, body });
  await post("query", { ...site, fields: ["name"] });
  await post("query", { ...site, query: "(entityVariant=Own)" });
  await post("lookup", {
    connection: "pricing",
    collection: "site",
    query: "(entityVariant=Own)",
    keys: ["importCode"],
    requests: [{ field: "name", values: [[lookupKey], [lookupKey]] }],
  });
  await post("batch", {
    requests: [
      { ...site, query: "(entityVariant=Own)" },
      { ...site, query: "(" },
    ],
  });
  await post("summary", { connection: "pricing", collection: "site", by: [], measures: ["count"] });
  await post("fields", { connection: "PRICING", collection: "site" });
  await post("query", { ...site, connection: "sites" });
  await post("query", { ...site, connection: "mistyped" });
  await post("query", { ...site, collection: 7 });
  await gateway.call("GET", "/api/v1/status?connection=pricing", { ticket });
  await gateway.call("GET", "/api/v1/me", { ticket });
  await gateway.call("GET", "/api/v1/connections", { ticket });
  await gateway.call("GET", "/api/v1/catalogue", { ticket });
  await gateway.call("DELETE", "/api/v1/session", { ticket });
  return [ticket, token, foreign, "no~token-Qb90"];
}

it("records each use: who, when, what was requested, rows, time, outcome, request id", () =>
  withOrganisation({ issuer, vendor: vendor.origin }, async (gateway) => {
    await workday(gateway);
    const events = eventsIn(gateway.audit());
    const who = { tenant, objectId };
    const use = { ...who, audit: "use", connection: "pricing", collection: "site" };
    expect(events).toMatchObject([
      { audit: "sign-in", ...who, outcome: "ok" },
      { audit: "sign-in", outcome: "no-role" },
      { audit: "sign-in", outcome: "form" },
      { ...use, operation: "query", query: queryText, rows: 0, outcome: "ok" },
      { ...use, operation: "query", query: "(entityVariant=Own)", rows: 1, outcome: "ok" },
      { ...use, operation: "lookup", query: "(entityVariant=Own)", rows: 2, outcome: "ok" },
      { ...use, operation: "batch", query: "(entityVariant=Own)", rows: 1, outcome: "ok" },
      { ...use, operation: "batch", query: "(", outcome: "KAL_QUERY_INVALID" },
      { ...use, operation: "summary", rows: 1, outcome: "ok" },
      { ...use, operation: "fields", outcome: "ok" },
      { ...use, operation: "query", connection: "sites", outcome: "KAL_FORBIDDEN" },
      { ...who, audit: "use", operation: "query", outcome: "KAL_CONNECTION_UNKNOWN" },
      { ...who, audit: "use", operation: "query", outcome: "KAL_REQUEST_INVALID" },
      { ...who, audit: "use", operation: "status", connection: "pricing", outcome: "ok" },
      { ...who, audit: "sign-out", outcome: "ok" },
    ]);
    for (const event of events) {
      expect(event).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      });
      expect(event).not.toHaveProperty("name");
    }
    expect(events[3]).toHaveProperty("ms", expect.any(Number));
    expect(gateway.log()).toContain(`"requestId":"${String(events[3]?.["requestId"])}"`);
  }));

it("contains no value of a record, no lookup key, no secret, no ticket and no token", () =>
  withOrganisation({ issuer, vendor: vendor.origin }, async (gateway) => {
    const [ticket = "", ...tokens] = await workday(gateway);
    const canaries = [
      ...canariesOf(tokens, [ticket]),
      heldSecret,
      nextHeldSecret,
      recordValue,
      lookupKey,
      "token-",
    ];
    for (const [place, text] of [
      ["audit", gateway.audit()],
      ["log", gateway.log()],
    ] as const) {
      for (const canary of canaries) expect(`${place} ${text}`).not.toContain(canary);
    }
    expect(gateway.audit()).toContain(queryText);
    expect(gateway.log()).not.toContain(queryText);
  }));

it("does not record typed credentials, which do not belong to the organisation", () =>
  withOrganisation({ issuer, vendor: vendor.origin }, async (gateway) => {
    const { ticket } = await gateway.connect(connectBody);
    await gateway.call("POST", "/api/v1/query", { ticket, body: { collection: "site" } });
    expect(gateway.audit()).toBe("");
  }));

it("records a caller who left", () =>
  withOrganisation({ issuer, vendor: vendor.origin }, async (gateway) => {
    const { ticket } = (await signIn(gateway, await issuer.sign())).body;
    const caller = new AbortController();
    vendor.answerData = () => caller.abort();
    const body = { collection: "site" };
    await expect(
      gateway.call("POST", "/api/v1/query", { ticket, body, signal: caller.signal }),
    ).rejects.toThrow();
    await expect.poll(() => eventsIn(gateway.audit()).at(-1)?.["outcome"]).toBe("caller-gone");
  }));

describe("to a file", () => {
  const settings = (file: string, more: object = {}) => ({
    file,
    names: false,
    maxMegabytes: 1,
    maxFiles: 2,
    ...more,
  });
  const event = { event: "sign-in", outcome: "x".repeat(1000), requestId: "1" } as const;
  const now = () => Date.parse("2026-05-01T12:00:00Z");

  it("is where the configuration says, with names if configured, readable by its owner only", async () => {
    const file = path.join(folder, "audit", "kal.jsonl");
    const variables = describeOrganisation(folder, {
      issuer,
      vendor: vendor.origin,
      file: { audit: { file, names: true } },
    });
    const gateway = await startTestGateway({ variables });
    await signIn(gateway, await issuer.sign());
    await gateway.close();
    expect(eventsIn(readFileSync(file, "utf8"))).toMatchObject([{ audit: "sign-in", name: "Ada Example" }]);
    expect(gateway.audit()).toBe("");
    if (process.platform !== "win32") expect(statSync(file).mode & 0o077).toBe(0);
  });

  it("continues the last file, starts a new one at the size limit and keeps the configured number, losing no line", async () => {
    const file = path.join(folder, "kal.jsonl");
    const count = 2500;
    for (let start = 0; start < 2; start++) {
      const audit = openAudit({ settings: settings(file), log: recordingLog().log, now });
      for (let index = 0; index < count / 2; index++)
        audit.write({ ...event, requestId: `${start}-${index}` });
      await audit.close();
    }
    const files = readdirSync(folder).sort();
    expect(files).toEqual(["kal.jsonl", "kal.jsonl.1", "kal.jsonl.2"]);
    const lines = files.flatMap((name) => eventsIn(readFileSync(path.join(folder, name), "utf8")));
    expect(new Set(lines.map(({ requestId }) => requestId)).size).toBe(count);
  });

  it("reports lost events while it cannot be written, and is written again as soon as possible", async () => {
    const file = path.join(folder, "kal.jsonl");
    const log = recordingLog();
    const audit = openAudit({ settings: settings(file), log: log.log, now });
    rmSync(file);
    mkdirSync(file);
    audit.write(event);
    await expect.poll(() => audit.losses).toBe(1);
    rmdirSync(file);
    audit.write({ ...event, requestId: "2" });
    await audit.close();
    expect(eventsIn(readFileSync(file, "utf8"))).toMatchObject([{ requestId: "2" }]);
    expect(log.text()).toContain("an audit event is lost");
  });

  it("prevents the start if it cannot be written, and says what to do", async () => {
    const file = path.join(folder, "kal.json", "kal.jsonl");
    const variables = describeOrganisation(folder, {
      issuer,
      vendor: vendor.origin,
      file: { audit: { file } },
    });
    await expect(startTestGateway({ variables })).rejects.toThrow(
      /audit file cannot be written .*audit\.file/,
    );
  });
});
