import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  attributeOf,
  entityIdOf,
  memberOf,
  readDocument,
  referencedId,
} from "../../../../src/kalibrate/documents/document.ts";
import { identityOf } from "../../../../src/kalibrate/documents/identity.ts";

describe("readDocument", () => {
  const split = { id: { entityId: "A", entityVersion: 3 }, data: { name: "N" } };

  it.each([
    ["the split form", split],
    ["the flat form", { entityId: "A", entityVersion: 3, name: "N" }],
    ["an id beside flat data", { id: { entityId: "A", entityVersion: 3 }, name: "N" }],
  ])("reads %s", (_, element) => {
    const document = readDocument(element)!;
    expect(attributeOf(document, "name")).toBe("N");
    expect(entityIdOf(document)).toBe("A");
    expect(identityOf(document)).toBe(identityOf(readDocument(split)!));
    expect(attributeOf(document, "id")).toBeUndefined();
  });

  it.each([
    { id: "A", name: "N" },
    { id: "A", data: { name: "N" } },
    { id: "A", entityId: null, name: "N" },
  ])("takes a bare id for the entity's: %j", (element) => {
    expect(entityIdOf(readDocument(element)!)).toBe("A");
    expect(attributeOf(readDocument(element)!, "name")).toBe("N");
  });

  it.each([null, undefined, 1, "text", [[]]])("%j is no document", (element) => {
    expect(readDocument(element)).toBeUndefined();
  });

  it("treats null as absent, and inherited names as no attributes", () => {
    const document = readDocument({ id: { name: "id's" }, data: { name: null } })!;
    expect(attributeOf(document, "name")).toBe("id's");
    expect(attributeOf(document, "constructor")).toBeUndefined();
    expect(memberOf({}, "toString")).toBeUndefined();
  });

  it("reads mutated documents, whatever they contain", () => {
    const element = fc.oneof(
      fc.anything(),
      fc.record({ id: fc.anything(), data: fc.anything() }, { requiredKeys: [] }),
      fc.record({
        id: fc.dictionary(fc.string(), fc.anything()),
        data: fc.dictionary(fc.string(), fc.anything()),
      }),
    );
    fc.assert(
      fc.property(element, fc.string(), (value, name) => {
        const document = readDocument(value);
        if (document === undefined) return;
        expect(["string", "undefined"]).toContain(typeof identityOf(document));
        expect(["string", "undefined"]).toContain(typeof referencedId(attributeOf(document, name)));
      }),
    );
  });
});
