import { describe, expect, it } from "vitest";
import {
  describeRefusal,
  errorFromAnswer,
  errorFromFailure,
} from "../../../../src/gateway/token-service/entra-errors.ts";

const host = "login.microsoftonline.com";
const answer = (status: number, body?: Record<string, unknown>, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body,
});
const refusal = (number: number, error = "invalid_request", status = 400) =>
  answer(status, { error, error_description: `AADSTS${number}: private text`, error_codes: [number] });

describe("a refusal of the identity provider", () => {
  it.each([
    [refusal(7000215, "invalid_client", 401), "KAL_SECRET_INVALID"],
    [refusal(7000222, "invalid_client", 401), "KAL_SECRET_EXPIRED"],
    [refusal(700016, "unauthorized_client"), "KAL_CLIENT_UNKNOWN"],
    [refusal(7000112, "unauthorized_client"), "KAL_CLIENT_UNKNOWN"],
    [refusal(90002), "KAL_TENANT_UNKNOWN"],
    [refusal(900023), "KAL_TENANT_UNKNOWN"],
    [refusal(70011, "invalid_scope"), "KAL_SCOPE_INVALID"],
    [refusal(1002012, "invalid_scope"), "KAL_SCOPE_INVALID"],
    [refusal(500011, "invalid_resource"), "KAL_SCOPE_INVALID"],
    [refusal(501051, "invalid_grant"), "KAL_FORBIDDEN"],
    [refusal(53003, "invalid_grant"), "KAL_FORBIDDEN"],
    [refusal(90055), "KAL_THROTTLED"],
    [refusal(90033, "temporarily_unavailable"), "KAL_UPSTREAM_DOWN"],
    // Unknown numbers: the word decides.
    [refusal(1, "invalid_client", 401), "KAL_SECRET_INVALID"],
    [refusal(1, "unauthorized_client"), "KAL_CLIENT_UNKNOWN"],
    [refusal(1, "invalid_scope"), "KAL_SCOPE_INVALID"],
    [refusal(1, "server_error"), "KAL_UPSTREAM_DOWN"],
    [refusal(1, "invalid_request"), "KAL_REQUEST_INVALID"],
    [refusal(1, "toString"), "KAL_REQUEST_INVALID"],
    // The status decides.
    [answer(429, { error: "temporarily_unavailable" }), "KAL_THROTTLED"],
    [answer(429), "KAL_THROTTLED"],
    [answer(503), "KAL_UPSTREAM_DOWN"],
    [answer(500, { error: "invalid_client" }), "KAL_UPSTREAM_DOWN"],
    [answer(307), "KAL_UPSTREAM_INVALID"],
    [answer(200), "KAL_UPSTREAM_INVALID"],
    [answer(200, { token_type: "Bearer" }), "KAL_UPSTREAM_INVALID"],
    [answer(403), "KAL_UPSTREAM_INVALID"],
    [answer(400, {}), "KAL_UPSTREAM_INVALID"],
    [answer(401, { error_codes: "7000215", error: 7 }), "KAL_UPSTREAM_INVALID"],
  ])("%j means %s", (given, code) => {
    expect(errorFromAnswer(given, host, 0).code).toBe(code);
  });

  it("contains nothing of the provider's description", () => {
    const error = errorFromAnswer(refusal(7000215, "invalid_client", 401), host, 0);
    expect(`${error.message} ${error.hint}`).not.toMatch(/private|AADSTS/);
  });

  it("contains Retry-After", () => {
    expect(errorFromAnswer(answer(429, undefined, { "retry-after": "60" }), host, 0).retryAfter).toBe(60);
  });

  it("is logged by word, numbers and ids only", () => {
    const body = {
      error: "invalid_client",
      error_description: "AADSTS7000215: private text",
      error_codes: [7000215],
      trace_id: "0f1e2d3c-aaaa-4bbb-8ccc-001122334455",
      correlation_id: "not an id: private text\r\n",
      error_uri: "https://login.example.com/error?private",
    };
    expect(describeRefusal(answer(401, body))).toEqual({
      upstreamStatus: 401,
      entraError: "invalid_client",
      entraCodes: [7000215],
      traceId: "0f1e2d3c-aaaa-4bbb-8ccc-001122334455",
    });
  });
});

describe("no answer", () => {
  it("is a time-out if the time was up", () => {
    const error = errorFromFailure(new DOMException("", "TimeoutError"), host, 15_000);
    expect(error).toMatchObject({ code: "KAL_TIMEOUT", message: expect.stringContaining("15 s") as string });
  });

  it("otherwise says that the identity provider cannot be reached", () => {
    const error = errorFromFailure(new Error("connect ECONNREFUSED"), host, 15_000);
    expect(error.code).toBe("KAL_UPSTREAM_DOWN");
    expect(error.message).toBe("The identity provider (login.microsoftonline.com) cannot be reached.");
  });
});
