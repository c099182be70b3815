/**
 * Schemas of the body and answer of a query; schemas.ts says what they are used for.
 * @module
 */
import Type, { type Static } from "typebox";
import type { QueryAnswer, QueryRequest } from "../../kalibrate/gateway-api.ts";
import { maxQueryTextChars } from "../../kalibrate/query/parse.ts";
import type { ColumnType } from "../../kalibrate/table.ts";
import { connectionName, errorAnswers, errorCode, type Holds, type Same } from "./schemas.ts";

const closed = { additionalProperties: false };

/** A longer text than any server accepts in a URL, or more fields than any table has, was pasted by mistake. */
export const queryRequest = Type.Object(
  {
    connection: Type.Optional(connectionName),
    collection: Type.String({ maxLength: 200, description: "Such as price, site or reference/Brand." }),
    query: Type.Optional(
      Type.String({
        maxLength: maxQueryTextChars,
        description: "Kalibrate’s query language: (entityVariant=Own)+(limit=5)",
      }),
    ),
    fields: Type.Optional(
      Type.Array(Type.String({ maxLength: 200 }), {
        maxItems: 500,
        description: "Field paths in column order.",
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 999_999_999 })),
    maxChars: Type.Optional(
      Type.Integer({ minimum: 1, description: "Refuse rows of more JSON characters than this." }),
    ),
    maxAge: Type.Optional(Type.Number({ minimum: 0, description: "Seconds; 0 fetches everything now." })),
  },
  closed,
);

export const column = Type.Object(
  {
    name: Type.String(),
    label: Type.String(),
    type: Type.Unsafe<ColumnType>({
      type: "string",
      enum: ["text", "number", "boolean", "date", "datetime"],
    }),
  },
  closed,
);

export const tableValue = Type.Union([
  Type.String(),
  Type.Number(),
  Type.Boolean(),
  Type.Null(),
  Type.Object({ error: errorCode }, { ...closed, description: "The value is none that a cell can hold." }),
]);

export const superseded = Type.Optional(
  Type.Integer({ description: "Records left out because a newer version of them is in the slice." }),
);

export const queryAnswer = Type.Object(
  {
    columns: Type.Array(column),
    rows: Type.Array(Type.Array(tableValue)),
    asOf: Type.String({ description: "ISO date-time: the oldest data in the answer, in UTC." }),
    rowCount: Type.Integer(),
    superseded,
    sent: Type.Optional(
      Type.String({
        description: "What the Data API was sent, where that is not the query as it was asked.",
      }),
    ),
    filteredHere: Type.Optional(
      Type.String({
        description: "Filters that this service applied because the Data API cannot: (site.importCode=1250).",
      }),
    ),
    shared: Type.Optional(
      Type.Union([Type.Literal("call"), Type.Literal("memory"), Type.Literal("replica")], {
        description:
          "Whose pull it is, if not this call’s: another call’s under way, or one that this service or another replica has kept.",
      }),
    ),
  },
  closed,
);

/** The two forms of the answer: one body, or line by line. */
export const queryAnswers = {
  200: {
    description: "The table.",
    content: {
      "application/json": { schema: queryAnswer },
      "application/x-ndjson": {
        schema: Type.String({
          description:
            "With Accept: application/x-ndjson. JSON lines: {columns, asOf, superseded?, sent?, filteredHere?, shared?}, then a list for each row, then {rowCount}; without the last line the answer is not whole.",
        }),
      },
    },
  },
  ...errorAnswers,
};

/** Checks at compile time that schema and contract are the same. */
export type QueryContractHolds = [
  Holds<Same<Static<typeof queryRequest>, QueryRequest>>,
  Holds<Same<Static<typeof queryAnswer>, QueryAnswer>>,
];
