/** Properties that hold from an answer's body to the table, whatever the Data API sends. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCollection } from "../../../../src/kalibrate/catalogue/collections.ts";
import { readAnswer } from "../../../../src/kalibrate/documents/answer.ts";
import { type DataDocument, entityIdOf, readDocument } from "../../../../src/kalibrate/documents/document.ts";
import {
  checkFields,
  collectKeys,
  expandFields,
  parseFields,
} from "../../../../src/kalibrate/documents/fields.ts";
import { missingHops, valueAt } from "../../../../src/kalibrate/documents/references.ts";
import { columnsFor, knownType, toTableValue } from "../../../../src/kalibrate/documents/table.ts";
import { withoutSuperseded } from "../../../../src/kalibrate/documents/identity.ts";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import type { Table } from "../../../../src/kalibrate/table.ts";

const collection = findCollection("product")!;

/** The table for a body; every referenced entity is one of `others`. */
function tableOf(body: unknown, fields: string[], others: readonly DataDocument[] = []): Table {
  const paths = parseFields(fields, collection);
  const documents = readAnswer(body)
    .elements.map(readDocument)
    .filter((document) => document !== undefined);
  const keys = new Set<string>();
  for (const document of documents) collectKeys(document, keys);
  checkFields(paths, collection, keys);
  const columns = expandFields(paths, collection, keys);
  const types = columns.map((path) => knownType("product", path));
  const byId = new Map(others.map((other) => [entityIdOf(other), other]));
  const find = (_: unknown, id: string) => byId.get(id);
  const rows = withoutSuperseded(documents).map((document) =>
    columns.map((path, index) => {
      missingHops(document, "product", path, find);
      return toTableValue(valueAt(document, "product", path, find), types[index]);
    }),
  );
  return { columns: columnsFor(columns, rows, "product"), rows };
}

const globalId = "0e7c9e4e-6b36-4a0f-9c7c-1f1b9a4e5d01";
const globalProduct = readDocument({ id: { entityId: globalId }, data: { name: "Diesel" } })!;

const id = { entityId: "a1", entityVersion: 1, entityVariant: "Own" };
const fields = [
  "entityId",
  "product.name",
  "currentPrice",
  "active",
  "currentPriceEffectiveTime",
  "importCode",
];

/** One product in every shape in which it may arrive. */
const shapes = {
  "split, with references as objects": [
    {
      id,
      data: {
        product: { entityId: globalId },
        currentPrice: 1.459,
        active: true,
        currentPriceEffectiveTime: "2026-11-20T06:00:00",
      },
    },
  ],
  "a bare id in place of a reference, in capitals": [
    {
      id,
      data: {
        product: globalId.toUpperCase(),
        currentPrice: 1.459,
        active: true,
        currentPriceEffectiveTime: "2026-11-20T06:00:00",
      },
    },
  ],
  "nulls in place of what is absent, and between the records": [
    null,
    {
      id,
      data: {
        product: { entityId: globalId },
        importCode: null,
        currentPrice: 1.459,
        active: true,
        currentPriceEffectiveTime: "2026-11-20T06:00:00",
      },
    },
    null,
  ],
  "an envelope": {
    value: [
      {
        id,
        data: {
          product: { entityId: globalId },
          currentPrice: 1.459,
          active: true,
          currentPriceEffectiveTime: "2026-11-20T06:00:00",
        },
      },
    ],
  },
  "flat records": [
    {
      ...id,
      product: { entityId: globalId },
      currentPrice: 1.459,
      active: true,
      currentPriceEffectiveTime: "2026-11-20T06:00:00",
    },
  ],
  "money as text, flags as numbers, a blank in the date": [
    {
      id,
      data: {
        product: { entityId: globalId },
        currentPrice: "1.4590",
        active: 1,
        currentPriceEffectiveTime: "2026-11-20 06:00:00",
      },
    },
  ],
  "an older version beside it": [
    { id: { ...id, entityVersion: 0 }, data: { currentPrice: 1.1 } },
    {
      id,
      data: {
        product: { entityId: globalId },
        currentPrice: 1.459,
        active: true,
        currentPriceEffectiveTime: "2026-11-20T06:00:00",
      },
    },
  ],
  "a name that the reference brings along": [
    {
      id,
      data: {
        product: { entityId: globalId, name: "Diesel" },
        currentPrice: 1.459,
        active: true,
        currentPriceEffectiveTime: "2026-11-20T06:00:00",
      },
    },
  ],
};

describe("documents become the same table", () => {
  it.each(Object.entries(shapes))("from %s", (_, body) => {
    const { columns, rows } = tableOf(body, fields, [globalProduct]);
    expect(rows).toEqual([["a1", "Diesel", 1.459, true, "2026-11-20T06:00:00", null]]);
    expect(columns.map(({ type }) => type)).toEqual([
      "text",
      "text",
      "number",
      "boolean",
      "datetime",
      "text",
    ]);
  });
});

describe("the table builder", () => {
  const key = fc.oneof(
    fc.constantFrom(
      "entityId",
      "product",
      "site",
      "currentPrice",
      "active",
      "name",
      "endTime",
      "competitorSites",
      "__proto__",
    ),
    fc.string({ maxLength: 4 }),
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(
      globalId,
      { entityId: globalId },
      [{ entityId: globalId }, null, 5],
      "2026-11-20",
      "",
      -0,
    ),
  );
  const part = fc.dictionary(key, value);
  const element = fc.oneof(
    { weight: 5, arbitrary: fc.record({ id: part, data: part }) },
    { weight: 2, arbitrary: part },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
  const field = fc.constantFrom(
    "*",
    "entityId",
    "product",
    "product.name",
    "product.product.product.name",
    "competitorSites[0].name",
    "competitorSites.name",
    "site.brand.name",
    "active",
    "currentPrice",
    "endTime",
    "__proto__",
  );

  it("makes complete rows of plain values from any input, and loses none", () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 5 }), fc.array(field, { maxLength: 4 }), (body, asked) => {
        const other = readDocument(body.at(-1)) ?? globalProduct;
        try {
          const { columns, rows } = tableOf(body, asked, [globalProduct, other]);
          const records = body.filter((item) => readDocument(item) !== undefined);
          expect(rows.length).toBe(withoutSuperseded(records.map((record) => readDocument(record)!)).length);
          for (const row of rows) expect(row).toHaveLength(columns.length);
          // Nothing that JSON would lose on the way to the cells.
          expect(JSON.parse(JSON.stringify(rows))).toEqual(
            rows.map((row) => row.map((tableValue) => (tableValue === 0 ? 0 : tableValue))),
          );
        } catch (error) {
          expect(error).toBeInstanceOf(KalError);
          expect((error as KalError).code).toBe("KAL_FIELD_UNKNOWN");
          expect((error as KalError).message).toMatch(/“/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
