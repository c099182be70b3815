import { describe, expect, it } from "vitest";
import { type DataDocument, readDocument } from "../../../../src/kalibrate/documents/document.ts";
import {
  contentOf,
  identityOf,
  isNewer,
  withoutSuperseded,
} from "../../../../src/kalibrate/documents/identity.ts";

const document = (
  entityId: unknown,
  entityVersion?: unknown,
  more: object = {},
  data: object = {},
): DataDocument =>
  readDocument({
    id: { entityId, entityVersion, entityType: "Price", entityVariant: "Own", ...more },
    data,
  })!;
const left = (...documents: DataDocument[]) => withoutSuperseded(documents);

describe("identityOf", () => {
  const one = identityOf(document("ab", 1));

  it.each([
    ["a version as text", document("ab", "1")],
    ["a type in another letter case", document("ab", 1, { entityType: "PRICE" })],
    ["other content", document("ab", 1, {}, { price: 1 })],
  ])("is equal with %s", (_, other) => expect(identityOf(other)).toBe(one));

  it.each([
    ["id", document("abc", 1)],
    ["id that differs in letter case only", document("AB", 1)],
    ["version", document("ab", 2)],
    ["version that is none", document("ab")],
    ["type", document("ab", 1, { entityType: "Cost" })],
    ["variant", document("ab", 1, { entityVariant: "Proposed" })],
  ])("differs with another %s", (_, other) => expect(identityOf(other)).not.toBe(one));

  it("is equal where a GUID is written in another letter case", () => {
    const guid = "0E7C9E4E-6B36-4A0F-9C7C-1F1B9A4E5D01";
    expect(identityOf(document(guid, 1))).toBe(identityOf(document(guid.toLowerCase(), 1)));
  });

  it("takes a number for an id, and neither null nor an empty text", () => {
    expect(identityOf(document(7))).toBe(identityOf(document("7")));
    expect(identityOf(document(null))).toBeUndefined();
    expect(identityOf(document(""))).toBeUndefined();
  });
});

describe("contentOf", () => {
  it("ignores the order of keys, and nulls", () => {
    const one = document("a", 1, {}, { price: 1, site: { entityId: "s", code: "7" }, until: null });
    const other = document("A", "1", {}, { site: { code: "7", entityId: "s" }, price: 1 });
    expect(contentOf(one)).toBe(contentOf(other));
  });

  it("distinguishes numbers beyond a double from each other and from null", () => {
    const [one, other, none] = [Infinity, -Infinity, null].map((price) =>
      contentOf(document("a", 1, {}, { price })),
    );
    expect(new Set([one, other, none]).size).toBe(3);
  });

  it.each([{ price: 2 }, { price: "1" }, { price: 1, more: [] }, { price: 1, list: [1, 2] }, {}])(
    "distinguishes %j from { price: 1, list: [2, 1] }",
    (data) => {
      const one = document("a", 1, {}, { price: 1, list: [2, 1] });
      expect(contentOf(document("a", 1, {}, data))).not.toBe(contentOf(one));
    },
  );
});

describe("withoutSuperseded", () => {
  it("leaves out what has a higher version, in any order", () => {
    const [a1, a3, a2, b1] = [document("a", 1), document("a", 3), document("a", "2"), document("b", 1)];
    expect(left(a1, b1, a3, a2)).toEqual([b1, a3]);
    expect(left(document("a", 9), document("a", 10))).toEqual([document("a", 10)]);
    const [older, newer] = [document("a", "20261130101500123"), document("a", "20261130101500124")];
    expect(left(newer, older)).toEqual([newer]);
  });

  it("keeps everything else: other ids, variants and types, no version, the same version, versions that are no numbers", () => {
    const later = { updatedOn: "2026-11-21T00:00:00Z" };
    const all = [
      document("a", 1),
      document("a", 1),
      document("a", 1, later),
      document("a"),
      document("a", undefined, later),
      document("a", "draft"),
      document("a", "1.10"),
      document("b", 2),
      document("A", 5),
      document("a", 2, { entityVariant: "Proposed" }),
      document("a", 3, { entityType: "Cost" }),
      document(undefined, 1),
      document(undefined, 2),
    ];
    expect(left(...all)).toEqual(all);
  });
});

describe("isNewer", () => {
  it("compares the version, then the time of change in any zone", () => {
    const before = document("a", 1, { updatedOn: "2026-11-20T23:30:00Z" });
    const after = document("a", 1, { updatedOn: "2026-11-21T00:00:00+00:00" });
    expect(isNewer(after, before)).toBe(true);
    expect(isNewer(before, after)).toBe(false);
    expect(isNewer(document("a", 2), after)).toBe(true);
    expect(isNewer(before, document("a", 1))).toBe(false);
  });
});
