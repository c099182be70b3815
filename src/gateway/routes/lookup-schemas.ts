/**
 * Schemas of the bodies and answers of lookups, fields and the catalogue; schemas.ts says what they are used for.
 * @module
 */
import Type, { type Static } from "typebox";
import type {
  AsOfRequest,
  CatalogueAnswer,
  FieldsAnswer,
  FieldsRequest,
  LookupAnswer,
  LookupRequest,
} from "../../kalibrate/gateway-api.ts";
import { column, queryRequest, superseded, tableValue } from "./query-schemas.ts";
import type { Holds, Same } from "./schemas.ts";

const closed = { additionalProperties: false };
const { connection, collection, query, maxAge } = queryRequest.properties;
const fieldPath = Type.String({ maxLength: 200 });
const asOf = Type.String({ description: "ISO date-time: the oldest data in the answer, in UTC." });

export const lookupRequest = Type.Object(
  {
    connection,
    collection,
    query,
    keys: Type.Array(fieldPath, { minItems: 1, maxItems: 20, description: "Fields to find records by." }),
    maxAge,
    requests: Type.Array(
      Type.Object(
        {
          field: fieldPath,
          values: Type.Array(Type.Unknown(), {
            description: 'Lists of one value per key: texts, numbers, booleans; null and "" are blank.',
          }),
        },
        closed,
      ),
      { minItems: 1, maxItems: 100 },
    ),
  },
  closed,
);

export const asOfRequest = Type.Object(
  {
    ...lookupRequest.properties,
    requests: Type.Array(
      Type.Object(
        {
          ...lookupRequest.properties.requests.items.properties,
          moments: Type.Array(Type.Unknown(), {
            description: 'ISO dates or date-times, one for each list of values; null and "" are blank.',
          }),
        },
        closed,
      ),
      { minItems: 1, maxItems: 100 },
    ),
  },
  closed,
);

/** The error of an invalid list of values; the others are answered. */
const lookupError = Type.Object(
  { code: Type.Literal("KAL_REQUEST_INVALID"), message: Type.String(), hint: Type.String() },
  closed,
);

export const lookupAnswer = Type.Object(
  {
    asOf,
    columns: Type.Array(column),
    results: Type.Array(
      Type.Array(
        Type.Union([
          Type.Object({ value: tableValue }, closed),
          Type.Object({ missing: Type.Literal(true) }, closed),
          Type.Object({ matches: Type.Integer({ description: "So many records match." }) }, closed),
          Type.Object({ error: lookupError }, closed),
        ]),
      ),
    ),
    superseded,
  },
  closed,
);

export const fieldsRequest = Type.Object({ connection, collection, query }, closed);

export const fieldsAnswer = Type.Object(
  {
    fields: Type.Array(
      Type.Object(
        {
          ...column.properties,
          refersTo: Type.String({ description: "Collection that the field refers to; empty: none." }),
          example: tableValue,
        },
        closed,
      ),
    ),
    asOf,
  },
  closed,
);

export const catalogueAnswer = Type.Object(
  {
    collections: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          label: Type.String(),
          variants: Type.Array(Type.String()),
          entityTypes: Type.Array(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
);

/** Checks at compile time that schema and contract are the same. */
export type LookupContractHolds = [
  Holds<Same<Static<typeof lookupRequest>, LookupRequest>>,
  Holds<Same<Static<typeof asOfRequest>, AsOfRequest>>,
  Holds<Same<Static<typeof lookupAnswer>, LookupAnswer>>,
  Holds<Same<Static<typeof fieldsRequest>, FieldsRequest>>,
  Holds<Same<Static<typeof fieldsAnswer>, FieldsAnswer>>,
  Holds<Same<Static<typeof catalogueAnswer>, CatalogueAnswer>>,
];
