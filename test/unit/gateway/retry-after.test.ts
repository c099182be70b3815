import { describe, expect, it } from "vitest";
import { parseRetryAfter } from "../../../src/gateway/retry-after.ts";

const now = Date.parse("2026-05-01T12:00:00Z");

describe("Retry-After", () => {
  it.each([
    ["120", 120],
    [" 7 ", 7],
    ["0", 0],
    ["99999999", 86_400],
    ["Fri, 01 May 2026 12:01:30 GMT", 90],
    ["Friday, 01-May-26 12:00:10 GMT", 10],
    ["Fri, 01 May 2026 11:00:00 GMT", 0],
    ["soon", undefined],
    ["1.5x", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%j is %j seconds", (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });

  it("counts the first of several", () => {
    expect(parseRetryAfter(["3", "9"], now)).toBe(3);
  });
});
