import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  attributeOf,
  documentKey,
  entityIdOf,
  memberOf,
  readDocument,
  readDocuments,
  referencedId,
} from "../../../../src/kalibrate/documents/document.ts";

describe("readDocuments", () => {
  const list = [{ id: {}, data: {} }, null];

  it.each([
    ["a bare list", list],
    ["data", { data: list }],
    ["items", { items: list, total: 2 }],
    ["value", { "@odata.context": "…", value: list }],
    ["results in another letter case", { Results: list }],
  ])("finds the list in %s", (_, body) => expect(readDocuments(body)).toBe(list));

  it.each([undefined, null, "", [], { data: [] }])("finds no elements in %j", (body) => {
    expect(readDocuments(body)).toEqual([]);
  });

  it.each([{}, { message: "no" }, { id: {}, data: {} }, "text", 5, true, { rows: list }])(
    "takes %j for no list",
    (body) => expect(() => readDocuments(body)).toThrow("no list of records"),
  );
});

describe("readDocument", () => {
  const split = { id: { entityId: "A", entityVersion: 3 }, data: { name: "N" } };

  it.each([
    ["the split form", split],
    ["the flat form", { entityId: "A", entityVersion: 3, name: "N" }],
    ["an id beside flat data", { id: { entityId: "A", entityVersion: 3 }, name: "N" }],
  ])("reads %s", (_, element) => {
    const document = readDocument(element)!;
    expect(attributeOf(document, "name")).toBe("N");
    expect(entityIdOf(document)).toBe("a");
    expect(documentKey(document)).toBe(documentKey(readDocument(split)!));
    expect(attributeOf(document, "id")).toBeUndefined();
  });

  it.each([
    { id: "A", name: "N" },
    { id: "A", data: { name: "N" } },
  ])("takes a bare id for the entity's: %j", (element) => {
    expect(entityIdOf(readDocument(element)!)).toBe("a");
    expect(attributeOf(readDocument(element)!, "name")).toBe("N");
  });

  it.each([null, undefined, 1, "text", [[]]])("%j is no document", (element) => {
    expect(readDocument(element)).toBeUndefined();
  });

  it("tells versions of one entity apart, and letter case not", () => {
    const key = (entityId: string, entityVersion: number) =>
      documentKey(readDocument({ id: { entityId, entityVersion }, data: {} })!);
    expect(key("AB", 1)).toBe(key("ab", 1));
    expect(key("AB", 1)).not.toBe(key("AB", 2));
  });

  it("takes null for absent, and no name of JavaScript's own for an attribute", () => {
    const document = readDocument({ id: { name: "id's" }, data: { name: null } })!;
    expect(attributeOf(document, "name")).toBe("id's");
    expect(attributeOf(document, "constructor")).toBeUndefined();
    expect(memberOf({}, "toString")).toBeUndefined();
  });

  it("reads mutated documents, whatever stands in them", () => {
    const element = fc.oneof(
      fc.anything(),
      fc.record({ id: fc.anything(), data: fc.anything() }, { requiredKeys: [] }),
      fc.record({
        id: fc.dictionary(fc.string(), fc.anything()),
        data: fc.dictionary(fc.string(), fc.anything()),
      }),
    );
    fc.assert(
      fc.property(element, fc.string(), (one, name) => {
        const document = readDocument(one);
        if (document === undefined) return;
        expect(["string", "undefined"]).toContain(typeof documentKey(document));
        expect(["string", "undefined"]).toContain(typeof referencedId(attributeOf(document, name)));
      }),
    );
  });
});
