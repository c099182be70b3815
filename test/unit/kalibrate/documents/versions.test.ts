import { describe, expect, it } from "vitest";
import { type Document, readDocument } from "../../../../src/kalibrate/documents/document.ts";
import { newestVersions } from "../../../../src/kalibrate/documents/versions.ts";

const document = (entityId: string | undefined, entityVersion?: unknown, more: object = {}): Document =>
  readDocument({
    id: { entityId, entityVersion, entityType: "Price", entityVariant: "Own", ...more },
    data: {},
  })!;
const newest = (...documents: Document[]) => newestVersions(documents, (one) => one);

describe("newestVersions", () => {
  it("keeps the newest of each entity where it stands", () => {
    const [a1, a3, a2, b1] = [document("a", 1), document("A", 3), document("a", "2"), document("b", 1)];
    expect(newest(a1, b1, a3, a2)).toEqual([b1, a3]);
    expect(newest(document("a", 9), document("a", 10))).toEqual([document("a", 10)]);
  });

  it("loses no row of a history: other ids, variants and types are other entities", () => {
    const history = [
      document("a", 1),
      document("b", 2),
      document("a", 2, { entityVariant: "Proposed" }),
      document("a", 3, { entityType: "Cost" }),
      document(undefined, 1),
      document(undefined, 2),
    ];
    expect(newest(...history)).toEqual(history);
  });

  it("leaves what no version tells apart", () => {
    const later = { updatedOn: "2026-11-21T00:00:00Z" };
    const unversioned = [document("a"), document("a", undefined, later), document("a", "draft")];
    expect(newest(...unversioned)).toEqual(unversioned);
    const copies = [document("a", 1), document("a", 1)];
    expect(newest(...copies)).toEqual(copies);
  });

  it("takes the later change of one version", () => {
    const before = document("a", 1, { updatedOn: "2026-11-20T23:30:00Z" });
    const after = document("a", 1, { updatedOn: "2026-11-21T00:00:00+00:00" });
    expect(newest(after, before)).toEqual([after]);
    expect(newest(before, after)).toEqual([after]);
    expect(newest(before, document("a", 1))).toHaveLength(2);
  });
});
