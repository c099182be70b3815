import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seal, unseal } from "../../../../src/gateway/sessions/seal.ts";

const key = randomBytes(32);

describe("sealing", () => {
  it("returns what was sealed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, place) => {
        expect(unseal(seal(text, key, place), key, place)).toBe(text);
      }),
    );
  });

  it("reveals nothing of the text, and never gives the same result twice", () => {
    const sealed = seal("a secret", key, "here");
    expect(Buffer.from(sealed, "base64url").includes("secret")).toBe(false);
    expect(seal("a secret", key, "here")).not.toBe(sealed);
  });

  it("does not open with another key or at another place", () => {
    const sealed = seal("a secret", key, "here");
    expect(unseal(sealed, randomBytes(32), "here")).toBeUndefined();
    expect(unseal(sealed, key, "there")).toBeUndefined();
  });

  it("does not open when any byte was changed", () => {
    const sealed = Buffer.from(seal("a secret", key, "here"), "base64url");
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(unseal(changed.toString("base64url"), key, "here")).toBeUndefined();
    }
  });

  it.each(["", "AAAA", "not base64url!"])("does not open %j", (text) => {
    expect(unseal(text, key, "here")).toBeUndefined();
  });
});
