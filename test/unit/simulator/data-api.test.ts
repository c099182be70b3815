import { request } from "node:http";
import { connect as connectSocket } from "node:net";
import { networkInterfaces } from "node:os";
import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator.ts";
import { type Caller, connect, tokenOf, userAgent } from "./call.ts";

let simulator: Simulator;
let caller: Caller;
let clock = new Date("2026-03-11T10:20:30Z");

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 12, now: () => clock });
  caller = await connect(simulator);
});

afterAll(() => simulator.close());

function getWith(headers: Record<string, string>, path = "/status"): Promise<Response> {
  return fetch(`${simulator.apiBaseUrl}${path}`, { headers: { "user-agent": userAgent, ...headers } });
}

describe("status", () => {
  it("says who asks, and echoes the token", async () => {
    const answer = await caller.get("/status");
    const { tenant, credentials } = simulator.environment;
    const audience = credentials.scope.replace("/.default", "");
    const body = (await answer.json()) as object;
    expect(Object.entries(body)).toEqual([
      ["token", caller.token],
      ["audience", audience],
      ["issuer", `https://sts.windows.net/${tenant}/`],
      ["version", "1.0"],
      ["clientId", credentials.clientId],
      ["tenantId", audience.split("/").at(-1)],
      ["expirationTime", "2026-03-11T11:20:29+00:00"],
    ]);
  });
});

describe("a token is refused with 401", () => {
  it("when there is none", async () => {
    const answer = await getWith({});
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    expect(await answer.json()).toEqual({
      statusCode: 401,
      message: expect.stringContaining("missing") as string,
    });
  });

  it("when its signature is another's", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    const [, payload = ""] = caller.token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: "RS256" }).sign(privateKey);
    expect((await getWith({ authorization: `Bearer ${forged}` })).status).toBe(401);
  });

  it("when a claim was changed after signing", async () => {
    const [header = "", payload = "", signature = ""] = caller.token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
    const changed = Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999 })).toString("base64url");
    expect((await getWith({ authorization: `Bearer ${header}.${changed}.${signature}` })).status).toBe(401);
  });

  it("when it has expired, and not a second earlier", async () => {
    const before = clock;
    const token = await tokenOf(simulator);
    try {
      clock = new Date(before.getTime() + 3598_000);
      expect((await getWith({ authorization: `Bearer ${token}` })).status).toBe(200);
      clock = new Date(before.getTime() + 3600_000);
      const answer = await getWith({ authorization: `Bearer ${token}` });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ message: expect.stringContaining("expired") as string });
    } finally {
      clock = before;
    }
  });
});

describe("a caller is refused with 403", () => {
  it.each([
    "python-requests/2.31.0",
    "curl/8.5.0",
    "node",
    "undici",
    "axios/1.7.2",
    "Go-http-client/1.1",
    "Java/17.0.1",
  ])("who calls itself %s", async (name) => {
    const answer = await getWith({ authorization: `Bearer ${caller.token}`, "user-agent": name });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ statusCode: 403 });
  });

  it("who sends fetch's default User-Agent", async () => {
    const answer = await fetch(`${simulator.apiBaseUrl}/status`, {
      headers: { authorization: `Bearer ${caller.token}` },
    });
    expect(answer.status).toBe(403);
  });

  it("who sends no User-Agent", async () => {
    const status = await new Promise((resolve, reject) => {
      request(`${simulator.apiBaseUrl}/status`, { headers: { authorization: `Bearer ${caller.token}` } })
        .on("response", (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(403);
  });

  it("whose client may not read: a status, but no data", async () => {
    const authorization = `Bearer ${await tokenOf(simulator, simulator.credentials.withoutAccess)}`;
    expect((await getWith({ authorization })).status).toBe(200);
    expect((await getWith({ authorization }, "/site")).status).toBe(403);
  });
});

describe("collections", () => {
  it.each([
    "price",
    "site",
    "product",
    "volume",
    "productgroup",
    "pricerequest",
    "surveyhistory",
    "reference",
  ])("%s answers an array of documents", async (collection) => {
    const documents = await caller.documents(`/${collection}`);
    expect(documents.length).toBeGreaterThan(0);
    for (const document of documents) {
      expect(Object.keys(document)).toEqual(["id", "data"]);
      expect(Object.keys(document.id)).toEqual([
        "entityId",
        "entityVersion",
        "tenantId",
        "collection",
        "entityType",
        "entityVariant",
        "entityOrigin",
        "createdOn",
        "updatedOn",
      ]);
      expect(document.id.collection.toLowerCase()).toBe(collection);
      expect(Object.values(document.data)).not.toContain(null);
    }
  });

  it.each([
    ["/reference/brand", "Brand"],
    ["/Reference/Brand/", "Brand"],
    ["/reference/AREA", "Area"],
    ["/pricerequest/event", "Event"],
    ["/surveyhistory/CompetitorSurveyTarget", "CompetitorSurveyTarget"],
  ])("%s holds one entity type only", async (path, entityType) => {
    const documents = await caller.documents(path);
    expect(new Set(documents.map(({ id }) => id.entityType))).toEqual(new Set([entityType]));
  });

  it("take any letter case", async () => {
    const [lower, upper] = await Promise.all([caller.documents("/site"), caller.documents("/SITE")]);
    expect(upper).toEqual(lower);
  });

  it("know nothing else", async () => {
    for (const path of ["/nonsense", "/price/own", "/site/1/2"]) {
      const answer = await caller.get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.json()).toMatchObject({ statusCode: 404 });
    }
  });

  it("have no documents of an unknown entity type", async () => {
    expect(await caller.documents("/reference/nothing")).toEqual([]);
  });
});

describe("null elements", () => {
  it("occur between the documents of longer answers, always in the same places", async () => {
    const path = "/price?query=(entityVariant=Competitor)";
    const first = (await (await caller.get(path)).json()) as unknown[];
    const second = (await (await caller.get(path)).json()) as unknown[];
    expect(first.filter((element) => element !== null)).toHaveLength(1000);
    expect(first.indexOf(null)).toBe(250);
    expect(second).toEqual(first);
  });

  it("can be left out", async () => {
    const plain = await startSimulator({ ownSites: 12, nullEvery: 0 });
    try {
      const answer = await (await connect(plain)).get("/price?query=(entityVariant=Competitor)");
      expect(await answer.json()).not.toContain(null);
    } finally {
      await plain.close();
    }
  });
});

describe("the address", () => {
  it("is the sample environment's", () => {
    expect(simulator.environment).toMatchObject({
      id: "sample",
      label: "Sample data",
      apiBaseUrl: simulator.apiBaseUrl,
      authority: simulator.origin,
    });
    expect(simulator.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  const outside = Object.values(networkInterfaces())
    .flat()
    .find((face) => face && !face.internal && face.family === "IPv4")?.address;

  it.skipIf(outside === undefined)("is not reached from other machines", async () => {
    const port = Number(new URL(simulator.origin).port);
    const outcome = await new Promise((resolve) => {
      const socket = connectSocket({ host: outside ?? "", port });
      socket.on("connect", () => {
        socket.destroy();
        resolve("connected");
      });
      socket.on("error", (error: NodeJS.ErrnoException) => {
        resolve(error.code);
      });
    });
    expect(outcome).toBe("ECONNREFUSED");
  });

  it("is free again after close", async () => {
    const short = await startSimulator({ ownSites: 1 });
    const port = Number(new URL(short.origin).port);
    await short.close();
    const again = await startSimulator({ ownSites: 1, port });
    expect(again.origin).toBe(short.origin);
    await again.close();
  });
});

describe("the log", () => {
  it("has requests and answers, without credentials", async () => {
    simulator.clearRequests();
    await tokenOf(simulator);
    await caller.get("/price?query=(entityVariant=Own)+(limit=5)");
    await caller.get("/price?query=(limit=five)");
    expect(simulator.requests).toMatchObject([
      { kind: "token", method: "POST", query: undefined, status: 200 },
      {
        kind: "data",
        method: "GET",
        path: "/api/price",
        query: "(entityVariant=Own)+(limit=5)",
        status: 200,
        userAgent,
      },
      { kind: "data", path: "/api/price", query: "(limit=five)", status: 400 },
    ]);
    const text = JSON.stringify(simulator.requests);
    expect(text).not.toContain(caller.token);
    expect(text).not.toContain(simulator.environment.credentials.clientSecret);
    simulator.clearRequests();
    expect(simulator.requests).toEqual([]);
  });
});
