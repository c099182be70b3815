import { beforeEach, describe, expect, it } from "vitest";
import { createEnvironments } from "../../../../src/gateway/environments.ts";
import type { Connection, ConnectionRecord } from "../../../../src/gateway/sessions/connection.ts";
import { createCredentialKey } from "../../../../src/gateway/sessions/credential-key.ts";
import { createOrganisationConnections } from "../../../../src/gateway/sessions/organisation-connections.ts";
import { connectionsOf, createSessions, type Sessions } from "../../../../src/gateway/sessions/sessions.ts";
import { seal, unseal } from "../../../../src/gateway/sessions/seal.ts";
import { parseTicket, storeKey } from "../../../../src/gateway/sessions/ticket.ts";
import { createMemoryStore } from "../../../../src/gateway/store/memory-store.ts";
import type { Store } from "../../../../src/gateway/store/store.ts";
import { builtInEnvironments, type Environment } from "../../../../src/kalibrate/environments.ts";
import { recordingLog, stoppedClock } from "../support.ts";

const sample = {
  id: "sample",
  label: "Sample data",
  apiBaseUrl: "http://127.0.0.1:4100/api",
  authority: "http://127.0.0.1:4100",
  tenant: "0b8f3c1e-5d27-4a6f-9b13-2c4d5e6f7a80",
  credentials: { clientId: "sample", clientSecret: "no-secret", scope: "api://sample/.default" },
};
const record: ConnectionRecord = {
  name: "sandpit",
  label: "Sandpit (test)",
  at: { environment: "sandpit" },
  credentials: { clientId: "a-client", clientSecret: "planted-secret", scope: "api://x/.default" },
};
const hour = 3600;

let clock: ReturnType<typeof stoppedClock>;
let store: Store;
let sessions: Sessions;
const withEnvironments = (environments: readonly Environment[], allowedApiHosts: readonly string[] = []) =>
  createSessions({
    store,
    environments: createEnvironments({ environments, allowedApiHosts, allowLoopback: false }),
    organisation: noOrganisation,
    typedCredentials: true,
    credentialKey: createCredentialKey(Buffer.alloc(32, 7)),
    now: clock.now,
  });
const noOrganisation = createOrganisationConnections({
  settings: [],
  variables: {},
  log: recordingLog().log,
  onServe: () => undefined,
});

/** The connection of a ticket with typed credentials. */
async function connectionOf(ticket: string, of = sessions): Promise<Connection | undefined> {
  const session = await of.find(ticket);
  return session && connectionsOf(session)[0];
}

beforeEach(() => {
  clock = stoppedClock();
  store = createMemoryStore(clock.now);
  sessions = withEnvironments([sample, ...builtInEnvironments]);
});

describe("a session", () => {
  it("is found by its ticket, with everything a request needs", async () => {
    const { ticket, expiresAt } = await sessions.open(record, false);
    expect(await sessions.find(ticket)).toEqual({
      id: storeKey(parseTicket(ticket)!),
      ticket,
      expiresAt,
      connection: {
        name: "sandpit",
        label: "Sandpit (test)",
        environment: builtInEnvironments[0],
        tenant: builtInEnvironments[0]!.tenant,
        credentials: record.credentials,
      },
    });
  });

  it("is sealed: the store contains neither ticket nor secret", async () => {
    const { ticket } = await sessions.open(record, false);
    const { id, key } = parseTicket(ticket)!;
    const place = storeKey({ id, key });
    const entry = JSON.stringify(await store.get(place)) + place;
    for (const private_ of [
      ticket,
      id.toString("base64url"),
      key.toString("base64url"),
      "planted-secret",
      "a-client",
    ]) {
      expect(entry).not.toContain(private_);
      expect(Buffer.from(entry, "base64url").includes(private_)).toBe(false);
    }
  });

  it("does not open with another session's key", async () => {
    const one = await sessions.open(record, false);
    const two = await sessions.open(record, false);
    const mixed = one.ticket.slice(0, 27) + two.ticket.slice(27);
    expect(parseTicket(mixed)).toBeDefined();
    expect(await sessions.find(mixed)).toBeUndefined();
    expect(await sessions.find(one.ticket)).toBeDefined();
  });

  it("ends at once when closed, even if it is in use", async () => {
    const { ticket } = await sessions.open(record, false);
    clock.advance(hour);
    await Promise.all([sessions.find(ticket), sessions.close(ticket), sessions.find(ticket)]);
    expect(await sessions.find(ticket)).toBeUndefined();
    await expect(sessions.replaceSecret(ticket, "new")).rejects.toMatchObject({ code: "KAL_SESSION_ENDED" });
    expect(await sessions.find(ticket)).toBeUndefined();
  });

  it.each(["", "kal_x", "Bearer"])("is not found by %j", async (text) => {
    expect(await sessions.find(text)).toBeUndefined();
    await sessions.close(text);
  });
});

describe("its life", () => {
  it("ends after 8 hours unused", async () => {
    const { ticket } = await sessions.open(record, false);
    clock.advance(8 * hour - 1);
    expect(await sessions.find(ticket)).toBeDefined();
    clock.advance(8 * hour);
    expect(await sessions.find(ticket)).toBeUndefined();
  });

  it("ends after 24 hours even when used", async () => {
    const { ticket, expiresAt } = await sessions.open(record, false);
    expect(expiresAt).toBe(clock.now() + 24 * hour * 1000);
    for (let hours = 0; hours < 23; hours++) {
      clock.advance(hour);
      expect(await sessions.find(ticket)).toBeDefined();
    }
    clock.advance(hour);
    expect(await sessions.find(ticket)).toBeUndefined();
  });

  it("ends then even if its expiry in the store is changed", async () => {
    const { ticket } = await sessions.open(record, false);
    await store.extend(storeKey(parseTicket(ticket)!), clock.now() + 1000 * 24 * hour * 1000);
    clock.advance(24 * hour);
    expect(await sessions.find(ticket)).toBeUndefined();
  });

  it.each([
    { remember: false, days: 1 },
    { remember: true, days: 30 },
  ])(
    "is never kept beyond its end, however it is used (remembered: $remember)",
    async ({ remember, days }) => {
      const { ticket, expiresAt } = await sessions.open(record, remember);
      const place = storeKey(parseTicket(ticket)!);
      for (let hours = 1; hours < days * 24; hours += 1) {
        clock.advance(hour);
        if (hours === 5) await sessions.replaceSecret(ticket, "new-secret");
        expect((await sessions.find(ticket))?.expiresAt).toBe(expiresAt);
        expect((await store.get(place))?.expiresAt).toBeLessThanOrEqual(expiresAt);
      }
      clock.advance(hour);
      expect(await sessions.find(ticket)).toBeUndefined();
      expect(await store.get(place)).toBeUndefined();
    },
  );

  it("lasts 30 days when remembered", async () => {
    const { ticket, expiresAt } = await sessions.open(record, true);
    expect(expiresAt).toBe(clock.now() + 30 * 24 * hour * 1000);
    clock.advance(30 * 24 * hour - 1);
    expect(await sessions.find(ticket)).toBeDefined();
    clock.advance(1);
    expect(await sessions.find(ticket)).toBeUndefined();
  });

  it("is not written at every call", async () => {
    let writes = 0;
    const extend = store.extend.bind(store);
    store.extend = (...given) => {
      writes++;
      return extend(...given);
    };
    const { ticket } = await sessions.open(record, false);
    for (let call = 0; call < 100; call++) await sessions.find(ticket);
    clock.advance(299);
    await sessions.find(ticket);
    expect(writes).toBe(0);
    clock.advance(1);
    await sessions.find(ticket);
    await sessions.find(ticket);
    expect(writes).toBe(1);
  });
});

describe("whether a credential is in use", () => {
  it("is known from sessions opened or used since the start, until they end", async () => {
    const one = await sessions.open(record, false);
    const two = await sessions.open(record, false);
    const connection = (await connectionOf(one.ticket))!;
    expect(sessions.has(connection)).toBe(true);
    await sessions.close(one.ticket);
    expect(sessions.has(connection)).toBe(true);

    const restarted = withEnvironments(builtInEnvironments);
    expect(restarted.has(connection)).toBe(false);
    await restarted.find(two.ticket);
    expect(restarted.has(connection)).toBe(true);
    expect(restarted.has({ ...connection, tenant: "example.com" })).toBe(false);

    clock.advance(24 * hour);
    expect([sessions.has(connection), restarted.has(connection)]).toEqual([false, false]);
  });

  it("ends with the last one's close", async () => {
    const { ticket } = await sessions.open(record, false);
    const connection = (await connectionOf(ticket))!;
    await sessions.close(ticket);
    expect(sessions.has(connection)).toBe(false);
  });
});

describe("another secret", () => {
  it("replaces the old one under the same ticket", async () => {
    const { ticket, expiresAt } = await sessions.open(record, false);
    await sessions.replaceSecret(ticket, "new-secret");
    expect((await connectionOf(ticket))?.credentials).toEqual({
      ...record.credentials,
      clientSecret: "new-secret",
    });
    expect((await sessions.find(ticket))?.expiresAt).toBe(expiresAt);
  });
});

describe("the environment", () => {
  it("is looked up at each use, so sample data may move", async () => {
    const { ticket } = await sessions.open(
      { name: "sample", label: "Sample", at: { environment: "sample" } },
      false,
    );
    const moved = { ...sample, apiBaseUrl: "http://127.0.0.1:9999/api" };
    const found = await connectionOf(ticket, withEnvironments([moved]));
    expect(found).toMatchObject({ environment: moved, credentials: sample.credentials });
  });

  it("ends its sessions when it no longer exists", async () => {
    const { ticket } = await sessions.open(record, false);
    expect(await withEnvironments([sample]).find(ticket)).toBeUndefined();
  });

  it("is unavailable to old sessions once its host is not allowed", async () => {
    const typed: ConnectionRecord = {
      ...record,
      at: { apiBaseUrl: "https://data.example.com/api" },
      tenant: "example.com",
    };
    const allowing = withEnvironments([], ["data.example.com"]);
    const { ticket } = await allowing.open(typed, false);
    expect((await connectionOf(ticket, allowing))?.environment.apiBaseUrl).toBe(
      "https://data.example.com/api",
    );
    await expect(sessions.find(ticket)).rejects.toMatchObject({ code: "KAL_HOST_REFUSED" });
  });
});

describe("two versions of the service side by side", () => {
  /** Replaces a session's content as another version of the service would. */
  async function rewrite(ticket: string, change: (content: object) => object): Promise<void> {
    const { key, place, content } = await contentOf(ticket);
    await store.replace(place, seal(JSON.stringify(change(content)), key, place));
  }
  async function contentOf(ticket: string) {
    const parsed = parseTicket(ticket)!;
    const place = storeKey(parsed);
    const text = unseal((await store.get(place))!.value, parsed.key, place)!;
    return { key: parsed.key, place, content: JSON.parse(text) as Record<string, unknown> };
  }

  it("read sessions without a version number, and write what the older version can read", async () => {
    const { ticket } = await sessions.open(record, true);
    const { version, ...older } = (await contentOf(ticket)).content;
    expect([version, Object.keys(older).sort()]).toEqual([1, ["expiresAt", "lifetime", "record"]]);
    await rewrite(ticket, () => older);
    expect((await connectionOf(ticket))?.credentials).toEqual(record.credentials);
  });

  it("keep fields that only the newer version knows, also when the secret is replaced", async () => {
    const { ticket } = await sessions.open(record, false);
    await rewrite(ticket, (content) => ({ ...content, since: 7, record: { ...record, colour: "red" } }));
    await sessions.replaceSecret(ticket, "another");
    expect((await contentOf(ticket)).content).toMatchObject({
      version: 1,
      since: 7,
      record: { colour: "red", credentials: { clientSecret: "another" } },
    });
  });

  it("do not end a session that only the newer version can read", async () => {
    const { ticket } = await sessions.open(record, false);
    await rewrite(ticket, (content) => ({ ...content, version: 3 }));
    await expect(sessions.find(ticket)).rejects.toMatchObject({
      code: "KAL_GATEWAY_INTERNAL",
      retryable: true,
    });
  });

  it.each([
    ["no record", { record: undefined }],
    ["a record of another form", { record: { name: "x" } }],
    ["credentials without a secret", { record: { ...record, credentials: { clientId: "x" } } }],
    ["an unknown lifetime", { lifetime: "for ever" }],
    ["an end that is no number", { expiresAt: "2099" }],
    ["an older version than there is", { version: 0 }],
  ])("accept no content with %s", async (_, change) => {
    const { ticket } = await sessions.open(record, false);
    await rewrite(ticket, (content) => ({ ...content, ...change }));
    expect(await sessions.find(ticket)).toBeUndefined();
  });
});

it("keeps all other sessions after ten thousand connects", async () => {
  const { ticket } = await sessions.open(record, false);
  const other = { ...record, credentials: { ...record.credentials!, clientSecret: "other" } };
  let refusal: unknown;
  for (let attempt = 0; attempt < 10_000 && refusal === undefined; attempt += 1) {
    await sessions.open(other, true).catch((error: unknown) => (refusal = error));
  }
  expect(refusal).toMatchObject({ code: "KAL_THROTTLED" });
  expect(await sessions.find(ticket)).toBeDefined();
  // Nor does it prevent others from connecting.
  expect(await sessions.open(record, false)).toBeDefined();
});
