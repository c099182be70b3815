/** How the Data API client handles faults: retries, a new token, a pause for a failing API, limits, scrubbing. */
import { Agent } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDataApiClient } from "../../src/gateway/data-api/client.ts";
import { createDispatcher } from "../../src/gateway/dispatcher.ts";
import type { Connection } from "../../src/gateway/sessions/connection.ts";
import { KalError } from "../../src/kalibrate/errors.ts";
import { connectionWith, recordingLog } from "../unit/gateway/support.ts";
import { clientOptions, failure } from "./support/data-api-client.ts";
import { type Answer, sendJson, startUpstream, type Upstream } from "./support/upstream.ts";

const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
let upstream: Upstream;
let answer: Answer;
let agent: Agent;
let connection: Connection;
let pauses: number[];

beforeAll(async () => {
  agent = new Agent();
  upstream = await startUpstream((...given) => answer(...given));
  const base = connectionWith();
  connection = { ...base, environment: { ...base.environment, apiBaseUrl: `${upstream.origin}/api` } };
});

afterAll(async () => {
  await agent.close();
  await upstream.close();
});

beforeEach(() => {
  pauses = [];
});

const { log } = recordingLog();
const options = (limits = {}) => clientOptions({ dispatcher: agent, log, token, pauses }, limits);
const client = () => createDataApiClient(options());
/** Never aborted. */
const { signal } = new AbortController();

const get = () => client().get(connection, "/price", { signal });

describe("a retry", () => {
  const refuseOnce =
    (status: number, headers: Record<string, string> = {}): Answer =>
    (_, response) => {
      answer = (_again, second) => sendJson(second, 200, ["whole"]);
      response.writeHead(status, headers).end();
    };

  it.each<[string, Answer]>([
    ["a fault of the API's own", refuseOnce(500)],
    ["a plea for a pause without a time", refuseOnce(429)],
    [
      "a connection that is cut",
      (_, response) => {
        answer = (_again, second) => sendJson(second, 200, ["whole"]);
        response.destroy();
      },
    ],
    [
      "an answer that breaks off",
      (_, response) => {
        answer = (_again, second) => sendJson(second, 200, ["whole"]);
        response.writeHead(200, { "content-length": "1000" });
        response.write('["ha', () => response.destroy());
      },
    ],
  ])("recovers from %s, after a pause below 0.4 s", async (_, first) => {
    answer = first;
    expect((await get()).body).toEqual(["whole"]);
    expect(pauses).toHaveLength(1);
    expect(pauses[0]).toBeLessThan(400);
  });

  it.each([
    ["3", 3000],
    ["Fri, 01 May 2026 12:00:10 GMT", 10_000],
  ])("waits as long as Retry-After: %s says, and a little more", async (header, least) => {
    answer = refuseOnce(503, { "retry-after": header });
    expect((await get()).body).toEqual(["whole"]);
    expect(pauses[0]).toBeGreaterThanOrEqual(least);
    expect(pauses[0]).toBeLessThan(least + 400);
  });

  it("is not made if the pause exceeds ten seconds: the caller gets the error at once", async () => {
    const before = upstream.received.length;
    answer = refuseOnce(429, { "retry-after": "11" });
    expect(await failure(get())).toMatchObject({ code: "KAL_THROTTLED", retryAfter: 11 });
    expect(upstream.received).toHaveLength(before + 1);
    expect(pauses).toEqual([]);
  });

  it("is made at most twice, with growing pauses", async () => {
    const before = upstream.received.length;
    answer = (_, response) => response.writeHead(503).end();
    await failure(get());
    expect(upstream.received).toHaveLength(before + 3);
    expect(pauses[1]).toBeLessThan(800);
  });

  it("is given up during a pause when the call's time is up", async () => {
    const before = upstream.received.length;
    const call = new AbortController();
    answer = (_, response) => response.writeHead(503).end();
    const slow = createDataApiClient({
      ...options(),
      pause: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason as Error));
          call.abort(new KalError("KAL_TIMEOUT"));
        }),
    });
    expect((await failure(slow.get(connection, "/price", { signal: call.signal }))).code).toBe("KAL_TIMEOUT");
    expect(upstream.received).toHaveLength(before + 1);
  });
});

describe("a token that is refused", () => {
  it("is renewed once, and the old one is scrubbed too", async () => {
    const issued = ["opaque-token-one", "opaque-token-two"];
    const asked: (string | undefined)[] = [];
    const renewing = createDataApiClient({
      ...options(),
      tokenService: {
        token: async (_, { rejected } = {}) => {
          asked.push(rejected);
          return { text: issued[asked.length - 1] ?? "", expiresAt: Infinity };
        },
        forget: () => undefined,
      },
    });
    answer = ({ headers }, response) =>
      headers.authorization === "Bearer opaque-token-one"
        ? response.writeHead(401).end()
        : sendJson(response, 200, ["opaque-token-one", "opaque-token-two", "opaque-token"]);
    expect((await renewing.get(connection, "/price", { signal })).body).toEqual(["…", "…", "opaque-token"]);
    expect(asked).toEqual([undefined, "opaque-token-one"]);
  });
});

describe("an API that fails again and again", () => {
  const failing: Answer = (_, response) => response.writeHead(500).end();
  const open = async (dataApiClient = client()) => {
    answer = failing;
    for (let call = 0; call < 20; call++) await failure(dataApiClient.get(connection, "/price", { signal }));
    return dataApiClient;
  };

  it("gets no requests for a while, and callers get the error at once", async () => {
    const one = await open();
    const before = upstream.received.length;
    const refused = await failure(one.get(connection, "/price", { signal }));
    expect(refused).toMatchObject({ code: "KAL_UPSTREAM_DOWN", retryAfter: 15 });
    expect(upstream.received).toHaveLength(before);
  });

  it("still gets requests for another client, at another address, and for connecting", async () => {
    const one = await open();
    answer = (_, response) => sendJson(response, 200, []);
    const { environment, credentials } = connection;
    const others = [
      { ...connection, credentials: { ...credentials, clientId: "another" } },
      { ...connection, environment: { ...environment, apiBaseUrl: `${upstream.origin}/other` } },
    ];
    for (const other of others) expect((await one.get(other, "/price", { signal })).body).toEqual([]);
    expect((await one.get(connection, "/status", { signal, always: true })).body).toEqual([]);
  });

  it("is asked for its status before the next pull", async () => {
    let time = 0;
    const one = await open(createDataApiClient({ ...options(), steady: () => time }));
    time += 15_000;
    const before = upstream.received.length;
    answer = ({ path }, response) => sendJson(response, 200, [path]);
    expect((await one.get(connection, "/price", { signal })).body).toEqual(["/api/price"]);
    expect(upstream.received.slice(before).map(({ path }) => path)).toEqual(["/api/status", "/api/price"]);
  });
});

it("an answer over the size limit is refused before it fills the memory", async () => {
  const capped = createDispatcher({}, {}, 1000);
  try {
    answer = (_, response) => sendJson(response, 200, ["x".repeat(2000)]);
    const small = createDataApiClient({ ...options(), dispatcher: capped });
    const before = upstream.received.length;
    const error = await failure(small.get(connection, "/price", { signal }));
    expect(error).toMatchObject({
      code: "KAL_UPSTREAM_INVALID",
      message: expect.stringContaining("too large") as string,
    });
    expect(upstream.received).toHaveLength(before + 1);
  } finally {
    await capped.close();
  }
});

it("a body that must be parsed as a whole has its own size limit", async () => {
  answer = (_, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(1_048_576, " ")));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  };
  expect((await failure(get())).message).toMatch(/too large/);
});

describe("a document", () => {
  it("comes without the token and the secret, and without anything like a token", async () => {
    const { clientSecret } = connection.credentials;
    const jwt = "eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiJvdGhlciJ9.c2ln";
    answer = (_, response) =>
      sendJson(response, 200, [{ a: token, b: `x ${clientSecret} y`, [jwt]: jwt, c: "Ærø" }]);
    expect((await get()).body).toEqual([{ a: "…", b: "x … y", "…": "…", c: "Ærø" }]);
  });
});
