import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt } from "../../../../src/gateway/data-api/excerpt.ts";

describe("the sentence of an error answer", () => {
  it.each([
    ["Bad property name.", "Bad property name."],
    ['{"statusCode":400,"message":"Bad property name."}', "Bad property name."],
    ['{"title":"One or more errors","detail":"limit is too high"}', "limit is too high"],
    ['{"error":{"code":"x","message":"Nested."}}', "Nested."],
    ['{"Message":"In capitals."}', "In capitals."],
    ['"A bare string."', "A bare string."],
    ['["nothing to say"]', undefined],
    ["<html><body>Bad request</body></html>", undefined],
    ['{"cut":"of', undefined],
    ["", undefined],
    ["  \r\n ", undefined],
    ["line one\r\nline two\u0000\u0007 end", "line one line two end"],
  ])("in %j is %j", (body, expected) => {
    expect(excerpt(body, [])).toBe(expected);
  });

  it("is cut with a mark", () => {
    const text = excerpt("x".repeat(1000), [])!;
    expect(text).toHaveLength(200);
    expect(text.endsWith("…")).toBe(true);
  });

  it("contains no token of any form, and no secret", () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9_-]{6,40}$/);
    const jwt = fc.tuple(segment, segment, segment).map(([a, b, c]) => `eyJ${a}.${b}.${c}`);
    const opaque = fc.stringMatching(/^[A-Za-z0-9]{20,60}$/);
    const around = fc.stringMatching(/^[ a-z]{0,30}$/);
    fc.assert(
      fc.property(around, jwt, opaque, around, (before, token, secret, after) => {
        const text = excerpt(`x${before} ${token} ${secret} ${after}`, [secret]) ?? "";
        expect(text).not.toContain(secret);
        expect(text).not.toContain(token.slice(0, 20));
      }),
    );
  });
});
