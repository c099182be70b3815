import { Agent } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDataApiClient, type GetOptions } from "../../src/gateway/data-api/client.ts";
import type { Connection } from "../../src/gateway/sessions/connection.ts";
import { connectionWith, recordingLog } from "../unit/gateway/support.ts";
import { clientOptions, failure } from "./support/data-api-client.ts";
import { type Answer, sendJson, startUpstream, type Upstream } from "./support/upstream.ts";

const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
let upstream: Upstream;
let answer: Answer;
let agent: Agent;
let connection: Connection;

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

const recorded = recordingLog();

const client = (limits = {}) =>
  createDataApiClient(clientOptions({ dispatcher: agent, log: recorded.log, token, pauses: [] }, limits));

/** Never aborted. */
const { signal } = new AbortController();

const get = (options: Partial<GetOptions> = {}, path = "/price") =>
  client().get(connection, path, { signal, ...options });

beforeEach(() => {
  answer = (_, response) => sendJson(response, 200, [{ id: {}, data: {} }]);
});

describe("an answer", () => {
  it("comes parsed, measured and unchanged", async () => {
    const documents = [{ id: { entityId: "1" }, data: { price: 1.459 } }, null];
    answer = (_, response) => sendJson(response, 200, documents);
    const { body, latency, bytes } = await get();
    expect(body).toEqual(documents);
    expect(bytes).toBe(JSON.stringify(documents).length);
    expect(latency).toBeGreaterThan(0);
  });

  it("may be empty (204): no documents", async () => {
    answer = (_, response) => response.writeHead(204).end();
    expect(await get()).toMatchObject({ body: [], bytes: 0 });
  });

  it("may begin with a byte order mark and come in pieces that cut characters apart", async () => {
    const bytes = Buffer.from('\uFEFF["Ærø €"]', "utf8");
    answer = (_, response) => {
      response.writeHead(200);
      for (const byte of bytes) response.write(Buffer.from([byte]));
      response.end();
    };
    expect((await get()).body).toEqual(["Ærø €"]);
  });
});

describe("the query", () => {
  it("goes into the URL unchanged", async () => {
    const query = "(entityVariant=Own)+(price%3E=1.4)+(name@=A%26B%2BC%20d)+(limit=5)";
    await get({ query });
    expect(upstream.received.at(-1)?.path).toBe(`/api/price?query=${query}`);
  });

  it.each(["(a=b)&limit=0", "(a=b)#", "(a=b) (c=d)", "(a=b)\r\nX: y", "(a=ö)", '(a="b")'])(
    "is refused when it is not encoded: %j",
    async (query) => {
      const before = upstream.received.length;
      expect((await failure(get({ query }))).code).toBe("KAL_QUERY_INVALID");
      expect(upstream.received).toHaveLength(before);
    },
  );

  it.each(["", "price", "/", "/../admin", "//evil.example", "/price?x", "/price/..%2f", "/a b", "/price/"])(
    "is asked of collections only, not of %j",
    async (path) => {
      const before = upstream.received.length;
      expect((await failure(get({}, path))).code).toBe("KAL_COLLECTION_UNKNOWN");
      expect(upstream.received).toHaveLength(before);
    },
  );
});

describe("a refusal", () => {
  it.each([
    [400, "KAL_QUERY_INVALID"],
    [401, "KAL_FORBIDDEN", 2],
    [403, "KAL_FORBIDDEN"],
    [404, "KAL_COLLECTION_UNKNOWN"],
    [414, "KAL_QUERY_INVALID"],
    [408, "KAL_TIMEOUT"],
    [429, "KAL_THROTTLED", 3],
    [500, "KAL_UPSTREAM_DOWN", 3],
    [503, "KAL_UPSTREAM_DOWN", 3],
    [301, "KAL_UPSTREAM_INVALID"],
    [307, "KAL_UPSTREAM_INVALID"],
    [405, "KAL_UPSTREAM_INVALID"],
    [418, "KAL_UPSTREAM_INVALID"],
    [202, "KAL_UPSTREAM_INVALID"],
  ] as [number, string, number?][])("with status %i is %s", async (status, code, requests = 1) => {
    answer = (_, response) => response.writeHead(status, { location: `${upstream.origin}/elsewhere` }).end();
    const before = upstream.received.length;
    expect((await failure(get())).code).toBe(code);
    expect(upstream.received).toHaveLength(before + requests);
  });

  it.each([
    ["30", 30],
    ["Fri, 01 May 2026 12:02:00 GMT", 120],
    [undefined, undefined],
  ])("for too many requests says how long to wait, from Retry-After: %s", async (header, seconds) => {
    answer = (_, response) =>
      response.writeHead(429, header === undefined ? {} : { "retry-after": header }).end();
    expect(await failure(get())).toMatchObject({ code: "KAL_THROTTLED", retryAfter: seconds });
  });

  it("of a query quotes the API's own sentence, without secrets", async () => {
    const { clientSecret } = connection.credentials;
    const message = `Unknown property 'prize'. Token ${token}, secret ${clientSecret}, also eyJhbGciOi.eyJzdWIi.x`;
    answer = (_, response) => sendJson(response, 400, { message });
    const error = await failure(get());
    expect(error.message).toMatch(/Unknown property 'prize'/);
    expect(error.message).not.toMatch(/eyJ|invented-secret/);
  });

  it("in HTML is not repeated", async () => {
    answer = (_, response) => response.writeHead(400).end("<html><h1>Bad Request</h1></html>");
    expect((await failure(get())).message).toBe("The Kalibrate Data API cannot read the query.");
  });

  it("is not read to its end if it is long", async () => {
    answer = (_, response) => {
      response.writeHead(400);
      response.write("Too long a story: ");
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    };
    expect((await failure(get())).message).toMatch(/Too long a story/);
  });
});

describe("an incomplete answer", () => {
  it.each<[string, Answer]>([
    ["a page", (_, response) => response.writeHead(200).end("<html>Sign in</html>")],
    ["nothing", (_, response) => response.writeHead(200).end()],
    ["half a list", (_, response) => response.writeHead(200).end('[{"id":{}},{"id')],
    [
      "a list that breaks off",
      (_, response) => {
        response.writeHead(200, { "content-length": "1000" });
        response.write("[1,2,", () => response.destroy());
      },
    ],
    [
      "a list in pieces that breaks off",
      (_, response) => {
        response.writeHead(200);
        response.write("[1,2,", () => response.destroy());
      },
    ],
  ])("is never taken for a complete one: %s", async (_, given) => {
    answer = given;
    expect((await failure(get())).code).toBe("KAL_UPSTREAM_INVALID");
  });

  it("is reported as unreachable if there is none", async () => {
    answer = (_, response) => void response.destroy();
    const error = await failure(get());
    expect(error.code).toBe("KAL_UPSTREAM_DOWN");
    expect(error.message).toContain(new URL(upstream.origin).host);
  });

  it.each<[string, { silence?: number; whole?: number }, Answer]>([
    ["no beginning", { silence: 20 }, () => undefined],
    ["no end", { whole: 20 }, () => undefined],
    [
      "silence in the middle",
      { silence: 20 },
      (_, response) => {
        response.writeHead(200);
        response.write("[");
      },
    ],
    [
      "no end of talking",
      { whole: 50 },
      (_, response) => {
        response.writeHead(200);
        const more = () => {
          if (!response.destroyed) response.write(" ", () => setImmediate(more));
        };
        more();
      },
    ],
  ])("is a time-out: %s", async (_, limits, given) => {
    answer = given;
    expect((await failure(client(limits).get(connection, "/price", { signal }))).code).toBe("KAL_TIMEOUT");
  });
});

describe("a caller who disconnects", () => {
  it("cancels the upstream request", async () => {
    const controller = new AbortController();
    const gone = new Promise<void>((resolve) => {
      answer = (_, response) => {
        response.once("close", resolve);
        controller.abort(new Error("caller gone"));
      };
    });
    await expect(get({ signal: controller.signal })).rejects.toThrow("caller gone");
    await gone;
  });

  it("in the middle of an answer too", async () => {
    const controller = new AbortController();
    const gone = new Promise<void>((resolve) => {
      answer = (_, response) => {
        response.once("close", resolve);
        response.writeHead(200);
        response.write("[", () => controller.abort(new Error("caller gone")));
      };
    });
    await expect(get({ signal: controller.signal })).rejects.toThrow("caller gone");
    await gone;
  });

  it("before the request is sent prevents it", async () => {
    const before = upstream.received.length;
    await expect(get({ signal: AbortSignal.abort(new Error("caller gone")) })).rejects.toThrow("caller gone");
    expect(upstream.received).toHaveLength(before);
  });
});

it("logs neither token nor query", async () => {
  answer = (_, response) => sendJson(response, 400, { message: "planted message" });
  await failure(get({ query: "(name=planted)" }));
  expect(recorded.text()).toContain('"upstreamStatus":400');
  expect(recorded.text()).not.toMatch(/planted|eyJ|invented-secret/);
});
