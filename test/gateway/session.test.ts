import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type {
  ConnectAnswer,
  ConnectionSummary,
  EnvironmentSummary,
  Status,
} from "../../src/kalibrate/gateway-api.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { errorOf, startTestGateway, type TestGateway, withFolder } from "./support/gateway.ts";

let simulator: Simulator;
let gateway: TestGateway;
let file: string;
let release: () => void;
let folderGone: Promise<void>;

/** Typed credentials for the environment `typed`, which is the simulator under another name. */
let typed: { environment: string; tenant: string; clientId: string; clientSecret: string; scope: string };

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 5 });
  const { authority, tenant, credentials } = simulator.environment;
  await new Promise<void>((ready) => {
    folderGone = withFolder(async (folder) => {
      file = path.join(folder, "kal.json");
      // The base URL differs from the sample's, as a customer's does.
      const apiBaseUrl = simulator.apiBaseUrl.replace("127.0.0.1", "localhost");
      writeFileSync(
        file,
        JSON.stringify({ environments: [{ id: "typed", label: "Typed", apiBaseUrl, authority }] }),
      );
      ready();
      await new Promise<void>((done) => (release = done));
    });
  });
  gateway = await startTestGateway({
    variables: { KAL_CONFIG: file, KAL_ALLOW_LOOPBACK: "1" },
    sampleEnvironment: simulator.environment,
  });
  typed = { environment: "typed", tenant, ...credentials };
});

afterAll(async () => {
  await gateway.close();
  await simulator.close();
  release();
  await folderGone;
});

beforeEach(() => {
  simulator.faults.clear();
  simulator.clearRequests();
});

const tokenRequests = () => simulator.requests.filter(({ kind }) => kind === "token").length;
const connect = (body: unknown) => gateway.call<ConnectAnswer>("POST", "/api/v1/session", { body });

describe("environments", () => {
  it("are listed for everybody, without credentials, addresses or anything else", async () => {
    const { status, body } = await gateway.call<EnvironmentSummary[]>("GET", "/api/v1/environments");
    expect(status).toBe(200);
    expect(body).toEqual([
      { id: "sample", label: "Sample data", tenant: simulator.environment.tenant, needsCredentials: false },
      {
        id: "sandpit",
        label: "Sandpit (test)",
        tenant: "efa98c7b-2114-46e8-be99-954a4f1a2d9c",
        needsCredentials: true,
      },
      { id: "typed", label: "Typed", needsCredentials: true },
    ]);
  });
});

describe("connecting", () => {
  it("to sample data needs only the environment's name", async () => {
    const { status, body } = await connect({ environment: "sample" });
    expect(status).toBe(200);
    expect(body.ticket).toMatch(/^kal_[\w-]{22}_[\w-]{43}$/);
    expect(body.connection).toEqual({ name: "sample", environment: "sample", label: "Sample data" });
    expect(body.status).toMatchObject({ connection: "sample", environment: "sample", state: "connected" });
  });

  it("asks the identity provider afresh each time, then the Data API", async () => {
    await connect(typed);
    simulator.clearRequests();
    await connect(typed);
    expect(simulator.requests.map(({ path: address }) => address)).toEqual([
      `/${typed.tenant}/oauth2/v2.0/token`,
      "/api/status",
    ]);
  });

  it("ends after a day, or after 30 when remembered", async () => {
    const day = 86_400_000;
    const brief = await connect(typed);
    const long = await connect({ ...typed, remember: true });
    expect(Date.parse(brief.body.expiresAt) - Date.now()).toBeLessThanOrEqual(day);
    expect(Date.parse(long.body.expiresAt) - Date.now()).toBeGreaterThan(29 * day);
  });

  it("accepts a base URL instead of an environment, with that address's own identity provider", async () => {
    const apiBaseUrl = simulator.origin.replace("127.0.0.1", "localhost");
    const { body } = await connect({
      ...typed,
      environment: "",
      apiBaseUrl: `${apiBaseUrl}/`,
      label: "Mine",
    });
    expect(body.connection).toEqual({ name: "Mine", environment: "typed", label: "Mine" });
  });

  it.each<[string, () => object, number, string]>([
    ["a wrong secret", () => ({ clientSecret: "wrong" }), 401, "KAL_SECRET_INVALID"],
    ["an expired secret", () => simulator.credentials.expired, 401, "KAL_SECRET_EXPIRED"],
    [
      "an unknown client",
      () => ({ clientId: "00000000-0000-4000-8000-000000000000" }),
      401,
      "KAL_CLIENT_UNKNOWN",
    ],
    [
      "an unknown tenant",
      () => ({ tenant: "00000000-0000-4000-8000-000000000000" }),
      400,
      "KAL_TENANT_UNKNOWN",
    ],
    ["a scope without /.default", () => ({ scope: "api://data.pellow.example" }), 400, "KAL_SCOPE_INVALID"],
    ["an unknown scope", () => ({ scope: "api://elsewhere.example/1/.default" }), 400, "KAL_SCOPE_INVALID"],
  ])("says what is wrong with %s", async (_, change, status, code) => {
    const answer = await connect({ ...typed, ...change() });
    expect(errorOf(answer).code).toBe(code);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain("AADSTS");
  });

  it("never serves one secret's token to another", async () => {
    const right = await connect(typed);
    const wrong = await connect({ ...typed, clientSecret: "wrong" });
    expect(right.status).toBe(200);
    expect(errorOf(wrong).code).toBe("KAL_SECRET_INVALID");
    const { status } = await gateway.call("GET", "/api/v1/status", { ticket: right.body.ticket });
    expect(status).toBe(200);
  });

  it.each(["common", "organizations", "consumers", "../x", "a b", "-"])(
    "sends no request for the tenant %j",
    async (tenant) => {
      const answer = await connect({ ...typed, tenant });
      expect(errorOf(answer).code).toBe("KAL_TENANT_UNKNOWN");
      expect(simulator.requests).toEqual([]);
    },
  );

  it.each([
    "https://example.net/api",
    "https://dev.data.thekalibratecloud.com@example.net/api",
    "http://dev.data.thekalibratecloud.com/api",
    "https://169.254.169.254/api",
  ])("sends nothing to %s", async (apiBaseUrl) => {
    const answer = await connect({ ...typed, environment: "", apiBaseUrl });
    expect(answer.status).toBe(403);
    expect(errorOf(answer).code).toBe("KAL_HOST_REFUSED");
    expect(simulator.requests).toEqual([]);
  });
});

describe("a session", () => {
  it("shows its connection and its status", async () => {
    const { ticket } = await gateway.connect({ ...typed, label: "prices" });
    const connections = await gateway.call<ConnectionSummary[]>("GET", "/api/v1/connections", { ticket });
    expect(connections.body).toEqual([{ name: "prices", environment: "typed", label: "prices" }]);
    for (const query of ["", "?connection=prices", "?connection=Prices"]) {
      const status = await gateway.call<Status>("GET", `/api/v1/status${query}`, { ticket });
      expect(status.body).toMatchObject({
        connection: "prices",
        environment: "typed",
        clientId: typed.clientId,
      });
    }
  });

  it("never uses its connection in place of another", async () => {
    const { ticket } = await gateway.connect(typed);
    const answer = await gateway.call("GET", "/api/v1/status?connection=production", { ticket });
    expect(answer.status).toBe(404);
    expect(errorOf(answer)).toMatchObject({
      code: "KAL_CONNECTION_UNKNOWN",
      message: expect.stringContaining("“production”") as string,
    });
  });

  it("is forgotten at once when ended", async () => {
    const { ticket } = await gateway.connect(typed);
    const ended = await gateway.call("DELETE", "/api/v1/session", { ticket });
    expect([ended.status, ended.text]).toEqual([204, ""]);
    for (const [method, address] of [
      ["GET", "/api/v1/status"],
      ["GET", "/api/v1/connections"],
      ["DELETE", "/api/v1/session"],
    ] as const) {
      const answer = await gateway.call(method, address, { ticket });
      expect([answer.status, errorOf(answer).code]).toEqual([401, "KAL_SESSION_ENDED"]);
    }
  });

  it("keeps the token for colleagues who are connected with the same credential", async () => {
    const [one, two] = [await gateway.connect(typed), await gateway.connect(typed)];
    simulator.clearRequests();
    await gateway.call("DELETE", "/api/v1/session", { ticket: one.ticket });
    expect((await gateway.call("GET", "/api/v1/status", { ticket: two.ticket })).status).toBe(200);
    expect(tokenRequests()).toBe(0);
  });
});

describe("another secret", () => {
  const replace = (ticket: string, clientSecret: string) =>
    gateway.call("PUT", "/api/v1/session/secret", { ticket, body: { clientSecret } });

  it("is checked and then used, under the same ticket", async () => {
    const { ticket } = await gateway.connect(typed);
    simulator.clearRequests();
    expect((await replace(ticket, ` ${typed.clientSecret}\n`)).status).toBe(204);
    expect(tokenRequests()).toBe(1);
    expect((await gateway.call("GET", "/api/v1/status", { ticket })).status).toBe(200);
  });

  it("keeps the old one if the new one is wrong or blank", async () => {
    const { ticket } = await gateway.connect(typed);
    expect(errorOf(await replace(ticket, "wrong")).code).toBe("KAL_SECRET_INVALID");
    expect(errorOf(await replace(ticket, "  ")).code).toBe("KAL_REQUEST_INVALID");
    expect((await gateway.call("GET", "/api/v1/status", { ticket })).status).toBe(200);
  });
});

describe("an organisation that holds the credentials", () => {
  it("accepts no typed ones, but still sample data", () =>
    withFolder(async (folder) => {
      const own = path.join(folder, "kal.json");
      writeFileSync(own, JSON.stringify({ typedCredentials: false }));
      const strict = await startTestGateway({
        variables: { KAL_CONFIG: own },
        sampleEnvironment: simulator.environment,
      });
      try {
        const body = { ...typed, environment: "sandpit" };
        const refused = await strict.call("POST", "/api/v1/session", { body });
        expect([refused.status, errorOf(refused).code]).toEqual([403, "KAL_FORBIDDEN"]);
        expect((await strict.connect({ environment: "sample" })).connection.name).toBe("sample");
      } finally {
        await strict.close();
      }
    }));
});
