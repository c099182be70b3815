import { describe, expect, it } from "vitest";
import { parseRetryAfter, readRetryAfter } from "../../../src/gateway/retry-after.ts";

const now = Date.parse("2026-05-01T12:00:00Z");

describe("Retry-After", () => {
  it.each([
    ["120", 120],
    [" 7 ", 7],
    ["0", 0],
    ["1.2", 2],
    ["99999999", 86_400],
    ["1777636810", 10],
    ["Fri, 01 May 2026 12:01:30 GMT", 90],
    ["Friday, 01-May-26 12:00:10 GMT", 10],
    ["Fri, 01 May 2026 11:00:00 GMT", 0],
    ["Fri May  1 12:00:45 2026", 45],
    ["2026-05-01T14:00:20+02:00", 20],
    ["soon", undefined],
    ["May", undefined],
    ["-5", undefined],
    ["1.5x", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%j is %j seconds", (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });

  it("uses the first of several", () => {
    expect(parseRetryAfter(["3", "9"], now)).toBe(3);
  });
});

describe("of an answer's headers", () => {
  it.each<[Record<string, string>, number | undefined]>([
    [{}, undefined],
    [{ "retry-after": "3", "x-ratelimit-reset": "50" }, 3],
    [{ "retry-after": "soon", "ratelimit-reset": "7" }, 7],
    [{ "x-ms-retry-after-ms": "1500" }, 2],
    [{ "retry-after-ms": "250" }, 1],
    [{ "x-ratelimit-reset": "1777636860" }, 60],
    [{ "x-rate-limit-reset": "4" }, 4],
  ])("%j is %j seconds", (headers, expected) => {
    expect(readRetryAfter(headers, now)).toBe(expected);
  });
});
