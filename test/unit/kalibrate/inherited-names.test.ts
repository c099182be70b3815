/**
 * Every object inherits names such as `constructor`, `__proto__` and `toString`. When a user types one of them, no
 * table may return the inherited member.
 */
import { describe, expect, it } from "vitest";
import { createRowDocuments } from "../../../src/gateway/answers/row-documents.ts";
import { attributeAt, attributesOf, labelOf } from "../../../src/kalibrate/catalogue/attributes.ts";
import { isPersonal } from "../../../src/kalibrate/catalogue/personal-data.ts";
import { identityAttributes } from "../../../src/kalibrate/catalogue/attributes/identity.ts";
import { findCollection } from "../../../src/kalibrate/catalogue/collections.ts";
import { findReference } from "../../../src/kalibrate/catalogue/references.ts";
import { readDocument } from "../../../src/kalibrate/documents/document.ts";
import { valueAt } from "../../../src/kalibrate/documents/references.ts";
import { toTableValue } from "../../../src/kalibrate/documents/table.ts";
import { violatedClause } from "../../../src/kalibrate/query/check.ts";
import { encodeQuery } from "../../../src/kalibrate/query/format.ts";
import { parseQuery } from "../../../src/kalibrate/query/parse.ts";
import { unprovenClauses } from "../../../src/kalibrate/query/properties.ts";

const names = Object.getOwnPropertyNames(Object.prototype);
const price = findCollection("price")!;
const nobody = () => undefined;

describe.each(names)("%s", (name) => {
  it.each(["direction", "limit", "offset"])("is no value of %s", (control) => {
    expect(() => parseQuery(`(${control}=${name})`)).toThrow("expected");
  });

  it("is a value that is sent as it is", () => {
    expect(encodeQuery(parseQuery(`(source=${name})+(entityVariant=${name})`))).toBe(
      `(source=${name})+(entityVariant=${name})`,
    );
  });

  it("is not in the catalogue", () => {
    expect(findCollection(name)).toBeUndefined();
    expect(attributesOf(name)).toBe(identityAttributes);
    expect(attributeAt("price", [name])).toBeUndefined();
    expect(attributeAt(name, ["price"])).toBeUndefined();
    expect(findReference("price", name)).toBeUndefined();
    expect(isPersonal("price", [name])).toBe(false);
    expect(labelOf(name)).toMatch(/^[A-Z ][a-z ]+$/);
    expect(unprovenClauses(parseQuery(`(${name}=1)`), price)).toHaveLength(1);
  });

  it("is no member of a record that does not have it", () => {
    const document = readDocument({ id: {}, data: { price: 1, status: {} } })!;
    expect(valueAt(document, "price", [name], nobody)).toBeUndefined();
    expect(valueAt(document, "price", ["status", name], nobody)).toBeUndefined();
    expect(violatedClause(parseQuery(`(${name}=1)`), document)).toBeUndefined();
  });

  it("is a field like any other where a record has it", () => {
    const document = readDocument(JSON.parse(`{"id":{},"data":{"${name}":7}}`))!;
    const rows = createRowDocuments([[name]]);
    rows.look([document]);
    expect(rows.keys).toContain(name);
    expect(valueAt(rows.keep(document), "price", [name], nobody)).toBe(7);
  });

  it.each(["boolean", "number", "date"] as const)("stays a text in a column of type %s", (type) => {
    expect(toTableValue(name, type)).toBe(name);
  });
});
