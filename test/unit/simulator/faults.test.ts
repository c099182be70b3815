import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator.ts";
import { type Caller, connect, requestToken } from "./call.ts";

let simulator: Simulator;
let caller: Caller;

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 12, nullEvery: 0 });
  caller = await connect(simulator);
});

afterEach(() => {
  simulator.faults.clear();
  simulator.clearRequests();
});

afterAll(() => simulator.close());

const statusOf = async (path: string): Promise<number> => (await caller.get(path)).status;

describe("how often and where", () => {
  it("a fault applies to as many requests as it says", async () => {
    simulator.faults.add({ kind: "unauthorised", times: 2 });
    const statuses = [await statusOf("/site"), await statusOf("/site"), await statusOf("/site")];
    expect(statuses).toEqual([401, 401, 200]);
  });

  it("a fault applies only to paths with its beginning", async () => {
    simulator.faults.add({ kind: "unavailable", path: "/api/Price" });
    expect(await statusOf("/site")).toBe(200);
    expect(await statusOf("/price?query=(limit=1)")).toBe(503);
    expect(await statusOf("/PRICE?query=(limit=1)")).toBe(503);
  });

  it("faults come one after the other", async () => {
    simulator.faults.add({ kind: "throttled", times: 1, retryAfter: 1 }, { kind: "throttled", times: 1 });
    const answers = [await caller.get("/site"), await caller.get("/site"), await caller.get("/site")];
    expect(answers.map((answer) => [answer.status, answer.headers.get("retry-after")])).toEqual([
      [429, "1"],
      [429, null],
      [200, null],
    ]);
  });

  it("a fault may be on from the start, and data faults leave tokens alone", async () => {
    const faulty = await startSimulator({ ownSites: 1, faults: [{ kind: "unavailable" }] });
    try {
      expect((await requestToken(faulty)).status).toBe(200);
      expect((await (await connect(faulty)).get("/status")).status).toBe(503);
    } finally {
      await faulty.close();
    }
  });
});

describe("answers instead", () => {
  const date = new Date("2026-03-11T10:21:00Z");

  it.each([
    ["throttled", undefined, 429, null],
    ["throttled", 30, 429, "30"],
    ["throttled", date, 429, "Wed, 11 Mar 2026 10:21:00 GMT"],
    ["unavailable", undefined, 503, null],
    ["unavailable", 5, 503, "5"],
  ] as const)("%s with Retry-After %s", async (kind, retryAfter, status, header) => {
    simulator.faults.add(retryAfter === undefined ? { kind } : { kind, retryAfter });
    const answer = await caller.get("/site");
    expect(answer.status).toBe(status);
    expect(answer.headers.get("retry-after")).toBe(header);
    expect(await answer.json()).toMatchObject({ statusCode: status });
  });

  it.each([
    ["throttled", 429, "text/plain", "Too Many Requests"],
    ["unavailable", 503, "text/html", "<!DOCTYPE html>"],
  ] as const)("%s at the token endpoint, as Entra does", async (kind, status, contentType, start) => {
    simulator.faults.add({ kind, endpoint: "token", retryAfter: 60 });
    const answer = await requestToken(simulator);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain(contentType);
    expect(answer.headers.get("retry-after")).toBe("60");
    expect((await answer.text()).startsWith(start)).toBe(true);
    expect(await statusOf("/site")).toBe(200);
  });

  it.each(["token", "data"] as const)("nothing when the %s endpoint is down", async (endpoint) => {
    simulator.faults.add({ kind: "down", endpoint });
    await expect(endpoint === "token" ? requestToken(simulator) : caller.get("/site")).rejects.toThrow(
      "fetch failed",
    );
    await vi.waitFor(() => {
      expect(simulator.requests).toMatchObject([{ kind: endpoint, status: undefined, aborted: true }]);
    });
  });
});

describe("spoilt bodies", () => {
  it("end in the middle", async () => {
    simulator.faults.add({ kind: "cut-off" });
    const answer = await caller.get("/site");
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get("content-length"))).toBeGreaterThan(1000);
    await expect(answer.text()).rejects.toThrow("terminated");
  });

  it("are complete but not JSON", async () => {
    simulator.faults.add({ kind: "malformed" });
    const text = await (await caller.get("/site")).text();
    expect(() => void JSON.parse(text)).toThrow(SyntaxError);
  });
});

describe("an intermediary", () => {
  it("redirects to another host", async () => {
    simulator.faults.add({ kind: "redirected" });
    const answer = await caller.get("/site", { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([307, "https://elsewhere.invalid/"]);
  });

  it("answers with an HTML page and status 200", async () => {
    simulator.faults.add({ kind: "sign-in-page" });
    const answer = await caller.get("/site");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html"]);
  });
});

describe("slow answers", () => {
  it("arrive eventually", async () => {
    simulator.faults.add({ kind: "slow", delay: 15 });
    expect(await statusOf("/site")).toBe(200);
  });

  it("can be slow and wrong", async () => {
    simulator.faults.add({ kind: "slow", delay: 15 }, { kind: "unavailable" });
    expect(await statusOf("/site")).toBe(503);
  });

  it("are cancelled when the caller disconnects", async () => {
    simulator.faults.add({ kind: "slow", delay: 3_600_000 });
    const leaving = new AbortController();
    const answer = caller.get("/site", { signal: leaving.signal });
    await vi.waitFor(() => {
      expect(simulator.requests).toMatchObject([{ status: undefined, aborted: false }]);
    });
    leaving.abort();
    await expect(answer).rejects.toThrow("aborted");
    await vi.waitFor(() => {
      expect(simulator.requests).toMatchObject([{ status: undefined, aborted: true }]);
    });
  });

  it("do not keep a simulator from closing", async () => {
    const slow = await startSimulator({ ownSites: 1, faults: [{ kind: "slow", delay: 3_600_000 }] });
    const answer = (await connect(slow)).get("/site").catch((error: unknown) => error);
    await vi.waitFor(() => {
      expect(slow.requests.filter(({ kind }) => kind === "data")).toHaveLength(1);
    });
    await slow.close();
    expect(await answer).toBeInstanceOf(TypeError);
  });
});

describe("other ways to read a query", () => {
  it("caps pages below the limit", async () => {
    simulator.faults.add({ kind: "page-cap", cap: 3 });
    expect(await caller.documents("/site?query=(limit=10)")).toHaveLength(3);
    expect(await caller.documents("/site?query=(limit=2)")).toHaveLength(2);
    expect(await caller.documents("/site?query=(limit=0)")).toHaveLength(3);
    expect(await caller.documents("/site")).toHaveLength(3);
  });

  it("treats limit=0 as its own limit", async () => {
    simulator.faults.add({ kind: "unlimited-cap", cap: 5 });
    expect(await caller.documents("/site?query=(limit=0)")).toHaveLength(5);
    expect(await caller.documents("/site?query=(limit=8)")).toHaveLength(8);
  });

  it("refuses an unknown property", async () => {
    simulator.faults.add({ kind: "unknown-property" });
    const answer = await caller.get("/site?query=(name@=e)+(nonsense.deep=1)");
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: "There is no property nonsense.deep." });
    expect(await statusOf("/site?query=(name@=e)")).toBe(200);
  });
});
