/**
 * Pitfalls of token requests, each in a real exchange with msal-node. Its own behaviour was measured and is wrong for a
 * service.
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorOf } from "./support/gateway.ts";
import { planted, plantedTenant, withOwnEnvironment } from "./support/own-environment.ts";
import { type Answer, sendJson, sendToken, startUpstream } from "./support/upstream.ts";
import { connect, startVendor, type Vendor } from "./support/vendor.ts";

let vendor: Vendor;

beforeEach(async () => {
  vendor = await startVendor();
});

afterEach(() => vendor.close());

describe("a token request", () => {
  it("has the documented form, without Origin, and the token goes to the Data API only", () =>
    vendor.run(async (gateway) => {
      const answer = await connect(gateway);
      expect(answer.status).toBe(200);
      const [request] = vendor.tokenRequests();
      expect(request?.method).toBe("POST");
      expect(request?.path.split("?")[0]).toBe(`/${plantedTenant}/oauth2/v2.0/token`);
      expect(request?.headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
      expect(request?.headers).not.toHaveProperty("origin");
      expect(Object.fromEntries(new URLSearchParams(request?.body))).toMatchObject({
        grant_type: "client_credentials",
        client_id: planted.clientId,
        client_secret: planted.clientSecret,
        scope: planted.scope,
      });
      const [status] = vendor.dataRequests();
      expect(status).toMatchObject({ method: "GET", path: "/api/status" });
      expect(status?.headers).toEqual({
        host: new URL(vendor.origin).host,
        connection: "keep-alive",
        authorization: "Bearer token-1",
        accept: "application/json",
        "user-agent": expect.stringMatching(/^KAL-Gateway\/\d/) as string,
      });
      expect(answer.text).not.toMatch(/token-1|echoed/);
    }));

  it("does not follow a redirect, which would carry the secret elsewhere", async () => {
    const elsewhere = await startUpstream((_, response) => sendToken(response, "stolen"));
    try {
      await vendor.run(async (gateway) => {
        vendor.answerToken = (_, response) => {
          response
            .writeHead(307, { location: `${elsewhere.origin}/${plantedTenant}/oauth2/v2.0/token` })
            .end();
        };
        const answer = await connect(gateway);
        expect([answer.status, errorOf(answer).code]).toEqual([502, "KAL_UPSTREAM_INVALID"]);
        expect(elsewhere.received).toEqual([]);
      });
    } finally {
      await elsewhere.close();
    }
  });

  it("does not wait for ever", () =>
    vendor.run(
      async (gateway) => {
        vendor.answerToken = () => undefined;
        const answer = await connect(gateway);
        expect([answer.status, errorOf(answer).code]).toEqual([504, "KAL_TIMEOUT"]);
        expect(errorOf(answer).message).toMatch(/identity provider.*1 s/);
      },
      { variables: { KAL_TOKEN_TIMEOUT: "1" } },
    ));

  it.each<[string, Answer]>([
    ["before an answer", (_, response) => void response.destroy()],
    [
      "within an answer",
      (_, response) => {
        response
          .writeHead(200, { "content-length": "1000" })
          .write('{"access_token":', () => response.destroy());
      },
    ],
  ])("is retried once, and only once, if its connection breaks %s", (_, breakOff) =>
    vendor.run(async (gateway) => {
      const good = vendor.answerToken;
      vendor.answerToken = (...exchange) => {
        vendor.answerToken = good;
        breakOff(...exchange);
      };
      expect((await connect(gateway)).status).toBe(200);
      expect(vendor.tokenRequests()).toHaveLength(2);
      const [first, second] = vendor.tokenRequests().map(({ body }) => body);
      expect(second).toBe(first);
      expect(gateway.log()).toContain('"msg":"asking the identity provider once more"');

      vendor.answerToken = breakOff;
      expect(errorOf(await connect(gateway)).code).toBe("KAL_UPSTREAM_DOWN");
      expect(vendor.tokenRequests()).toHaveLength(4);
    }),
  );

  it("is not retried after an answer or a time-out", () =>
    vendor.run(
      async (gateway) => {
        vendor.answerToken = (_, response) => sendJson(response, 503, { error: "temporarily_unavailable" });
        expect(errorOf(await connect(gateway)).code).toBe("KAL_UPSTREAM_DOWN");
        vendor.answerToken = () => undefined;
        expect(errorOf(await connect(gateway)).code).toBe("KAL_TIMEOUT");
        expect(vendor.tokenRequests()).toHaveLength(2);
      },
      { variables: { KAL_TOKEN_TIMEOUT: "1" } },
    ));

  it("does not read an endless answer", () =>
    vendor.run(async (gateway) => {
      vendor.answerToken = (_, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        // Sends until the client stops reading.
        const more = () => {
          while (!response.destroyed && response.write("x".repeat(65_536)));
          if (!response.destroyed) response.once("drain", more);
        };
        more();
      };
      expect(errorOf(await connect(gateway)).code).toBe("KAL_UPSTREAM_INVALID");
    }));
});

describe("an identity provider that", () => {
  it("throttles in plain text, as Entra does, gets no requests for as long as it asks", () => {
    let time = Date.now();
    return vendor.run(
      async (gateway) => {
        vendor.answerToken = (_, response) =>
          response.writeHead(429, { "retry-after": "60" }).end("Too Many Requests");
        const first = await connect(gateway);
        expect(first.status).toBe(429);
        expect(first.headers["retry-after"]).toBe("60");
        expect(errorOf(first)).toMatchObject({ code: "KAL_THROTTLED", retryable: true, retryAfter: 60 });
        time += 15_000;
        // The test's clock stops between its steps; the computer's clock does not.
        const second = errorOf(await connect(gateway));
        expect(second.code).toBe("KAL_THROTTLED");
        expect([45, 46]).toContain(second.retryAfter);
        expect(vendor.tokenRequests()).toHaveLength(1);

        time += 46_000;
        vendor.answerToken = (_, response) => sendToken(response, "at last");
        expect((await connect(gateway)).status).toBe(200);
      },
      { now: () => time },
    );
  });

  it("was down once is asked again at the next call, not blocked for a minute", () =>
    vendor.run(async (gateway) => {
      vendor.answerToken = (_, response) => sendJson(response, 503, { error: "temporarily_unavailable" });
      const down = await connect(gateway);
      expect([down.status, errorOf(down).code]).toEqual([502, "KAL_UPSTREAM_DOWN"]);
      vendor.answerToken = (_, response) => sendToken(response, "up");
      expect((await connect(gateway)).status).toBe(200);
    }));

  it.each<[string, Answer, string]>([
    [
      "answers in HTML",
      (_, response) => response.writeHead(200).end("<html>Sign in</html>"),
      "KAL_UPSTREAM_INVALID",
    ],
    [
      "is down behind HTML",
      (_, response) => response.writeHead(503).end("<html></html>"),
      "KAL_UPSTREAM_DOWN",
    ],
    [
      "answers without a token",
      (_, response) => sendJson(response, 200, { token_type: "Bearer" }),
      "KAL_UPSTREAM_INVALID",
    ],
    ["answers with a list", (_, response) => sendJson(response, 200, []), "KAL_UPSTREAM_INVALID"],
    ["cuts the connection", (_, response) => void response.destroy(), "KAL_UPSTREAM_DOWN"],
    [
      "refuses with a number nobody knows",
      (_, response) => sendJson(response, 400, { error: "invalid_client", error_codes: [123456789] }),
      "KAL_SECRET_INVALID",
    ],
  ])("%s", (_, answer, code) =>
    vendor.run(async (gateway) => {
      vendor.answerToken = answer;
      const answered = await connect(gateway);
      expect(errorOf(answered).code).toBe(code);
      if (code === "KAL_UPSTREAM_DOWN") expect(errorOf(answered).message).toMatch(/identity provider/);
    }),
  );

  it("is not there is reported as unreachable", async () => {
    const gone = await startUpstream(() => undefined);
    await gone.close();
    await withOwnEnvironment({ authority: gone.origin, api: vendor.origin }, async (gateway) => {
      const answer = await connect(gateway);
      expect([answer.status, errorOf(answer).code]).toEqual([502, "KAL_UPSTREAM_DOWN"]);
      expect(errorOf(answer).message).toMatch(/^The identity provider \(.*\) cannot be reached\.$/);
    });
  });

  it("refuses is not quoted, and logged by error number", () =>
    vendor.run(async (gateway) => {
      const body = {
        error: "invalid_client",
        error_description: `AADSTS7000215: Invalid client secret ${planted.clientSecret} in request`,
        error_codes: [7000215],
        trace_id: "0f1e2d3c-aaaa-4bbb-8ccc-001122334455",
      };
      vendor.answerToken = (_, response) => sendJson(response, 401, body);
      const answer = await connect(gateway);
      expect(errorOf(answer).code).toBe("KAL_SECRET_INVALID");
      expect(answer.text).not.toMatch(/AADSTS|planted/);
      expect(gateway.log()).toContain(
        '"entraCodes":[7000215],"traceId":"0f1e2d3c-aaaa-4bbb-8ccc-001122334455"',
      );
      expect(gateway.log()).not.toContain("planted");
    }));
});
